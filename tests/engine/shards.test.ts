/** A batch in shards: the sum of their parts is the batch, whoever computes them. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Shard, Trainer } from '../../src/engine'
import type { KernelCode, ModelShape, StepResult, TrainerSettings } from '../../src/engine'
import { splitBatch } from '../../src/engine/training/shards'

type Cell = ModelShape['cell']
const CELLS: readonly Cell[] = ['vanilla', 'gru', 'lstm', 'window']
const TOKENS = Uint16Array.from({ length: 400 }, (_, i) => (i * i + 3 * i) % 7)
const SIMD: KernelCode = { name: 'simd', code: readFileSync(join(import.meta.dirname, '../../out/kernels/simd.wasm')) }

function settings(cell: Cell, changes: Partial<TrainerSettings> = {}): TrainerSettings {
  const sizes = { layers: 2, hidden: 5, vocabulary: 7, embedding: 0 }
  return {
    shape: cell === 'window' ? { cell, window: 6, ...sizes } : { cell, ...sizes },
    batch: 3,
    sequence: 4,
    dropout: 0,
    clip: 5,
    optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0.01 },
    schedule: { name: 'constant', learningRate: 0.01, warmUp: 0, totalSteps: 100, decayEvery: 1, decay: 1 },
    initialisation: { recurrent: 'default', gateBias: 0 },
    seed: 1,
    precision: 'float32',
    ...changes,
  }
}

interface Crew {
  readonly trainer: Trainer
  /** @param order in which the shards are computed, the trainer's own being 0 */
  readonly step: (order?: readonly number[]) => StepResult
}

/** All shards in this thread. */
function crewOf(configured: TrainerSettings, workers: number): Crew {
  const trainer = new Trainer({ ...configured, workers }, TOKENS)
  const { exchange } = trainer
  const others =
    exchange === null
      ? []
      : Array.from({ length: workers - 1 }, (_, w) => new Shard(configured, TOKENS, w + 1, exchange))
  return {
    trainer,
    step: (order = splitBatch(workers, workers).map(({ first }) => first)) => {
      trainer.begin()
      for (const w of order) {
        if (w === 0) trainer.compute()
        else others[w - 1].compute()
      }
      return trainer.finish()
    },
  }
}

/** Largest difference, as a share of the largest absolute value. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0
  let scale = 1e-12
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Math.abs(a[i] - b[i]))
    scale = Math.max(scale, Math.abs(b[i]))
  }
  return most / scale
}

/** A sum in another order differs by a few roundings of float32. */
const ROUNDINGS = 3e-6
/** Parameters are rounded where they end: of so short a way that is a larger share. */
const CLIPPED = 1e-2

describe('a batch', () => {
  it('is split into contiguous parts, the larger first', () => {
    expect(splitBatch(7, 3)).toEqual([
      { first: 0, size: 3 },
      { first: 3, size: 2 },
      { first: 5, size: 2 },
    ])
    expect(splitBatch(4, 1)).toEqual([{ first: 0, size: 4 }])
    for (let batch = 1; batch <= 12; batch++) {
      for (let workers = 1; workers <= batch; workers++) {
        const parts = splitBatch(batch, workers)
        expect(parts.flatMap(({ first, size }) => Array.from({ length: size }, (_, i) => first + i))).toEqual(
          Array.from({ length: batch }, (_, i) => i),
        )
        expect(parts.map(({ size }) => size)).toEqual(parts.map(({ size }) => size).sort((a, b) => b - a))
        expect(parts[0].size - parts[workers - 1].size).toBeLessThan(2)
      }
    }
  })
})

describe('one worker', () => {
  /** SHA-256 of the parameters after 50 steps, as they were before there were shards. */
  it.each([
    ['vanilla', 'db76e4152c7c9cf4'],
    ['gru', '0075b6f49fe708e1'],
    ['lstm', 'ca99135291aea35b'],
  ] as const)('has the bits it always had: %s', (cell, digest) => {
    const trainer = new Trainer(settings(cell), TOKENS)
    for (let i = 0; i < 50; i++) trainer.step()
    const bytes = new Uint8Array((trainer.parameters as Float32Array).buffer)
    expect(createHash('sha256').update(bytes).digest('hex').slice(0, 16)).toBe(digest)
  })
})

const KERNELS: readonly (readonly [string, Partial<TrainerSettings>])[] = [
  ['the reference', {}],
  ['a kernel', { kernel: SIMD }],
]

describe.each(KERNELS)('shards on %s', (_name, arithmetic) => {
  const cases = CELLS.flatMap((cell) =>
    [
      [3, 2],
      [3, 3],
      [7, 3],
      [8, 2],
    ].map(([batch, workers]) => [cell, batch, workers] as const),
  )

  it.each(cases)('%s, batch %i in %i: one worker’s loss, gradients and states', (cell, batch, workers) => {
    const configured = settings(cell, { batch, ...arithmetic })
    const [one, several] = [crewOf(configured, 1), crewOf(configured, workers)]
    for (let i = 0; i < 3; i++) {
      const [expected, found] = [one.step(), several.step()]
      expect(Math.abs(found.loss - expected.loss)).toBeLessThan(ROUNDINGS * expected.loss)
      expect(difference(several.trainer.gradients, one.trainer.gradients)).toBeLessThan(ROUNDINGS)
      // From the same place again, so that roundings don't grow by Adam's division.
      several.trainer.restore(one.trainer.save())
    }
    several.step()
    one.step()
    const [expected, found] = [one.trainer.save(), several.trainer.save()]
    expect(found.hidden).toHaveLength(expected.hidden.length)
    expect(difference(found.hidden, expected.hidden)).toBeLessThan(ROUNDINGS)
    expect(difference(found.cell, expected.cell)).toBeLessThan(ROUNDINGS)
  })

  it.each(CELLS)('%s: clipping shortens what all shards add up to', (cell) => {
    const clip = 0.01
    const optimiser = { name: 'sgd', momentum: 0, alpha: 0, weightDecay: 0 } as const
    const configured = settings(cell, { batch: 7, clip, optimiser, ...arithmetic })
    const [one, several] = [crewOf(configured, 1), crewOf(configured, 3)]
    const start = one.trainer.readParameters()
    const moved = ({ trainer }: Crew): number[] => Array.from(trainer.readParameters(), (value, i) => value - start[i])
    const [expected, found] = [one.step(), several.step()]
    expect(expected.gradientNorm).toBeGreaterThan(2 * clip)
    expect(Math.abs(found.gradientNorm / expected.gradientNorm - 1)).toBeLessThan(ROUNDINGS)
    const way = Math.sqrt(moved(several).reduce((sum, value) => sum + value * value, 0))
    expect(Math.abs(way / (clip * expected.learningRate) - 1)).toBeLessThan(CLIPPED)
    expect(difference(several.trainer.readParameters(), one.trainer.readParameters())).toBeLessThan(ROUNDINGS)
  })

  it.each(CELLS)('%s: whoever is first to finish, the bits are the same', (cell) => {
    const configured = settings(cell, { batch: 5, dropout: 0.3, ...arithmetic })
    const [a, b] = [crewOf(configured, 3), crewOf(configured, 3)]
    for (let i = 0; i < 40; i++) expect(b.step([2, 0, 1])).toEqual(a.step([0, 1, 2]))
    expect([...b.trainer.parameters]).toEqual([...a.trainer.parameters])
  })

  it.each(CELLS)('%s: saving, loading and going on is never having stopped, dropout among it', (cell) => {
    const configured = settings(cell, { batch: 5, dropout: 0.3, ...arithmetic })
    const whole = crewOf(configured, 2)
    for (let i = 0; i < 47; i++) whole.step()
    const first = crewOf(configured, 2)
    for (let i = 0; i < 30; i++) first.step()
    const second = crewOf(configured, 2)
    second.trainer.restore(first.trainer.save())
    for (let i = 0; i < 17; i++) second.step()
    expect([...second.trainer.parameters]).toEqual([...whole.trainer.parameters])
    expect(second.trainer.save()).toEqual(whole.trainer.save())
  })
})

it.each([
  [0, true],
  [0.5, false],
])('two shards of the same text with dropout %d have equal gradients: %s', (dropout, isEqual) => {
  const stream = TOKENS.subarray(0, 64)
  const text = Uint16Array.from({ length: 129 }, (_, i) => stream[i % 64])
  const configured = settings('vanilla', { batch: 2, dropout })
  const trainer = new Trainer({ ...configured, workers: 2 }, text)
  const exchange = trainer.exchange as NonNullable<typeof trainer.exchange>
  const other = new Shard(configured, text, 1, exchange)
  trainer.begin()
  trainer.compute()
  other.compute()
  expect(difference(exchange.gradients[0], trainer.gradients) === 0).toBe(isEqual)
})
