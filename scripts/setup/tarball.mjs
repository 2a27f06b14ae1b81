/** One package of the registry as a file, checked against its integrity and kept in the cache. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkIntegrity, inCache, provideInCache } from './cache.mjs'
import { Failure } from './failure.mjs'
import { npmReason, npmRemedy, runNpm } from './npm.mjs'
import { runHidden } from './processes.mjs'

/**
 * @typedef {object} PinnedPackage
 * @property {string} package
 * @property {string} version
 * @property {string} integrity
 */

/**
 * Downloads it unless it is in the cache. @param {PinnedPackage} pinned @returns {Promise<string>} the file
 */
export async function fetchTarball(pinned) {
  const file = inCache('packages', `${pinned.package.replace(/\W+/g, '-')}-${pinned.version}.tgz`)
  if (existsSync(file)) {
    try {
      await checkIntegrity(file, pinned.integrity)
      return file
    } catch {
      rmSync(file) // damaged since: it is fetched again
    }
  }
  await provideInCache(file, async (temporary) => {
    const folder = `${temporary}-pack`
    mkdirSync(folder, { recursive: true })
    try {
      const args = [
        'pack',
        `${pinned.package}@${pinned.version}`,
        '--pack-destination',
        folder,
        '--dry-run=false',
        '--loglevel=error',
      ]
      const { code, lines } = await runNpm(args, { cwd: folder })
      const [packed] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
      if (code !== 0 || !packed) {
        const reason = npmReason(lines)
        throw new Failure(`${pinned.package} could not be fetched (${reason}): ${npmRemedy(reason)}.`)
      }
      await checkIntegrity(join(folder, packed), pinned.integrity)
      renameSync(join(folder, packed), temporary)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
  return file
}

/**
 * Unpacks an archive into a folder that exists.
 * @param {string} file
 * @param {string} folder
 * @param {readonly string[]} [options] of tar, such as what to leave out
 */
export async function unpack(file, folder, options = []) {
  const args = ['-xzf', file, '-C', folder, '--warning=no-unknown-keyword', ...options]
  const { code, lines } = await runHidden('tar', args)
  if (code !== 0) throw new Failure(`${file} could not be unpacked (${lines.at(-1) ?? 'no reason given'}): try again.`)
}
