/** What a machine and a checkout must offer before anything is installed, each in one sentence where they don't. */
import { existsSync, accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.mjs'
import { problemWithFolder } from './folder-name.cjs'
import { isAtLeast } from './node-version.cjs'
import { nodePackage } from './paths.mjs'

/** The oldest Node that runs every script, where no package carries one for this platform. */
const NODE_NEEDED = '22.18'

/**
 * @param {string} root the checkout
 * @throws {Failure} what is wrong and what to do
 */
export function assertMachine(root) {
  assertWritable(root)
  if (nodePackage() === null) assertOwnNode(process.versions.node)
}

/**
 * @param {string} root
 * @param {boolean} [tests] whether the tests are to run there
 * @throws {Failure} when a tool cannot work in a folder of that name
 */
export function assertFolder(root, tests) {
  const problem = problemWithFolder(root, tests)
  if (problem !== null) throw new Failure(problem)
}

/** @param {string} root */
export function assertWritable(root) {
  for (const folder of [root, join(root, 'node_modules'), join(root, 'out')].filter((path) => existsSync(path))) {
    try {
      accessSync(folder, constants.W_OK | constants.X_OK)
    } catch (error) {
      throw new Failure(
        `The folder ${folder} cannot be written (${error.code}), and set-up installs and builds there: ` +
          'allow writing or copy the project to a folder of your own.',
        { cause: error },
      )
    }
  }
}

/** @param {string} version of the Node that runs this script */
export function assertOwnNode(version) {
  if (isAtLeast(version, NODE_NEEDED)) return
  throw new Failure(
    `No npm package carries a Node for ${process.platform} ${process.arch}, so the machine's own is used, and that is ` +
      `${version}: install Node ${NODE_NEEDED} or newer and try again.`,
  )
}
