/** Sets up what the command line needs, and notes that it is set up for the next start (ready.cjs). */
import { SOURCES } from '../setup/build-step.mjs'
import { OWN_NODE, ROOT } from '../setup/paths.mjs'
import { setUp } from '../setup/set-up.mjs'
import { answerSignals, exitCodeOf, leaveSignals } from '../setup/signals.mjs'
import ready from './ready.cjs'

/** What the steps of the set-up read to tell whether they are done. */
const WATCHED = [
  ...SOURCES,
  '.npmrc',
  'scripts/setup',
  'out/.sources',
  'out/kernels/.sources',
  'out/main/cli.cjs',
  'node_modules/.engram-packages',
  'node_modules/.package-lock.json',
  // The one package that the built command line loads.
  ...['package.json', 'lib', 'prebuilds'].map((name) => `node_modules/better-sqlite3/${name}`),
]

/** @param {string} file where it is noted @returns {Promise<import('./ready.cjs').Ready>} */
export async function setUpForCommandLine(file) {
  const end = () => process.exit(exitCodeOf('SIGTERM'))
  answerSignals()
  process.once('disconnect', end) // the process that started this one is gone
  process.channel?.unref()
  try {
    await setUp({ purpose: 'engram' })
  } finally {
    process.off('disconnect', end)
    leaveSignals()
  }
  return ready.write(file, ROOT, { node: OWN_NODE, watched: WATCHED })
}
