/** The suites that run the program: unit and integration tests, and the end-to-end tests in the real window. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { withDisplay } from '../setup/display.mjs'
import { inRoot, OWN_NODE } from '../setup/paths.mjs'
import { runInForeground } from '../setup/processes.mjs'
import { tell } from '../setup/report.mjs'

const report = (name) => inRoot('test-results', `${name}.json`)

/**
 * Runs a suite that writes a report. One that ends without a readable report, or with an exit code that its report
 * doesn't explain, counts as failed.
 * @param {string} name
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {(report: any) => { passed: number, failed: number }} count
 */
async function runSuite(name, args, env, count) {
  mkdirSync(dirname(report(name)), { recursive: true })
  rmSync(report(name), { force: true })
  const code = await runInForeground(OWN_NODE, args, { cwd: inRoot(), env: { ...process.env, ...env } })
  let counts
  try {
    counts = count(JSON.parse(readFileSync(report(name), 'utf8')))
  } catch {
    tell(`The ${name} tests ended without a report (exit code ${code}).`)
    return { passed: 0, failed: 1 }
  }
  if (code !== 0 && counts.failed === 0) {
    tell(`The ${name} tests ended with exit code ${code}.`)
    return { ...counts, failed: 1 }
  }
  return counts
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} words what the path of a test must hold; none: all
 */
export function runUnitTests(env, words) {
  const args = [
    inRoot('node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report('unit')}`,
    ...words,
  ]
  return runSuite('unit', args, env, ({ numPassedTests, numFailedTests, testResults }) => ({
    passed: numPassedTests,
    // A file that could not be loaded has no tests to fail.
    failed:
      numFailedTests +
      testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length,
  }))
}

/** @param {NodeJS.ProcessEnv} env */
export function runWindowTests(env) {
  const args = [
    inRoot('node_modules/playwright/cli.js'),
    'test',
    '--config',
    inRoot('tests/e2e/playwright.config.ts'),
    '--reporter=list,json',
  ]
  const output = { PLAYWRIGHT_JSON_OUTPUT_NAME: report('window') }
  return withDisplay((display) =>
    runSuite('window', args, { ...env, ...output, ...display }, ({ stats, errors }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
    })),
  )
}
