/**
 * `npm test`: format, lint, types, unit and integration tests, and the app in its real window. The last line counts all.
 * `npm test -- WORD` runs the unit and integration tests whose path holds the word.
 */
import { runChecks } from './test/checks.mjs'
import { runUnitTests, runWindowTests } from './test/suites.mjs'
import { main } from './setup/failure.mjs'
import { tell } from './setup/report.mjs'
import { setUp } from './setup/set-up.mjs'

const words = process.argv.slice(2)

await main(async () => {
  const { electron, environment } = await setUp({ purpose: 'npm test', window: true })
  const env = { ...environment, ENGRAM_ELECTRON: electron }
  const suites = [
    ['Format, lint and types', runChecks],
    ['Unit and integration tests', () => runUnitTests(env, words)],
    ['The app in its window', () => runWindowTests(env)],
  ]
  const counts = { passed: 0, failed: 0 }
  for (const [title, run] of words.length > 0 ? suites.slice(1, 2) : suites) {
    tell(`\n${title}`)
    const { passed, failed } = await run()
    counts.passed += passed
    counts.failed += failed
  }
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`)
  return counts.failed === 0 ? 0 : 1
})
