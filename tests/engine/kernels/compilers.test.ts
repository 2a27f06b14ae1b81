/**
 * V8 compiles a kernel in several ways: at first by its quick compiler, what is used much by the optimising one, and with
 * the flag that src/lab/kernels/wide-vectors.ts sets, pairs of vectors joined. None of them may change a bit. Each needs a
 * process of its own.
 */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import type { Digests } from './support/digests'

const PROGRAM = join(import.meta.dirname, 'support/digests.ts')
const RUN = `import { runnerImport } from 'vite'
await runnerImport(${JSON.stringify(PROGRAM)}, { configFile: false, logLevel: 'error' })`
const REVECTORISE = '--experimental-wasm-revectorize'
const OPTIMISE = '--no-liftoff'
const COMPILED = ['relaxed-simd-256', 'relaxed-simd', 'simd']
/** Against hanging: four processes that are a few seconds' work on a free machine. */
const PATIENCE_MS = 300_000

async function digestsUnder(flags: readonly string[], kernels = COMPILED): Promise<Digests> {
  const program = ['--input-type=module', '--eval', RUN, '--', ...kernels]
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, ...program], {
    cwd: join(import.meta.dirname, '../../..'),
    maxBuffer: 1 << 24,
  })
  return JSON.parse(stdout) as Digests
}

it(
  'kernels of one rounding give the same bits however they are compiled',
  async () => {
    const { scalar } = await digestsUnder([], ['scalar'])
    const plain = await digestsUnder([])
    expect(plain.simd).toEqual(scalar)
    expect(plain['relaxed-simd-256']).toEqual(plain['relaxed-simd'])
    expect(plain['relaxed-simd'].product).not.toBe(scalar.product)
    expect(await digestsUnder([OPTIMISE])).toEqual(plain)
    expect(await digestsUnder([OPTIMISE, REVECTORISE])).toEqual(plain)
  },
  PATIENCE_MS,
)
