/** The suites that run the program: unit and integration tests by Vitest, and the app in its window by Playwright. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, sep } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { withDisplay } from '../setup/display.mjs'
import { isMarkAlive, ownMark } from '../setup/lock.mjs'
import { inRoot, OWN_NODE, ROOT } from '../setup/paths.mjs'
import { interruptedBy, runSuiteProcess } from './suite-process.mjs'
import { repeatOf } from './summary.mjs'
import { fromRoot, isWindowTest } from './test-files.mjs'

/** What the suites report and leave behind. Each test process has a folder of its own there. */
const RESULTS = inRoot('test-results')

/**
 * @typedef {object} Chosen
 * @property {readonly string[] | null} tests paths from the root, each perhaps with `:LINE`; null: all
 * @property {number} workers
 * @property {NodeJS.ProcessEnv} env
 * @property {number} [nice]
 * @property {(line: string) => void} print
 */

/** A folder for what this process's suites report; those of processes that are gone are removed. */
export function resultsFolder() {
  mkdirSync(RESULTS, { recursive: true })
  for (const name of readdirSync(RESULTS)) {
    const mark = /^run-(.*)$/.exec(name)?.[1]
    if (mark !== undefined && !isMarkAlive(mark)) rmSync(join(RESULTS, name), { recursive: true, force: true })
  }
  const folder = join(RESULTS, `run-${ownMark()}`)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** What failing window tests left there stays until the next test. @param {string} folder */
export function removeResults(folder) {
  rmSync(join(folder, 'unit.json'), { force: true })
  rmSync(join(folder, 'window.json'), { force: true })
  if (readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => entry.isFile())) return
  rmSync(folder, { recursive: true, force: true })
}

/**
 * Runs a suite that writes a report. One that ends without a readable report, or with an exit code that its report
 * doesn't explain, counts as failed.
 * @param {{ name: string, args: readonly string[], env: NodeJS.ProcessEnv, report: string, chosen: Chosen }} suite
 * @param {(report: any) => import('./summary.mjs').Outcome} read
 * @returns {Promise<import('./summary.mjs').Outcome>}
 */
async function runSuite({ name, args, env, report, chosen }, read) {
  const { print: onLine, nice } = chosen
  const { code } = await runSuiteProcess(OWN_NODE, args, { env: { ...process.env, ...env }, onLine, nice })
  const repeat = chosen.tests === null ? 'npm test' : chosen.tests.map((test) => repeatOf(test)).join(' && ')
  const fail = (outcome, why) => ({ ...outcome, failures: [...outcome.failures, { name: why, repeat }] })
  const nothing = { passed: 0, failures: [], leftOut: [], timings: [] }
  let outcome
  try {
    outcome = read(JSON.parse(readFileSync(report, 'utf8')))
    copyFileSync(report, join(RESULTS, `${name}.json`))
  } catch (error) {
    const why = interruptedBy() ?? (error.code === 'ENOENT' ? `exit code ${code}` : error.message)
    return fail(nothing, `The ${name} tests ended without a report (${why}).`)
  }
  if (code !== 0 && outcome.failures.length === 0)
    return fail(outcome, `The ${name} tests ended with exit code ${code}.`)
  return outcome
}

/** @param {Chosen} chosen @param {string} folder of {@link resultsFolder} */
export function runUnitTests(chosen, folder) {
  const report = join(folder, 'unit.json')
  const args = [
    inRoot('node_modules/vitest/vitest.mjs'),
    ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    `--maxWorkers=${chosen.workers}`,
    ...(chosen.tests ?? []),
  ]
  const byLine = (chosen.tests ?? []).filter((test) => /:\d+$/.test(test)).map((test) => test.replace(/:\d+$/, ''))
  const read = (made) => readUnitReport(made, new Set(byLine))
  return runSuite({ name: 'unit', args, env: chosen.env, report, chosen }, read)
}

/** @param {any} report Vitest's @param {ReadonlySet<string>} byLine files of which one test was asked for */
export function readUnitReport({ testResults }, byLine = new Set()) {
  const files = testResults.map((result) => ({ ...result, file: fromRoot(result.name) }))
  const tests = files.flatMap(({ file, assertionResults }) => assertionResults.map((test) => ({ ...test, file })))
  const unloaded = files.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
  const skipped = files
    .map(({ file, assertionResults }) => ({ file, count: assertionResults.filter(isSkipped).length }))
    .filter(({ count }) => count > 0)
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failures: [
      ...tests
        .filter(({ status }) => status === 'failed')
        .map(({ file, fullName, location }) => ({
          name: `${file} › ${fullName}`,
          repeat: repeatOf(file, location?.line),
        })),
      // A file that could not be loaded has no tests to fail.
      ...unloaded.map(({ file }) => ({ name: `${file} could not be loaded`, repeat: repeatOf(file) })),
      ...files
        .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length > 0)
        .filter(({ assertionResults }) => assertionResults.every((test) => test.status !== 'failed'))
        .map(({ file }) => ({ name: `${file} failed outside its tests`, repeat: repeatOf(file) })),
    ],
    leftOut: skipped.map(({ file, count }) => ({
      count,
      what: count === 1 ? 'test' : 'tests',
      why: byLine.has(file)
        ? `one line of ${file} was named`
        : `${file} skips ${count === 1 ? 'it' : 'them'} on this machine`,
    })),
    timings: files.map(({ file, startTime, endTime }) => ({ name: file, seconds: (endTime - startTime) / 1000 })),
  }
}

const isSkipped = ({ status }) => status !== 'passed' && status !== 'failed'

/** @param {Chosen} chosen @param {string} folder of {@link resultsFolder} */
export function runWindowTests(chosen, folder) {
  const report = join(folder, 'window.json')
  const args = [...playwright('test'), '--reporter=list,json', `--workers=${chosen.workers}`, ...filters(chosen.tests)]
  args.push('--output', join(folder, 'window'))
  return withDisplay((display) => {
    const env = { ...chosen.env, ...display, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
    return runSuite({ name: 'window', args, env, report, chosen }, readWindowReport)
  })
}

const playwright = (command) => [
  inRoot('node_modules/playwright/cli.js'),
  command,
  ...['--config', inRoot('tests/e2e/playwright.config.ts')],
]

/** Playwright takes patterns of absolute paths. */
const filters = (tests) =>
  (tests ?? []).map((test) => {
    const [, file, line] = /^(.*?)((?::\d+)?)$/.exec(test)
    return `${join(ROOT, file).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}${line === '' ? '$' : line}`
  })

/** @param {any} report Playwright's */
export function readWindowReport({ suites, errors, stats }) {
  const specs = suites.flatMap((suite) => specsOf(suite))
  const bad = specs.filter(({ ok }) => !ok)
  const files = new Map()
  for (const { file, seconds } of specs) files.set(file, (files.get(file) ?? 0) + seconds)
  return {
    passed: stats.expected,
    failures: [
      ...bad.map(({ file, title, line }) => ({ name: `${file} › ${title}`, repeat: repeatOf(file, line) })),
      ...errors.map(({ message = 'an error outside the tests', location }) => {
        const place = location === undefined ? '' : fromRoot(location.file)
        const file = isWindowTest(place) ? place : 'tests/e2e'
        return { name: `${file}: ${stripVTControlCharacters(message)}`.slice(0, 300), repeat: repeatOf(file) }
      }),
    ],
    leftOut:
      stats.skipped === 0
        ? []
        : [{ count: stats.skipped, what: stats.skipped === 1 ? 'window test' : 'window tests', why: 'skipped here' }],
    timings: [...files].map(([name, seconds]) => ({ name, seconds })),
  }
}

const pathOf = (file) => `tests/e2e/${file.split(sep).join('/')}`

function specsOf({ suites = [], specs = [] }, titles = []) {
  const own = specs.map(({ title, file, line, tests }) => ({
    file: pathOf(file),
    line,
    title: [...titles, title].join(' › '),
    // A test that passes only when it is repeated is none that passes.
    ok: tests.every(({ status }) => status === 'expected' || status === 'skipped'),
    seconds: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration / 1000, 0),
  }))
  return [...own, ...suites.flatMap((inner) => specsOf(inner, [...titles, inner.title]))]
}

/**
 * How many tests there are in the window, where they can't be run.
 * @param {readonly string[] | null} tests
 * @returns {Promise<number>}
 */
export async function countWindowTests(tests) {
  const { lines } = await runSuiteProcess(OWN_NODE, [...playwright('test'), '--list', ...filters(tests)])
  const total = lines.map((line) => /^Total: (\d+) tests?/.exec(line)?.[1]).find((count) => count !== undefined)
  if (total === undefined) throw new Error(`Playwright does not list its tests: ${lines.at(-1)}`)
  return Number(total)
}
