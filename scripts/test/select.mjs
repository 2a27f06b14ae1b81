/** From paths, or from what has changed, to the tests that run, and what is left out. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Failure } from '../setup/failure.mjs'
import { ROOT } from '../setup/paths.mjs'
import { importsOf } from './imports.mjs'
import { codeFiles, fromRoot, isTest, isUnitTest, isWindowTest } from './test-files.mjs'
import { anyReaches, REACH, testsTouchedBy } from './touched.mjs'

/** A file that mentions one of these uses what is built. */
const BUILT = /\bout\/(?:main|kernels|renderer|preload)\b/
/** What every test depends on without importing it. */
const EVERYWHERE =
  /^(?:package(?:-lock)?\.json|\.npmrc|vitest\.config\.ts|electron\.vite\.config\.ts|tests\/e2e\/playwright\.config\.ts|tsconfig\/base\.json)$/
const RULES = /^(?:eslint\.config\.js|\.prettierrc\.json|\.prettierignore|tsconfig\/.*\.json|tsconfig\.json)$/

/**
 * @typedef {object} Selection
 * @property {readonly string[] | null} unit paths from the root, each perhaps with `:LINE`; null: all
 * @property {readonly string[] | null} window
 * @property {readonly string[] | null} checked files that the checks look at; null: all
 * @property {boolean} isBuilt whether any of the tests uses what is built
 * @property {import('./summary.mjs').Outcome['leftOut']} leftOut
 * @property {readonly string[]} notes what is said before the tests run
 */

/** @returns {Selection} */
export const everything = () => ({ unit: null, window: null, checked: null, isBuilt: true, leftOut: [], notes: [] })

/**
 * @param {readonly string[]} words as they were typed
 * @param {string} cwd where they were typed
 * @param {string} root
 * @returns {Selection}
 * @throws {Failure} for a word that names no test, no source of one and no part of a test's path
 */
export function selectByPaths(words, cwd, root = ROOT) {
  const imports = importsOf(codeFiles(root), root)
  const tests = [...imports.keys()].filter(isTest)
  const notes = []
  const chosen = words.flatMap((word) => {
    const [, name, line] = /^(.*?)((?::\d+)?)$/.exec(word)
    const path = findPath(name, cwd, root)
    if (path === null) {
      const found = name === '' ? [] : tests.filter((test) => test.includes(name))
      if (found.length > 0 && line === '') return found
      throw new Failure(`There is no test, folder or source ${JSON.stringify(name)}, and no test's path contains it.`)
    }
    const below = tests.filter((test) => isAtOrBelow(test, path))
    if (line !== '') {
      if (below[0] === path) return [`${path}${line}`]
      throw new Failure(`${path} is no file of tests, so it has no test at line ${line.slice(1)}.`)
    }
    if (below.length > 0) return below
    return testsOfSource(imports, path, notes)
  })
  return selection([...new Set(chosen)], imports, root, { checked: [], notes })
}

/** The tests that import a source, or one of a folder's. */
function testsOfSource(imports, path, notes) {
  const sources = new Set([...imports.keys()].filter((file) => isAtOrBelow(file, path)))
  if (sources.size === 0) sources.add(path)
  const touched = testsTouchedBy(imports, sources)
  const nearest = Math.min(...touched.values())
  if (touched.size === 0) {
    throw new Failure(`No test imports ${path}, directly or by one import: run npm test, or name a test.`)
  }
  const found = [...touched].filter(([, reach]) => reach <= Math.max(nearest, REACH.direct)).map(([test]) => test)
  notes.push(
    `${path}: ${countOf(found.length, 'test file')} ${nearest <= REACH.direct ? 'import it' : 'import it by one import more'}`,
  )
  return found
}

/**
 * @param {import('./changes.mjs').Changes} changes
 * @param {string} root
 * @returns {Selection}
 */
export function selectChanged({ since, files }, root = ROOT) {
  const imports = importsOf(codeFiles(root), root)
  const changed = new Set(files)
  const touched = testsTouchedBy(imports, changed)
  const rooms = windowTestsOf(imports, files)
  const tests = [...new Set([...touched.keys(), ...rooms])].sort()
  const there = files.filter((file) => existsSync(join(root, file)) && statSync(join(root, file)).isFile())
  const all = [...imports.keys()]
  const left = (isKind) => all.filter(isKind).length - tests.filter(isKind).length
  const leftOut = [
    {
      count: left(isUnitTest),
      what: 'unit and integration test files',
      why: 'the change does not touch them, directly or by one import',
    },
    { count: left(isWindowTest), what: 'window test files', why: 'the change does not touch their rooms' },
  ].filter(({ count }) => count > 0)
  const everywhere = files.filter((file) => EVERYWHERE.test(file) || RULES.test(file))
  const notes = [
    files.length === 0
      ? `Nothing has changed since ${since}.`
      : `Since ${since}, ${countOf(files.length, 'file')} changed: ${countOf(tests.length, 'test file')} ${tests.length === 1 ? 'is' : 'are'} touched by them.`,
    'Format, lint and types: of what has changed alone.',
    ...(everywhere.length === 0 ? [] : [`${everywhere.join(', ')} may concern every test: npm test runs them all.`]),
  ]
  return selection(tests, imports, root, { checked: there, notes, leftOut })
}

/**
 * Window tests import the page's rooms by no import: those of a room are called after it (`recall-memory.e2e.ts`), and
 * what a change does to a room is seen in them.
 */
function windowTestsOf(imports, files) {
  const changed = files.filter((file) => /^src\/(?:renderer|main|preload)\//.test(file))
  const words = new Set(changed.flatMap((file) => file.split(/[/.]/)))
  return [...imports.keys()].filter((test) => {
    const room = /^tests\/e2e\/([a-z]+)/.exec(test)?.[1]
    return isWindowTest(test) && room !== undefined && words.has(room)
  })
}

/** @returns {Selection} */
function selection(tests, imports, root, { checked, notes, leftOut = [] }) {
  const fileOf = (test) => test.replace(/:\d+$/, '')
  const unit = tests.filter((test) => isUnitTest(fileOf(test)))
  const window = tests.filter((test) => isWindowTest(fileOf(test)))
  const usesBuilt = (file) => BUILT.test(readFileSync(join(root, file), 'utf8'))
  const isBuilt = window.length > 0 || anyReaches(imports, unit.map(fileOf), usesBuilt)
  return { unit, window, checked, isBuilt, leftOut, notes }
}

/** From the root; null: there is no such file or folder in the project. */
function findPath(name, cwd, root) {
  for (const from of [cwd, root]) {
    const path = resolve(from, name)
    const inside = fromRoot(path, root)
    if (name !== '' && !inside.startsWith('..') && existsSync(path)) return inside
  }
  return null
}

const isAtOrBelow = (file, path) => path === '' || file === path || file.startsWith(`${path}/`)
const countOf = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`
