/** Fresh starts: which sequences begin anew from a zero state, and that the choice depends on seed, step and place alone. */
import { describe, expect, it } from 'vitest'
import { Random, Shard, Trainer } from '../../src/engine'
import type { KernelName, ModelShape, TrainerSettings } from '../../src/engine'
import { codeOf } from './kernels/support/codes'

type Cell = ModelShape['cell']
const CELLS: readonly Cell[] = ['vanilla', 'gru', 'lstm', 'window']
const TOKENS = Uint16Array.from({ length: 3000 }, (_, i) => (i * i + 3 * i) % 7)
/** No step moves the parameters: what differs afterwards, the states made different. */
const STILL = { name: 'constant', learningRate: 0, warmUp: 0, totalSteps: 100, decayEvery: 1, decay: 1 } as const

function settings(cell: Cell, changes: Partial<TrainerSettings> = {}): TrainerSettings {
  const sizes = { layers: 2, hidden: 5, vocabulary: 7, embedding: 0 }
  return {
    shape: cell === 'window' ? { cell, window: 6, ...sizes } : { cell, ...sizes },
    batch: 7,
    sequence: 4,
    dropout: 0,
    clip: 5,
    optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0.01 },
    schedule: { ...STILL, learningRate: 0.01 },
    initialisation: { recurrent: 'default', gateBias: 0 },
    seed: 1,
    precision: 'float32',
    ...changes,
  }
}

/** A trainer with the other shards, if any, in this thread. */
function crewOf(configured: TrainerSettings, workers = 1): { trainer: Trainer; step: () => number } {
  const trainer = new Trainer({ ...configured, workers }, TOKENS)
  const { exchange } = trainer
  const others = Array.from({ length: workers - 1 }, (_, w) =>
    exchange === null ? null : new Shard(configured, TOKENS, w + 1, exchange),
  )
  return {
    trainer,
    step: () => {
      trainer.begin()
      trainer.compute()
      for (const other of others) other?.compute()
      return trainer.finish().loss
    },
  }
}

/** The sequences of a step that are drawn, as docs/notation.md describes the draw. */
function drawnAt(step: number, { seed, batch, freshStarts = 0 }: TrainerSettings): readonly number[] {
  const random = Random.fromSeed(seed, `fresh starts ${step}`)
  return Array.from({ length: batch }, () => random.uniform() < freshStarts).flatMap((isDrawn, b) =>
    isDrawn ? [b] : [],
  )
}

/** State (blocks, B, width) as one array per sequence. */
function sequencesOf(values: ArrayLike<number>, { shape, batch }: TrainerSettings): number[][] {
  const blocks = shape.cell === 'window' ? shape.window - 1 : shape.layers
  const width = values.length / (blocks * batch)
  return Array.from({ length: batch }, (_, b) =>
    Array.from({ length: blocks }, (_, k) =>
      Array.from({ length: width }, (_, i) => values[(k * batch + b) * width + i]),
    ).flat(),
  )
}

describe('a share of fresh starts', () => {
  it.each(CELLS)('%s: 0 is training without them, bit for bit', (cell) => {
    const [none, zero] = [crewOf(settings(cell)), crewOf(settings(cell, { freshStarts: 0 }))]
    for (let i = 0; i < 40; i++) expect(zero.step()).toBe(none.step())
    expect(zero.trainer.save()).toEqual(none.trainer.save())
  })

  it.each(CELLS)('%s: the drawn sequences begin from zero, and all others go on', (cell) => {
    const configured = settings(cell, { freshStarts: 0.4, schedule: STILL })
    const fresh = crewOf(configured)
    fresh.step()
    let sawDrawn = false
    for (let step = 2; step <= 12; step++) {
      const before = fresh.trainer.save()
      const drawn = drawnAt(step, configured)
      // The same step without fresh starts, from states that this test sets to zero itself.
      const expected = crewOf(settings(cell, { schedule: STILL }))
      const cleared = { ...before, hidden: before.hidden.slice(), cell: before.cell.slice() }
      const blocks = cell === 'window' ? 5 : 2
      for (const values of [cleared.hidden, cleared.cell]) {
        const width = values.length / (blocks * 7)
        for (let i = 0; i < values.length; i++) if (drawn.includes(Math.floor(i / width) % 7)) values[i] = 0
      }
      expected.trainer.restore(cleared)
      expect(fresh.step()).toBe(expected.step())
      expect(fresh.trainer.save()).toEqual(expected.trainer.save())
      sawDrawn ||= drawn.length > 0 && drawn.length < 7
    }
    expect(sawDrawn).toBe(true)
  })

  it.each(CELLS)('%s: with 1 every window begins from zero', (cell) => {
    const configured = settings(cell, { freshStarts: 1, schedule: STILL })
    const { trainer, step } = crewOf(configured)
    step()
    step()
    const alone = crewOf(settings(cell, { schedule: STILL }))
    const cleared = trainer.save()
    alone.trainer.restore({ ...cleared, hidden: cleared.hidden.fill(0), cell: cleared.cell.fill(0) })
    expect(step()).toBe(alone.step())
  })

  it('is met over many steps, in every place of the batch', () => {
    const configured = settings('vanilla', { freshStarts: 0.1 })
    const steps = 4000
    const counts = Array.from({ length: configured.batch }, () => 0)
    for (let step = 1; step <= steps; step++) for (const b of drawnAt(step, configured)) counts[b] += 1
    const deviation = Math.sqrt(steps * 0.1 * 0.9)
    for (const count of counts) expect(Math.abs(count - steps * 0.1)).toBeLessThan(4 * deviation)
  })

  it.each(CELLS)('%s: the same sequences are drawn whatever the number of workers', (cell) => {
    const configured = settings(cell, { freshStarts: 0.4, schedule: STILL })
    const [one, several] = [crewOf(configured), crewOf(configured, 3)]
    for (let i = 0; i < 12; i++) {
      expect(several.step()).toBeCloseTo(one.step(), 5)
      const [expected, found] = [one, several].map(({ trainer }) => sequencesOf(trainer.save().hidden, configured))
      expected.flat().forEach((value, at) => expect(found.flat()[at]).toBeCloseTo(value, 5))
    }
  })

  it.each(['simd', 'relaxed-simd-256'] as const satisfies readonly KernelName[])(
    'the kernel %s draws what the reference draws',
    (name) => {
      for (const cell of CELLS) {
        const changes = { freshStarts: 0.4, schedule: STILL }
        const reference = crewOf(settings(cell, changes))
        const kernel = crewOf(settings(cell, { ...changes, kernel: codeOf(name) }))
        for (let i = 0; i < 12; i++) expect(kernel.step()).toBeCloseTo(reference.step(), 5)
      }
    },
  )

  it.each([1, 2])('saving, loading and resuming is never having stopped, with %i worker(s)', (workers) => {
    for (const cell of CELLS) {
      const configured = settings(cell, { freshStarts: 0.3, dropout: 0.2, decoderDropout: 0.2 })
      const whole = crewOf(configured, workers)
      for (let i = 0; i < 47; i++) whole.step()
      const first = crewOf(configured, workers)
      for (let i = 0; i < 30; i++) first.step()
      const second = crewOf(configured, workers)
      second.trainer.restore(first.trainer.save())
      for (let i = 0; i < 17; i++) second.step()
      expect(second.trainer.save()).toEqual(whole.trainer.save())
    }
  })

  it('of two seeds draws differently', () => {
    const draws = [1, 2].map((seed) =>
      Array.from({ length: 50 }, (_, i) => drawnAt(i + 1, settings('gru', { seed, freshStarts: 0.3 }))),
    )
    expect(draws[0]).not.toEqual(draws[1])
  })
})
