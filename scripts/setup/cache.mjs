/**
 * The user's cache folder, or where it cannot be used, a folder inside the checkout. What is put there is made under a
 * temporary name that carries its maker's mark, checked, and only then renamed: a half-finished thing is never found
 * under its final name, and what a dead process left is swept.
 */
import { createHash } from 'node:crypto'
import {
  accessSync,
  constants,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, parse, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Failure } from './failure.mjs'
import { isMarkAlive, ownMark, takeLock } from './lock.mjs'
import { inRoot } from './paths.mjs'
import { tell } from './report.mjs'
import { atExit } from './signals.mjs'

const PARTIAL = '.part-'

/** The cache inside the checkout. Not in node_modules, which `npm ci` empties; git ignores it with out/. */
export const ownCacheFolder = (...parts) => inRoot('out', '.cache', ...parts)

/**
 * Where the platform keeps caches; null: there is no home folder.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @param {string | null} home
 */
export function userCacheFolder(env = process.env, platform = process.platform, home = homeFolder()) {
  if (env.ENGRAM_CACHE_DIR) return resolve(env.ENGRAM_CACHE_DIR)
  const under = (base, ...parts) => (base ? join(base, ...parts, 'engram-lab') : null)
  if (platform === 'darwin') return under(home && join(home, 'Library', 'Caches'))
  if (platform === 'win32') {
    const local = under(env.LOCALAPPDATA || (home && join(home, 'AppData', 'Local')))
    return local && join(local, 'Cache')
  }
  return under(env.XDG_CACHE_HOME || (home && join(home, '.cache')))
}

/** A folder that exists and is not the root of the file system: containers often name one that isn't. */
function homeFolder() {
  try {
    const home = homedir()
    return isAbsolute(home) && home !== parse(home).root && statSync(home).isDirectory() ? home : null
  } catch {
    return null
  }
}

/**
 * Why nothing can be written to a folder, which is created if need be; null: it can.
 * @param {string} folder
 * @returns {string | null} such as "EROFS"
 */
export function unwritableReason(folder) {
  try {
    makeFolder(folder)
    accessSync(folder, constants.W_OK | constants.X_OK)
    return null
  } catch (error) {
    return error.code ?? error.message
  }
}

/** Level by level: Node's own recursion never ends below /proc, where a folder cannot be made. @param {string} folder */
function makeFolder(folder) {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another process may have been quicker.
    if (error.code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error
  }
}

/** @type {{ folder: string, reason: string | null } | undefined} */
let chosen

function chooseFolder() {
  const folder = userCacheFolder()
  if (folder === null) return { folder: ownCacheFolder(), reason: 'there is no home folder' }
  const code = unwritableReason(folder)
  return code === null ? { folder, reason: null } : { folder: ownCacheFolder(), reason: `${folder}: ${code}` }
}

/** The folder that new things are put into. */
export const cacheFolder = () => (chosen ??= chooseFolder()).folder

/** Says once where the cache is, if it is not the user's. */
export function announceCache() {
  cacheFolder()
  if (chosen.reason)
    tell(`The user's cache folder cannot be used (${chosen.reason}): using out/.cache in this checkout.`)
}

/**
 * A thing of the cache: where it is found, be it in a user's cache that cannot be written, else where it is to be made.
 * @param {...string} parts
 */
export function inCache(...parts) {
  const user = userCacheFolder()
  const found = user === null ? null : join(user, ...parts)
  return found !== null && existsSync(found) ? found : join(cacheFolder(), ...parts)
}

/**
 * Makes a file or folder of the cache unless it is there. One checkout at a time: others wait and find it.
 * @param {string} path its final path, out of {@link inCache}
 * @param {(temporary: string) => Promise<void>} make makes it at a temporary path beside
 */
export async function provideInCache(path, make) {
  if (existsSync(path)) return
  const waiting = (holder) => `Another checkout is preparing ${basename(path)} (${holder}); waiting for it …`
  const release = await takeLock(join(cacheFolder(), 'locks', basename(path)), 'set-up', waiting)
  try {
    if (!existsSync(path)) await makeInCache(path, make)
  } finally {
    release()
  }
}

/**
 * Makes a file or folder of the cache, all or nothing.
 * @param {string} path its final path
 * @param {(temporary: string) => Promise<void>} make makes it at a temporary path beside
 */
export async function makeInCache(path, make) {
  const temporary = `${path}${PARTIAL}${ownMark()}`
  const remove = () => rmSync(temporary, { recursive: true, force: true })
  mkdirSync(dirname(path), { recursive: true })
  sweep(dirname(path))
  remove()
  const forget = atExit(remove)
  try {
    await make(temporary)
    rmSync(path, { recursive: true, force: true })
    renameSync(temporary, path)
  } finally {
    remove()
    forget()
  }
}

/** Removes what dead processes left half made. @param {string} folder */
function sweep(folder) {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const at = name.lastIndexOf(PARTIAL)
    if (at >= 0 && !isMarkAlive(name.slice(at + PARTIAL.length))) {
      rmSync(join(folder, name), { recursive: true, force: true })
    }
  }
}

/**
 * @param {string} file
 * @param {string} integrity `sha512-` and the digest in base64, as registries write it
 * @throws {Failure} when the file is not that one
 */
export async function checkIntegrity(file, integrity) {
  const [algorithm, expected] = [
    integrity.slice(0, integrity.indexOf('-')),
    integrity.slice(integrity.indexOf('-') + 1),
  ]
  const hash = createHash(algorithm)
  await pipeline(createReadStream(file), hash)
  if (hash.digest('base64') === expected) return
  throw new Failure(`The download ${basename(file)} is damaged or not the one expected: try again.`)
}
