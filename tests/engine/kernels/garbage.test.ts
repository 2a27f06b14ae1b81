/** A step on a kernel makes no objects but its result, however many layers, blocks and steps of time it has. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const PROGRAM = join(import.meta.dirname, 'support/garbage.ts')
const RUN = `import { runnerImport } from 'vite'
await runnerImport(${JSON.stringify(PROGRAM)}, { configFile: false, logLevel: 'error' })`
/** Megabytes of young objects that are let be: all that is made while it is counted. */
const YOUNG = ['--min-semi-space-size=512', '--max-semi-space-size=512']
/** The result, its numbers, and what V8 notes of the functions it compiles. A tuple for each step of time is more. */
const MOST_BYTES = 1000
const PATIENCE_MS = 300_000

it(
  'leaves next to nothing to the collector',
  async () => {
    const flags = ['--expose-gc', ...YOUNG, '--input-type=module', '--eval', RUN]
    const { stdout } = await promisify(execFile)(process.execPath, flags, {
      cwd: join(import.meta.dirname, '../../..'),
    })
    const bytes = Object.entries(JSON.parse(stdout) as Record<string, number>)
    expect(bytes).toHaveLength(6)
    expect(bytes.filter(([, each]) => each > MOST_BYTES)).toEqual([])
  },
  PATIENCE_MS,
)
