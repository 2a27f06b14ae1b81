/** What git says has changed, and the last commit whose `npm test` passed here. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from '../setup/failure.mjs'
import { ROOT } from '../setup/paths.mjs'
import { isOnPath, runHidden } from '../setup/processes.mjs'

/** It goes with node_modules: a fresh clone has tested nothing. */
const PASSED = 'node_modules/.cache/engram-lab/passed.json'

/**
 * @typedef {object} Changes
 * @property {string} since the commit, in short
 * @property {readonly string[]} files paths from the root: changed, new (also untracked), and the old names of what was
 *   renamed or deleted
 */

/**
 * @param {string | null} base a commit, branch or tag; null: the last commit that passed
 * @param {string} root
 * @returns {Promise<Changes>} what differs between the working tree and the commit at which it parted from the base
 * @throws {Failure} without git, without a repository of its own, and for a base that it doesn't know
 */
export async function changesSince(base, root = ROOT) {
  await assertRepository(root)
  const wanted = base ?? lastPassed(root)
  if (wanted === null) {
    throw new Failure(
      'No npm test of this checkout has passed on a commit yet, so --changed needs one to compare with: ' +
        'npm test -- --changed HEAD is what is not committed.',
    )
  }
  const commit = await firstLine(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${wanted}^{commit}`])
  if (commit === null) {
    throw new Failure(
      base === null
        ? `The last commit that passed, ${wanted.slice(0, 10)}, is no longer here: name another, as in npm test -- --changed main.`
        : `git knows no commit ${JSON.stringify(base)}: name a commit, a branch or a tag, as in npm test -- --changed main.`,
    )
  }
  // Where the two have parted, what the other side has gained since is no change of this one.
  const parted = (await firstLine(root, ['merge-base', commit, 'HEAD'])) ?? commit
  const [tracked, untracked] = await Promise.all([
    names(root, ['diff', '--name-only', '--no-renames', '-z', parted, '--']),
    names(root, ['ls-files', '--others', '--exclude-standard', '-z']),
  ])
  return { since: parted.slice(0, 10), files: [...new Set([...tracked, ...untracked])].sort() }
}

/** HEAD, where all that git tracks or would track is as committed; else null, and null without git. */
export async function cleanCommit(root = ROOT) {
  try {
    await assertRepository(root)
  } catch (error) {
    if (error instanceof Failure) return null
    throw error
  }
  if ((await names(root, ['status', '--porcelain', '-z'])).length > 0) return null
  return firstLine(root, ['rev-parse', '--verify', '--quiet', 'HEAD'])
}

/** @param {string} commit @param {string} root */
export function rememberPassed(commit, root = ROOT) {
  const file = join(root, PASSED)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ commit })}\n`)
}

/** @returns {string | null} */
function lastPassed(root) {
  try {
    const { commit } = JSON.parse(readFileSync(join(root, PASSED), 'utf8'))
    return typeof commit === 'string' && /^[0-9a-f]{40,64}$/.test(commit) ? commit : null
  } catch {
    return null // never written, or half written: the next test that passes writes it
  }
}

async function assertRepository(root) {
  if (!isOnPath('git'))
    throw new Failure('--changed asks git what has changed, and there is no git: install it, or name paths.')
  const top = await runHidden('git', ['rev-parse', '--show-prefix'], { cwd: root })
  // An archive that was unpacked inside another repository is not what that one tracks.
  if (top.code !== 0 || (top.lines[0] ?? '') !== '') {
    throw new Failure(`--changed asks git what has changed, and ${root} is no git repository: name paths.`)
  }
}

async function firstLine(root, args) {
  const { code, lines } = await runHidden('git', args, { cwd: root })
  return code === 0 && lines.length > 0 ? lines[0] : null
}

/** @param {string} root @param {readonly string[]} args of a command that ends each name with a zero byte */
async function names(root, args) {
  const { code, lines } = await runHidden('git', args, { cwd: root })
  if (code !== 0) throw new Failure(`git ${args[0]} failed (${lines.at(-1) ?? `exit code ${code}`}): try it by hand.`)
  return lines
    .join('\n')
    .split('\0')
    .filter((name) => name !== '')
}
