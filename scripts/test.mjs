/** `npm test`: format, lint, types, unit and integration tests, and the app in its real window. The last line counts all. */
import { runChecks } from './test/checks.mjs'
import { runUnitTests, runWindowTests } from './test/suites.mjs'
import { main } from './setup/failure.mjs'
import { tell } from './setup/report.mjs'
import { setUp } from './setup/set-up.mjs'

await main(async () => {
  const { electron, environment } = await setUp({ purpose: 'npm test', window: true })
  const env = { ...environment, ENGRAM_ELECTRON: electron }
  const counts = { passed: 0, failed: 0 }
  for (const [title, run] of [
    ['Format, lint and types', runChecks],
    ['Unit and integration tests', () => runUnitTests(env)],
    ['The app in its window', () => runWindowTests(env)],
  ]) {
    tell(`\n${title}`)
    const { passed, failed } = await run()
    counts.passed += passed
    counts.failed += failed
  }
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`)
  return counts.failed === 0 ? 0 : 1
})
