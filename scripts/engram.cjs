#!/usr/bin/env node
/**
 * The `engram` command. It may be started by any Node, from any folder and through a symbolic link, so this file uses
 * only what Node 8 understands, and loads the rest when it is known to run there.
 *
 * On a Node that can load the database, the command line runs in this process. On an older one it runs in a child, on the
 * project's own Node (engram/run-on-own-node.cjs).
 */
'use strict'

const path = require('path')
const fs = require('fs')

/** The first Node-API that the database's binary works with; Node has it since 22.14. */
const LEAST_NODE_API = 10

const ROOT = path.dirname(path.dirname(fs.realpathSync(__filename)))
const READY_FILE = path.join(ROOT, 'out', '.ready')

main().catch((error) => {
  const hint = error.name === 'Failure' || process.env.ENGRAM_DEBUG === '1' ? '' : ' (ENGRAM_DEBUG=1 shows where)'
  process.stderr.write(`error: ${error.message}${hint}\n`)
  if (process.env.ENGRAM_DEBUG === '1') process.stderr.write(`${error.stack}\n`)
  process.exitCode = 1
})

async function main() {
  const ready = require('./engram/ready.cjs')
  const state = ready.read(READY_FILE)
  let node = process.execPath
  if (Number(process.versions.napi || 0) < LEAST_NODE_API) {
    node = (await findOwnNode(state)) || (await setUp()).node
  }
  if (isSame(node, process.execPath)) {
    if (!ready.isCurrent(ROOT, state)) await setUp()
    runHere()
  } else {
    // The child looks for itself whether everything else is set up.
    require('./engram/run-on-own-node.cjs').run(node, __filename, process.argv.slice(2))
  }
}

/** The project's own Node, where it is installed. */
async function findOwnNode(state) {
  if (state !== null && fs.existsSync(state.node)) return state.node
  try {
    const { OWN_NODE } = await require('./engram/import-module.cjs')('../setup/paths.mjs')
    return fs.existsSync(OWN_NODE) ? OWN_NODE : null
  } catch (error) {
    return null // this Node knows no modules
  }
}

function isSame(one, other) {
  try {
    return fs.realpathSync(one) === fs.realpathSync(other)
  } catch (error) {
    return false // the running program was replaced
  }
}

function runHere() {
  const { enableCompileCache } = require('module')
  const cache = path.join(ROOT, 'out', '.compile-cache')
  if (process.env.NODE_COMPILE_CACHE === undefined) process.env.NODE_COMPILE_CACHE = cache // for the worker threads
  if (enableCompileCache) enableCompileCache(cache)
  require(path.join(ROOT, 'out', 'main', 'cli.cjs'))
}

/** Sets up what is missing. Resolves with what engram/ready.cjs knows afterwards. */
async function setUp() {
  require('./setup/node-version.cjs').assertNode()
  require('./setup/folder-name.cjs').assertFolder()
  const { setUpForCommandLine } = await require('./engram/import-module.cjs')('./set-up.mjs')
  return setUpForCommandLine(READY_FILE)
}
