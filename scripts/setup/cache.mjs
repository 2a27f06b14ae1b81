/**
 * The user's cache folder. What is put there is made under a temporary name that carries its maker's mark, checked, and
 * only then renamed: a half-finished thing is never found under its final name, and what a dead process left is swept.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Failure } from './failure.mjs'
import { isMarkAlive, ownMark } from './lock.mjs'
import { atExit } from './signals.mjs'

const PARTIAL = '.part-'

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @param {string} home
 */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()) {
  if (env.ENGRAM_CACHE_DIR) return resolve(env.ENGRAM_CACHE_DIR)
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'engram-lab')
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'engram-lab', 'Cache')
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'engram-lab')
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
