/** The sizes that are measured, and a trainer for each. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Trainer } from '../src/engine'
import type { KernelCode, KernelName, RecurrentShape } from '../src/engine'

export const VOCABULARY = 65

export interface Setting {
  readonly name: string
  readonly shape: Omit<RecurrentShape, 'vocabulary' | 'embedding'>
  readonly batch: number
  readonly sequence: number
}

export const SETTINGS: readonly Setting[] = [
  { name: 'vanilla H128 B32 T64', shape: { cell: 'vanilla', layers: 1, hidden: 128 }, batch: 32, sequence: 64 },
  { name: 'LSTM H128 B32 T64', shape: { cell: 'lstm', layers: 1, hidden: 128 }, batch: 32, sequence: 64 },
  { name: 'GRU H256 B32 T64', shape: { cell: 'gru', layers: 1, hidden: 256 }, batch: 32, sequence: 64 },
  { name: 'vanilla H512 B32 T64', shape: { cell: 'vanilla', layers: 1, hidden: 512 }, batch: 32, sequence: 64 },
  { name: 'LSTM H128 L2 B50 T50', shape: { cell: 'lstm', layers: 2, hidden: 128 }, batch: 50, sequence: 50 },
  { name: 'vanilla H100 B1 T25', shape: { cell: 'vanilla', layers: 1, hidden: 100 }, batch: 1, sequence: 25 },
]

export function codeOf(name: KernelName | 'scalar'): KernelCode | undefined {
  if (name === 'scalar') return undefined
  return { name, code: readFileSync(resolve(`out/kernels/${name}.wasm`)) }
}

/**
 * Characters a second over whole training steps. Before its kernel is compiled the pass that joins pairs of 128-bit
 * operations is allowed to the one that is made for it, and to no other, which it would widen as well.
 */
export function measure({ shape, batch, sequence }: Setting, kernel: KernelCode | undefined, seconds: number): number {
  const pass = 'experimental-wasm-revectorize'
  setFlagsFromString(kernel?.name === 'relaxed-simd-256' ? `--${pass}` : `--no-${pass}`)
  const tokens = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7919 + (i >> 3)) % VOCABULARY)
  const trainer = new Trainer(
    {
      shape: { ...shape, vocabulary: VOCABULARY, embedding: 0 },
      batch,
      sequence,
      dropout: 0,
      clip: 5,
      optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0 },
      schedule: { name: 'constant', learningRate: 0.002, warmUp: 0, totalSteps: 1000, decayEvery: 1000, decay: 1 },
      initialisation: { recurrent: 'default', gateBias: 0 },
      seed: 1,
      precision: 'float32',
      ...(kernel ? { kernel } : {}),
    },
    tokens,
  )
  for (let i = 0; i < 3; i++) trainer.step() // compiled before it is timed
  const started = performance.now()
  let steps = 0
  while (performance.now() - started < seconds * 1000) {
    trainer.step()
    steps += 1
  }
  return (steps * batch * sequence) / ((performance.now() - started) / 1000)
}
