/** The lab's own speed, as `npm run lab -- bench` tells it: the built program, the trainer a run has. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { BenchResult } from '../src/lab'
import type { Kernel } from '../src/shared'
import { runProgram } from './child'
import type { Setting } from './settings'

const CLI = resolve('out/main/cli.cjs')

/** A data directory of its own, gone at the end. */
export const dataDirectory = mkdtempSync(join(tmpdir(), 'engram-bench-'))
process.once('exit', () => rmSync(dataDirectory, { recursive: true, force: true }))

/**
 * A kernel is measured where it would be chosen: where V8 joins pairs of 128-bit operations only the kernel made for it,
 * all others where it doesn't.
 */
export async function measureLab({ job }: Setting, kernel: Kernel, seconds: number, workers = 1): Promise<BenchResult> {
  const options = Object.entries({ ...job, kernel, seconds, workers }).map(([name, value]) => `--${name}=${value}`)
  const env = { ENGRAM_DATA_DIR: dataDirectory, ENGRAM_WIDE_VECTORS: kernel === 'relaxed-simd-256' ? 'on' : 'off' }
  return JSON.parse(await runProgram(process.execPath, [CLI, 'bench', ...options, '--json'], env)) as BenchResult
}
