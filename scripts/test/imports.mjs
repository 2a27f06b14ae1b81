/**
 * Which files of the project import which, read from their text. A name that comes through an index.ts counts as imported
 * from the file that defines it, so that a change touches only those who use it. Imports of types alone don't count: they
 * change no test's outcome.
 */
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { ROOT } from '../setup/paths.mjs'

const NAMED = String.raw`\{[^}]*\}`
const STATEMENT = new RegExp(
  String.raw`^\s*(import|export)\s+(type\s+)?(${NAMED}|\*(?:\s+as\s+\w+)?|\w+(?:\s*,\s*(?:${NAMED}|\*\s+as\s+\w+))?)\s*from\s*['"]([^'"]+)['"]`,
  'gm',
)
/** `import './x'`, `import('./x')`, `new URL('./x', import.meta.url)`. */
const WHOLE = [
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  /\bnew URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url\s*\)/g,
]
const DEFINITION = /^export\s+(?:abstract\s+|async\s+)*(?:function\s*\*?|const|let|class|enum)\s+(\w+)/gm
const LOCAL_EXPORT = /^export\s+\{([^}]*)\}(?!\s*from)/gm
const ENDINGS = ['', '.ts', '.vue', '.mjs', '.js', '/index.ts']

/**
 * @typedef {object} Reference what a file takes from another
 * @property {string} from the specifier
 * @property {readonly string[] | null} names as the other file exports them; null: all of it
 *
 * @typedef {object} Module
 * @property {readonly Reference[]} imports
 * @property {ReadonlyMap<string, { from: string, name: string | null }>} passed names that it exports of other files
 * @property {readonly string[]} stars files of which it exports everything
 * @property {ReadonlySet<string>} defines names that it exports of its own
 */

/** `{ a, type B, c as d }`: pairs of a name and what it is called here, without types. @param {string} braces */
function namesIn(braces) {
  return braces
    .replace(/[{}]/g, '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('type '))
    .map((part) => part.split(/\s+as\s+/))
    .map(([name, here = name]) => ({ name, here }))
}

/** @param {string} text @returns {Module} */
export function parseModule(text) {
  const imports = []
  const passed = new Map()
  const stars = []
  for (const [, kind, isType, clause, from] of text.matchAll(STATEMENT)) {
    if (isType || !from.startsWith('.')) continue
    const braces = /\{[^}]*\}/.exec(clause)?.[0]
    const names = braces === undefined ? [] : namesIn(braces)
    if (kind === 'export') {
      if (clause === '*') stars.push(from)
      else if (clause.startsWith('*')) passed.set(clause.split(/\s+as\s+/)[1], { from, name: null })
      for (const { name, here } of names) passed.set(here, { from, name })
    } else if (clause.startsWith('{')) {
      if (names.length > 0) imports.push({ from, names: names.map(({ name }) => name) })
    } else imports.push({ from, names: null })
  }
  for (const pattern of WHOLE) {
    for (const [, from] of text.matchAll(pattern)) if (from.startsWith('.')) imports.push({ from, names: null })
  }
  const own = [...text.matchAll(LOCAL_EXPORT)].flatMap(([, names]) => namesIn(names).map(({ here }) => here))
  const defines = new Set([...[...text.matchAll(DEFINITION)].map(([, name]) => name), ...own])
  return { imports, passed, stars, defines }
}

/**
 * @param {readonly string[]} files paths from the root
 * @param {string} root
 * @returns {ReadonlyMap<string, ReadonlySet<string>>} of each file, those that it imports. A file that is imported and not
 *   there (it was deleted) is in it under every path it may have had.
 */
export function importsOf(files, root = ROOT) {
  const modules = new Map(files.map((file) => [file, parseModule(readFileSync(join(root, file), 'utf8'))]))

  /** Where a specifier leads: one file, or all it may have been. */
  const targets = (file, from) => {
    const path = posix.join(dirname(file), from.replace(/\?.*$/, ''))
    const candidates = ENDINGS.map((ending) => path + ending)
    const found = candidates.find((candidate) => modules.has(candidate))
    return found === undefined ? candidates : [found]
  }

  /** The files that define a name which a file exports; none where it exports no such name. */
  const definersOf = (file, name, seen = new Set()) => {
    const module = modules.get(file)
    if (module === undefined) return [file]
    if (seen.has(file)) return []
    seen.add(file)
    const other = module.passed.get(name)
    if (other !== undefined) {
      return targets(file, other.from).flatMap((next) =>
        other.name === null ? [next] : orItself(next, definersOf(next, other.name, seen)),
      )
    }
    if (module.defines.has(name)) return [file]
    return module.stars.flatMap((from) => targets(file, from).flatMap((next) => definersOf(next, name, seen)))
  }
  const orItself = (file, definers) => (definers.length > 0 ? definers : [file])

  const everythingOf = (file, seen = new Set()) => {
    const module = modules.get(file)
    if (module === undefined || seen.has(file)) return [file]
    seen.add(file)
    const further = [...[...module.passed.values()].map(({ from }) => from), ...module.stars]
    return [file, ...further.flatMap((from) => targets(file, from).flatMap((next) => everythingOf(next, seen)))]
  }

  return new Map(
    [...modules].map(([file, { imports }]) => {
      const found = imports.flatMap(({ from, names }) =>
        targets(file, from).flatMap((target) =>
          names === null ? everythingOf(target) : names.flatMap((name) => orItself(target, definersOf(target, name))),
        ),
      )
      return [file, new Set(found.filter((other) => other !== file))]
    }),
  )
}
