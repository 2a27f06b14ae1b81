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
/** Of a token that is read: a few numbers that pass from function to function. A view or an object a token is more. */
const MOST_BYTES_READ = 110
const PATIENCE_MS = 300_000

it(
  'leaves next to nothing to the collector',
  async () => {
    const flags = ['--expose-gc', ...YOUNG, '--input-type=module', '--eval', RUN]
    const { stdout } = await promisify(execFile)(process.execPath, flags, {
      cwd: join(import.meta.dirname, '../../..'),
    })
    const { steps, reading } = JSON.parse(stdout) as Record<'steps' | 'reading', Record<string, number>>
    const above = (bytes: Record<string, number>, most: number) =>
      Object.entries(bytes).filter(([, each]) => each > most)
    expect([Object.keys(steps), Object.keys(reading)].map((names) => names.length)).toEqual([6, 6])
    expect(above(steps, MOST_BYTES)).toEqual([])
    expect(above(reading, MOST_BYTES_READ)).toEqual([])
  },
  PATIENCE_MS,
)
