/**
 * Runs a measurement, as TypeScript through vite, so that sources import each other as they are built.
 *
 *     npm run bench -- [NAME] [SECONDS]
 */
import { resolve } from 'node:path'
import { runnerImport } from 'vite'

const NAMES = [
  'training-speed',
  'peers',
  'kernels',
  'memory',
  'corpus',
  'learning',
  'workers',
  'runs-database',
  'runs-room',
  'recall-frames',
  'reading-speed',
  'states-frames',
  'watching',
  'expected-time',
  'fresh-starts',
  'dropout',
  'texts',
]

/** What was started ends with this process, by its listener of `exit`. */
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => process.exit(code))
}

const [word = NAMES[0]] = process.argv.splice(2, 1)
const name = word.replace(/^--/, '')
try {
  if (!NAMES.includes(name)) throw new Error(`there is no measurement ${word}; there are ${NAMES.join(', ')}`)
  await runnerImport(resolve(import.meta.dirname, `${name}.ts`), { configFile: false, logLevel: 'error' })
} catch (error) {
  const debug = process.env.ENGRAM_DEBUG === '1'
  process.stderr.write(`error: ${debug ? error.stack : error.message}\n`)
  process.exitCode = 1
}
