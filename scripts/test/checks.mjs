/**
 * The checks that look at sources: format, lint, and the types of each project. Each counts as one test. What they found
 * out about a file is kept in node_modules/.cache, by the file's content, and holds until the file or its rules change.
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot, OWN_NODE } from '../setup/paths.mjs'
import { secondsSince } from '../setup/report.mjs'
import { runSuiteProcess } from './suite-process.mjs'
import { shellWord } from './summary.mjs'
import { fromRoot } from './test-files.mjs'

const CACHE = inRoot('node_modules/.cache/engram-lab')
const LINTED = /\.(?:ts|js|mjs|cjs|vue)$/

const bin = (path) => inRoot('node_modules', path)
const quoted = (files) => files.map(shellWord)

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {string} script
 * @property {readonly string[]} args
 * @property {string} repeat a command line that runs it by hand
 */

/** @returns {{ name: string, file: string, includes: (path: string) => boolean }[]} */
function typeProjects() {
  return readdirSync(inRoot('tsconfig')).flatMap((name) => {
    const project = /^tsconfig\.(\w+)\.json$/.exec(name)?.[1]
    if (project === undefined) return []
    const { include, exclude = [] } = JSON.parse(readFileSync(inRoot('tsconfig', name), 'utf8'))
    const [wanted, unwanted] = [include, exclude].map((globs) => globs.map(patternOf))
    const includes = (path) =>
      wanted.some((pattern) => pattern.test(path)) && !unwanted.some((pattern) => pattern.test(path))
    return [{ name: project, file: `tsconfig/${name}`, includes }]
  })
}

/** The files that a glob of a project names, from the root: `../src/lab/**\/*.ts`. @param {string} glob */
function patternOf(glob) {
  const path = fromRoot(join(inRoot('tsconfig'), glob))
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  const pattern = escaped.replace(/\*\*\/|\*/g, (stars) => (stars === '*' ? '[^/]*' : '(?:.*/)?'))
  return new RegExp(`^${pattern}(?:/.*)?$`)
}

/**
 * @param {readonly string[] | null} files paths from the root, of files that are there; null: all of the project
 * @returns {readonly Check[]}
 */
export function checksOf(files) {
  const linted = files?.filter((file) => LINTED.test(file))
  const projects = typeProjects().filter(({ includes }) => files === null || files.some(includes))
  const format = {
    name: 'format',
    script: bin('prettier/bin/prettier.cjs'),
    args: [
      ...['--check', '--log-level', 'warn', '--ignore-unknown', '--cache', '--cache-strategy', 'content'],
      ...['--cache-location', join(CACHE, 'format'), ...(files ?? ['.'])],
    ],
    repeat: `npx prettier --check --ignore-unknown ${files ? quoted(files).join(' ') : '.'}`,
  }
  const lint = {
    name: 'lint',
    script: bin('eslint/bin/eslint.js'),
    args: [
      ...['--max-warnings', '0', '--no-warn-ignored', '--cache', '--cache-strategy', 'content'],
      ...['--cache-location', join(CACHE, 'lint'), ...(linted ?? ['.'])],
    ],
    repeat: `npx eslint --max-warnings 0 --no-warn-ignored ${linted ? quoted(linted).join(' ') : '.'}`,
  }
  const types = projects.map(({ name, file }) => ({
    name: `types of ${name}`,
    script: bin('vue-tsc/bin/vue-tsc.js'),
    args: ['--noEmit', '-p', file, '--incremental', '--tsBuildInfoFile', join(CACHE, `types-${name}.tsbuildinfo`)],
    repeat: `npx vue-tsc --noEmit -p ${file}`,
  }))
  // The longest first, so that none is left over when the others have ended.
  const longest = ['renderer', 'tests']
  const [long, short] = [true, false].map((isLong) =>
    types.filter(({ name }) => longest.some((project) => name.endsWith(project)) === isLong),
  )
  const hasFiles = files === null || files.length > 0
  return [...(linted?.length === 0 ? [] : [lint]), ...long, ...(hasFiles ? [format] : []), ...short]
}

/**
 * @param {readonly Check[]} checks
 * @param {{ atOnce: number, nice?: number, print: (line: string) => void }} choice
 * @returns {Promise<import('./summary.mjs').Outcome>}
 */
export async function runChecks(checks, { atOnce, nice, print }) {
  mkdirSync(CACHE, { recursive: true })
  const waiting = [...checks]
  const outcome = { passed: 0, failures: [], leftOut: [], timings: [] }
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, script, args, repeat } = next
      const started = performance.now()
      const { code, lines } = await runSuiteProcess(OWN_NODE, [script, ...args], { nice })
      const seconds = (performance.now() - started) / 1000
      print(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${secondsSince(started)})`)
      outcome.timings.push({ name, seconds })
      if (code === 0) outcome.passed += 1
      else {
        outcome.failures.push({ name, repeat })
        for (const line of lines) print(line)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, checks.length) }, worker))
  return outcome
}
