/** The files of the project that the tests are made of and look at. */
import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { ROOT } from '../setup/paths.mjs'

/** Where code is, from the root. */
const FOLDERS = ['src', 'tests', 'scripts', 'bench']
const CODE = /\.(?:ts|mts|mjs|cjs|js|vue)$/

/** A path from the root, with slashes on every platform. @param {string} path absolute */
export const fromRoot = (path, root = ROOT) => relative(root, path).split(sep).join('/')

/** Paths from the root. @param {string} path */
export const isUnitTest = (path) => /^tests\/(?!e2e\/).*\.test\.ts$/.test(path)

/** Paths from the root. @param {string} path */
export const isWindowTest = (path) => /^tests\/e2e\/.*\.e2e\.ts$/.test(path)

/** @param {string} path */
export const isTest = (path) => isUnitTest(path) || isWindowTest(path)

/** Every file of code in the project's folders, as paths from the root. @param {string} root */
export function codeFiles(root = ROOT) {
  const files = FOLDERS.flatMap((folder) => filesUnder(join(root, folder)))
  return files.filter((file) => CODE.test(file)).map((file) => fromRoot(file, root))
}

/** @param {string} folder @returns {string[]} absolute, in a fixed order; none where there is no such folder */
function filesUnder(folder) {
  let entries
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)]))
}
