/** The choice among kernels follows the best turn of each, on a clock of the test's own. */
import { expect, it } from 'vitest'
import { quickestKernel } from '../../../src/engine'
import type { TrainerSettings } from '../../../src/engine'

const SETTINGS: TrainerSettings = {
  shape: { cell: 'vanilla', layers: 1, hidden: 2, vocabulary: 3, embedding: 0 },
  batch: 1,
  sequence: 2,
  dropout: 0,
  clip: 5,
  optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0 },
  schedule: { name: 'constant', learningRate: 0.002, warmUp: 0, totalSteps: 10, decayEvery: 1, decay: 1 },
  initialisation: { recurrent: 'default', gateBias: 0 },
  seed: 1,
  precision: 'float32',
}
const SCALAR = { name: 'scalar' } as const
const TOKENS = Uint8Array.from({ length: 50 }, (_, i) => i % 3)

/** A clock whose every look costs what it is told; each kernel's turn is two looks and those of its loop. */
function clockOf(costs: readonly number[]): () => number {
  let [time, looks] = [0, 0]
  return () => (time += costs[looks++] ?? 1)
}

it('takes the one whose best turn is best, however bad its others are', () => {
  // A turn of one step is three looks: its beginning, the loop's end, and the reckoning.
  const turn = (milliseconds: number): number[] => [0, milliseconds, 0]
  const first = Array.from({ length: 10 }, () => 9)
  const second = first.map((_, i) => (i === 2 ? 4 : 50))
  const costs = first.flatMap((ms, i) => [...turn(ms), ...turn(second[i])])
  expect(quickestKernel(SETTINGS, [SCALAR, SCALAR], TOKENS, 1, clockOf(costs))).toBe(1)
  const other = second.flatMap((ms, i) => [...turn(ms), ...turn(first[i] - 6)])
  expect(quickestKernel(SETTINGS, [SCALAR, SCALAR], TOKENS, 1, clockOf(other))).toBe(1)
})

it('takes the first where another is hardly quicker', () => {
  const costs = Array.from({ length: 10 }, () => [0, 10, 0, 0, 9.8, 0]).flat()
  expect(quickestKernel(SETTINGS, [SCALAR, SCALAR], TOKENS, 1, clockOf(costs))).toBe(0)
})
