/**
 * `npm test`: format, lint, types, unit and integration tests, and the app in its real window; or, of these, what belongs
 * to some paths or to a change (scripts/test/words.mjs). The last line counts all.
 */
import { availableParallelism, constants } from 'node:os'
import { changesSince, cleanCommit, rememberPassed } from './test/changes.mjs'
import { checksOf, runChecks } from './test/checks.mjs'
import { memoryFolder } from './test/memory-folder.mjs'
import { everything, selectByPaths, selectChanged } from './test/select.mjs'
import { interruptedBy, passSignals } from './test/suite-process.mjs'
import { countWindowTests, removeResults, resultsFolder, runUnitTests, runWindowTests } from './test/suites.mjs'
import { summaryOf } from './test/summary.mjs'
import { parseWords, USAGE } from './test/words.mjs'
import { main } from './setup/failure.mjs'
import { tell } from './setup/report.mjs'
import { setUp } from './setup/set-up.mjs'
import { exitCodeOf } from './setup/signals.mjs'

const words = process.argv.slice(2)
/** Where npm was called: paths are typed there, and commands pasted. */
const cwd = process.env.INIT_CWD ?? process.cwd()
const print = (line) => void process.stdout.write(`${line}\n`)

await main(async () => {
  const { help, changed, base, paths } = parseWords(words)
  if (help) return print(USAGE)
  const isWhole = !changed && paths.length === 0
  const chosen = isWhole ? everything() : changed ? selectChanged(await changesSince(base)) : selectByPaths(paths, cwd)
  for (const note of chosen.notes) tell(note)
  const commit = isWhole ? await cleanCommit() : null

  const needsWindow = hasAny(chosen.window)
  const { electron, environment, windowMissing } = await setUp({
    purpose: 'npm test',
    window: needsWindow && 'if-possible',
    build: chosen.isBuilt,
  })
  passSignals()
  const leftOut = [...chosen.leftOut]
  if (windowMissing !== null) {
    const count = await countWindowTests(chosen.window)
    leftOut.push({ count, what: count === 1 ? 'window test' : 'window tests', why: windowMissing })
  }
  const suites = await runSuites(chosen, {
    hasWindow: needsWindow && windowMissing === null,
    env: { ...environment, ENGRAM_ELECTRON: electron ?? '' },
  })
  print(`\n${summaryOf(suites, { leftOut, cwd })}`)
  const signal = interruptedBy()
  if (signal !== null) return exitCodeOf(signal)
  if (suites.some(({ failures }) => failures.length > 0)) return 1
  if (commit !== null && commit === (await cleanCommit())) rememberPassed(commit)
  return 0
})

/**
 * Runs the suites side by side: the window on one side, which waits more than it computes, and on the other the checks and
 * then the unit tests, with less claim to the processor, so that the window answers as it does when it is alone.
 * @param {import('./test/select.mjs').Selection} chosen
 * @param {{ hasWindow: boolean, env: NodeJS.ProcessEnv }} setup
 * @returns {Promise<import('./test/summary.mjs').Suite[]>}
 */
async function runSuites({ unit, window, checked }, { hasWindow, env }) {
  const cores = availableParallelism()
  const memory = memoryFolder()
  const folder = resultsFolder()
  const checks = checked === null || checked.length > 0 ? checksOf(checked) : []
  const suite = async (title, run) => {
    tell(`\n${title}`)
    const started = performance.now()
    return { title, ...(await run()), seconds: (performance.now() - started) / 1000 }
  }
  const tests = { env: { ...colours(), ...env, ...memory.env }, print }
  const nice = hasWindow ? constants.priority.PRIORITY_BELOW_NORMAL : undefined
  const computing = async () => [
    ...(checks.length === 0
      ? []
      : [await suite('Format, lint and types', () => runChecks(checks, { atOnce: cores, nice, print }))]),
    ...(hasAny(unit)
      ? [
          await suite('Unit and integration tests', () =>
            runUnitTests({ ...tests, tests: unit, workers: Math.max(2, cores), nice }, folder),
          ),
        ]
      : []),
  ]
  const inWindow = async () =>
    hasWindow
      ? [
          await suite('The app in its window', () =>
            runWindowTests({ ...tests, tests: window, workers: cores < 8 ? 1 : 2 }, folder),
          ),
        ]
      : []
  try {
    return (await Promise.all([computing(), inWindow()])).flat()
  } finally {
    memory.remove()
    removeResults(folder)
  }
}

/** The suites write into pipes, and what reads them may be a terminal. */
function colours() {
  return process.stdout.isTTY && process.env.NO_COLOR === undefined ? { FORCE_COLOR: '1' } : {}
}

/** @param {readonly string[] | null} tests null: all */
function hasAny(tests) {
  return tests === null || tests.length > 0
}
