/**
 * The project's npm packages: are those of package-lock.json installed, and if not, install exactly them. A stamp in
 * node_modules makes the usual answer cheap; npm removes it with the folder.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.mjs'
import { neededPackages, THIS_MACHINE } from './needed-packages.mjs'
import { npmReason, npmRemedy, runNpm } from './npm.mjs'
import { OWN_NODE, ROOT } from './paths.mjs'
import { runHidden } from './processes.mjs'
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
/** npm's own note of what it installed, written at the end. */
const noteOf = (root) => join(root, 'node_modules', '.package-lock.json')
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

function arePackagesReady(root) {
  const stamp = stampOf(root)
  const wanted = fingerprint(root)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return areFoldersThere(root)
  assertLockFresh(readJson(join(root, 'package.json')), readJson(join(root, 'package-lock.json')))
  // Without a stamp: somebody ran npm by hand, or edited another part of package.json. What counts is what is installed.
  if (missingPackages(root).length > 0) return false
  tryToWrite(stamp, wanted)
  return true
}

/** A checkout that cannot be written is used as it is. */
function tryToWrite(file, text) {
  try {
    writeFileSync(file, text)
  } catch (error) {
    if (!['EROFS', 'EACCES', 'EPERM'].includes(error.code)) throw error
  }
}

/**
 * The packages of package-lock.json that this machine needs and node_modules lacks or has in another version, and packages
 * that package-lock.json does not know. npm's own note of what it installed is not enough: a command that only renews
 * the lock file renews that note too.
 * @param {string} root
 * @param {import('./needed-packages.mjs').Machine} machine
 * @returns {string[]} paths such as node_modules/vue; never empty before npm has run to its end
 */
export function missingPackages(root, machine = THIS_MACHINE) {
  if (!existsSync(noteOf(root))) return ['node_modules']
  const installed = readJson(noteOf(root)).packages
  const locked = readJson(join(root, 'package-lock.json')).packages
  const unknown = Object.keys(installed).filter((path) => installed[path].version !== locked[path]?.version)
  const needed = neededPackages(locked, machine)
  return [...needed.filter((path) => versionIn(join(root, path)) !== locked[path].version), ...unknown]
}

/** @param {string} folder of a package */
function versionIn(folder) {
  try {
    return readJson(join(folder, 'package.json')).version
  } catch {
    return null
  }
}

/** Whether the folders of what this machine needs are there; a quick look once their versions are known to be right. */
function areFoldersThere(root) {
  const locked = readJson(join(root, 'package-lock.json')).packages
  return neededPackages(locked, THIS_MACHINE).every((path) => existsSync(join(root, path, 'package.json')))
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

/**
 * What `npm ci` is told, so that no setting of the machine changes what is installed: all kinds of packages, in the
 * usual layout, for this platform, and no install script, since none is needed.
 */
const FLAGS = [
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--ignore-scripts',
  '--install-strategy=hoisted',
  '--bin-links',
  '--package-lock',
  '--engine-strict=false',
  '--legacy-peer-deps=false',
  '--strict-peer-deps=false',
  '--global=false',
  '--dry-run=false',
  '--workspaces=false',
  `--os=${process.platform}`,
  `--cpu=${process.arch}`,
  ...(THIS_MACHINE.libc === null ? [] : [`--libc=${THIS_MACHINE.libc}`]),
  '--loglevel=http',
  '--no-audit',
  '--no-fund',
]

/** What the packages take on the disk, with something to spare. */
const NEEDED_MEGABYTES = 800

/** @param {string} root @param {number} needed megabytes @throws {Failure} when the disk has less free */
export function assertSpace(root, needed = NEEDED_MEGABYTES) {
  const { bavail, bsize } = statfsSync(root)
  const free = Math.floor((bavail * bsize) / 1e6)
  if (free >= needed) return
  throw new Failure(
    `The disk of ${root} has ${free} MB free, and the packages need about ${needed} MB: free some space and try again.`,
  )
}

async function installPackages(root) {
  assertSpace(root)
  rmSync(stampOf(root), { force: true })
  const total = neededPackages(readJson(join(root, 'package-lock.json')).packages, THIS_MACHINE).length
  await asTask(`Installing ${total} packages`, async (progress) => {
    let fetched = 0
    let damage = ''
    const onLine = (line) => {
      if (/^npm http (fetch|cache) .*\.tgz/.test(line)) progress(`${++fetched} fetched`)
      // npm goes on, and reports success, with files that it could not write.
      damage ||= /TAR_ENTRY_ERROR (.*\S)/.exec(line)?.[1] ?? ''
    }
    const { code, lines } = await runNpm(['ci', ...FLAGS], { cwd: root, onLine })
    const reason = damage || (code === 0 ? '' : npmReason(lines))
    if (reason) {
      // Without its note, what npm left behind counts as nothing.
      rmSync(noteOf(root), { force: true })
      throw new Failure(`npm could not install the packages (${reason}): ${npmRemedy(reason)}.`)
    }
    await assertInstalled(root)
  })
  writeFileSync(stampOf(root), fingerprint(root))
}

/** npm leaves out an optional package that it could not fetch without a word; and the Node has to run on this system. */
async function assertInstalled(root) {
  const [missing, ...others] = missingPackages(root)
  if (missing) {
    const more = others.length > 0 ? ` and ${others.length} more` : ''
    throw new Failure(
      `npm left out ${missing.replace(/^.*node_modules\//, '')}${more}: check the connection and try again.`,
    )
  }
  const { code, lines } = await runHidden(OWN_NODE, ['--version'], { cwd: root }).catch((error) => ({
    code: 1,
    lines: [error.message],
  }))
  if (code !== 0) {
    throw new Failure(
      `The Node in ${OWN_NODE} does not start (${lines.at(-1) ?? `exit code ${code}`}): see why, and try again.`,
    )
  }
}
