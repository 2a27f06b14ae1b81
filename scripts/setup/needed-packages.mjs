/** Which packages of package-lock.json a machine needs: those that its platform admits, and what they depend on. */
import { libc } from './paths.mjs'

/**
 * @typedef {object} Machine
 * @property {string} platform as process.platform
 * @property {string} arch as process.arch
 * @property {string | null} libc "glibc", "musl", or null where programs don't depend on one
 *
 * @typedef {Record<string, any>} Locked the entries of package-lock.json by their path
 */

/** @type {Machine} */
export const THIS_MACHINE = { platform: process.platform, arch: process.arch, libc: libc() }

/**
 * @param {Locked} locked
 * @param {Machine} machine
 * @returns {string[]} their paths, such as node_modules/vue
 */
export function neededPackages(locked, machine) {
  const needed = new Set()
  const waiting = dependenciesOf(locked, '')
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (needed.has(path) || !isFor(locked[path], machine)) continue
    needed.add(path)
    waiting.push(...dependenciesOf(locked, path))
  }
  return [...needed].sort()
}

/** @param {Locked} locked @param {string} path @returns {string[]} paths of what an installed package depends on */
function dependenciesOf(locked, path) {
  const entry = locked[path]
  const peers = Object.keys(entry.peerDependencies ?? {}).filter(
    (name) => !entry.peerDependenciesMeta?.[name]?.optional,
  )
  const development = path === '' ? Object.keys(entry.devDependencies ?? {}) : []
  const others = [entry.dependencies, entry.optionalDependencies].flatMap((names) => Object.keys(names ?? {}))
  return [...others, ...peers, ...development].map((name) => resolve(locked, path, name)).filter(Boolean)
}

/** Finds a dependency as Node does: in the package's own node_modules, then in those of the folders around it. */
function resolve(locked, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const path = `${folder && `${folder}/`}node_modules/${name}`
    if (locked[path]) return path
    if (folder === '') return undefined
  }
}

function isFor(entry, { platform, arch, libc: library }) {
  return admits(entry.os, platform) && admits(entry.cpu, arch) && (library === null || admits(entry.libc, library))
}

/** @param {string | string[] | undefined} list names, or names to exclude with "!" @param {string} name */
function admits(list, name) {
  const names = [list ?? []].flat()
  const excluded = names.filter((text) => text.startsWith('!'))
  if (excluded.includes(`!${name}`)) return false
  return names.length === excluded.length || names.includes(name) || names.includes('any')
}
