/**
 * Runs a measurement, as TypeScript through vite, so that sources import each other as they are built.
 *
 *     npm run bench -- [NAME] [SECONDS]
 */
import { resolve } from 'node:path'
import { runnerImport } from 'vite'

const NAMES = ['training-speed', 'peers', 'kernels', 'memory', 'corpus']

/** What was started ends with this process, by its listener of `exit`. */
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.once(signal, () => process.exit(code))
}

const [word = NAMES[0]] = process.argv.splice(2, 1)
const name = word.replace(/^--/, '')
if (NAMES.includes(name)) {
  await runnerImport(resolve(import.meta.dirname, `${name}.ts`), { configFile: false, logLevel: 'error' })
} else {
  process.stderr.write(`error: there is no measurement ${JSON.stringify(word)}; there are ${NAMES.join(', ')}\n`)
  process.exitCode = 2
}
