/**
 * The project's npm packages: are those of package-lock.json installed, and if not, install exactly them. A stamp in
 * node_modules makes the usual answer cheap; npm removes it with the folder.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.mjs'
import { npmReason, runNpm } from './npm.mjs'
import { ROOT } from './paths.mjs'
import { asTask } from './report.mjs'

const STAMPED = ['package.json', 'package-lock.json', '.npmrc']

/** @param {string} root */
export function packagesStep(root = ROOT) {
  return {
    ready: () => arePackagesReady(root),
    make: () => installPackages(root),
  }
}

/** What node_modules is to match. */
function fingerprint(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const name of STAMPED) hash.update(readFileSync(join(root, name)))
  return hash.digest('hex')
}

const stampOf = (root) => join(root, 'node_modules', '.engram-packages')
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

function arePackagesReady(root) {
  const stamp = stampOf(root)
  const wanted = fingerprint(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  assertLockFresh(readJson(join(root, 'package.json')), readJson(join(root, 'package-lock.json')))
  // Someone may have run npm by hand, or edited another part of package.json: what counts is what is installed.
  if (!isInstalledAsLocked(root)) return false
  writeFileSync(stamp, wanted)
  return true
}

/**
 * npm's own note of what it installed says the same as the lock file. (It leaves out packages for other platforms.)
 * @param {string} root
 */
export function isInstalledAsLocked(root) {
  const note = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(note)) return false
  const installed = readJson(note).packages
  const locked = readJson(join(root, 'package-lock.json')).packages
  const same = (path) => installed[path]?.version === locked[path]?.version
  return (
    Object.keys(installed).every(same) &&
    Object.entries(locked).every(([path, entry]) => path === '' || entry.optional || same(path))
  )
}

/**
 * @param {Record<string, any>} manifest package.json
 * @param {Record<string, any>} lock package-lock.json
 * @throws {Failure} when the lock file was not renewed after package.json changed
 */
export function assertLockFresh(manifest, lock) {
  const root = lock.packages?.[''] ?? {}
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    const wanted = manifest[kind] ?? {}
    const locked = root[kind] ?? {}
    for (const name of new Set([...Object.keys(wanted), ...Object.keys(locked)])) {
      if (wanted[name] === locked[name]) continue
      throw new Failure(
        `package-lock.json is stale: it has ${name} ${locked[name] ?? 'not at all'}, package.json has it ` +
          `${wanted[name] ?? 'not at all'}; run "npm install" and commit both files.`,
      )
    }
  }
}

async function installPackages(root) {
  const total = Object.keys(readJson(join(root, 'package-lock.json')).packages).length - 1
  const { code, lines } = await asTask(`Installing ${total} packages`, async (progress) => {
    let fetched = 0
    const onLine = (line) => {
      if (/^npm http (fetch|cache) .*\.tgz/.test(line)) progress(`${++fetched} fetched`)
    }
    return runNpm(['ci', '--loglevel=http', '--no-audit', '--no-fund'], { cwd: root, onLine })
  })
  if (code !== 0) {
    throw new Failure(`npm could not install the packages (${npmReason(lines)}): check the connection and try again.`)
  }
  writeFileSync(stampOf(root), fingerprint(root))
}
