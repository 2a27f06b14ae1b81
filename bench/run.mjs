/** Runs the benchmark that is named first, as TypeScript through vite, so that sources import each other as they are built. */
import { resolve } from 'node:path'
import { runnerImport } from 'vite'

const [name = 'training-speed'] = process.argv.splice(2, 1)
await runnerImport(resolve(import.meta.dirname, `${name}.ts`), { configFile: false, logLevel: 'error' })
