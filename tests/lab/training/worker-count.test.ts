/** When more workers pay: a table, so that a change of the formula is seen for what it is. */
import { describe, expect, it } from 'vitest'
import type { ModelShape, RecurrentCell } from '../../../src/engine'
import { planTraining } from '../../../src/lab/training/training-plan'
import { countWorkers } from '../../../src/lab/training/worker-count'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import { errorOf } from '../support/errors'

const shapeOf = (cell: RecurrentCell, hidden: number, layers = 1, embedding = 0): ModelShape => ({
  cell,
  hidden,
  layers,
  embedding,
  vocabulary: 65,
})

describe('workers: auto', () => {
  it.each([
    // What people begin with.
    ['vanilla', 128, 32, 64, [1, 2, 3, 4]],
    ['lstm', 128, 32, 64, [1, 2, 3, 4]],
    ['gru', 256, 32, 64, [1, 2, 3, 4]],
    ['vanilla', 512, 32, 64, [1, 2, 3, 5]],
    // One sequence can't be shared out, nor can a few.
    ['vanilla', 100, 1, 25, [1, 1, 1, 1]],
    ['vanilla', 512, 7, 64, [1, 1, 1, 1]],
    ['lstm', 256, 12, 64, [1, 2, 3, 3]],
    // Steps that are over before a shard has woken.
    ['vanilla', 8, 4, 8, [1, 1, 1, 1]],
    ['vanilla', 16, 32, 16, [1, 1, 1, 1]],
    ['vanilla', 32, 32, 64, [1, 2, 2, 2]],
    // More parameters than work: the exchange costs what sharing gains.
    ['vanilla', 128, 8, 16, [1, 1, 1, 1]],
    ['vanilla', 128, 8, 64, [1, 2, 2, 2]],
    ['gru', 1024, 8, 2, [1, 1, 1, 1]],
  ] as const)('%s H%i B%i T%i, on 1, 2, 4 and 8 cores', (cell, hidden, batch, sequence, expected) => {
    const on = (cores: number): number =>
      countWorkers({ workers: 'auto', batch, sequence }, shapeOf(cell, hidden), cores)
    expect([1, 2, 4, 8].map(on)).toEqual(expected)
  })

  it('counts a lower layer and an embedding as work', () => {
    const on = (shape: ModelShape): number => countWorkers({ workers: 'auto', batch: 16, sequence: 32 }, shape, 2)
    expect([on(shapeOf('vanilla', 64)), on(shapeOf('vanilla', 64, 3, 64))]).toEqual([1, 2])
  })

  it('counts what a feed-forward window multiplies, not what it looks up', () => {
    const on = (embedding: number): number => {
      const shape: ModelShape = { cell: 'window', window: 16, hidden: 64, layers: 1, vocabulary: 65, embedding }
      return countWorkers({ workers: 'auto', batch: 32, sequence: 32 }, shape, 2)
    }
    expect([0, 32].map(on)).toEqual([1, 2])
  })

  it('never exceeds the batch or the cores', () => {
    for (let batch = 1; batch <= 40; batch++) {
      for (let cores = 1; cores <= 12; cores++) {
        const workers = countWorkers({ workers: 'auto', batch, sequence: 64 }, shapeOf('lstm', 256), cores)
        expect(workers).toBeGreaterThan(0)
        expect(workers).toBeLessThanOrEqual(Math.min(batch, cores))
      }
    }
  })
})

describe('workers: a number', () => {
  it('is taken as it is, up to the batch', () => {
    const count = (workers: number): number =>
      countWorkers({ workers, batch: 4, sequence: 8 }, shapeOf('vanilla', 8), 1)
    expect([1, 2, 3, 4].map(count)).toEqual([1, 2, 3, 4])
    expect(() => count(5)).toThrow(errorOf('E_CONFIGURATION', { option: '--workers', value: 5 }) as Error)
  })

  it('costs memory: too many are refused with the number to lower', () => {
    const plan = (workers: number, free: number) =>
      planTraining({ ...DEFAULT_CONFIGURATION, workers, batch: 32 }, 100_000, 65, 'text', free)
    const free = 64 * 2 ** 20
    expect(plan(1, free).workers).toBe(1)
    expect(plan(2, free).workers).toBe(2)
    expect(() => plan(32, free)).toThrow(errorOf('E_MEMORY', { field: 'workers' }) as Error)
  })
})
