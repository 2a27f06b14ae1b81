/** Training: reproducible, resumable bit for bit, and its gradients are those of its loss. */
import { describe, expect, it } from 'vitest'
import { createNetwork, Random, RecurrentNetwork, Trainer } from '../../src/engine'
import type { RecurrentCell, RecurrentShape, TrainerSettings } from '../../src/engine'

const CELLS: readonly RecurrentCell[] = ['vanilla', 'gru', 'lstm']
const tokens = Uint16Array.from({ length: 400 }, (_, i) => (i * i + 3 * i) % 7)

function settings(changes: Partial<TrainerSettings> & { cell?: RecurrentCell } = {}): TrainerSettings {
  const { cell = 'vanilla', ...rest } = changes
  return {
    shape: { cell, layers: 2, hidden: 5, vocabulary: 7, embedding: 0 },
    batch: 3,
    sequence: 4,
    dropout: 0,
    clip: 5,
    optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0.01 },
    schedule: { name: 'constant', learningRate: 0.01, warmUp: 0, totalSteps: 100, decayEvery: 1, decay: 1 },
    initialisation: { recurrent: 'default', gateBias: 0 },
    seed: 1,
    precision: 'float32',
    ...rest,
  }
}

describe('trainer', () => {
  it.each(CELLS)('%s learns, and the same seed gives the same bits', (cell) => {
    const [a, b] = [new Trainer(settings({ cell }), tokens), new Trainer(settings({ cell }), tokens)]
    const losses = Array.from({ length: 150 }, () => a.step().loss)
    for (let i = 0; i < 150; i++) b.step()
    expect(losses[149]).toBeLessThan(losses[0] * 0.8)
    expect(Array.from(b.parameters)).toEqual(Array.from(a.parameters))
  })

  it.each(CELLS)('%s: saving, loading and going on is never having stopped', (cell) => {
    const changes = { cell, dropout: 0.3, shape: { cell, layers: 2, hidden: 5, vocabulary: 7, embedding: 3 } }
    const whole = new Trainer(settings(changes), tokens)
    for (let i = 0; i < 77; i++) whole.step()
    const first = new Trainer(settings(changes), tokens)
    for (let i = 0; i < 40; i++) first.step()
    const second = new Trainer(settings({ ...changes, seed: 99 }), tokens)
    second.restore(first.save())
    for (let i = 0; i < 37; i++) second.step()
    expect(Array.from(second.parameters)).toEqual(Array.from(whole.parameters))
  })

  it('refuses a text that is too short and says what would fit', () => {
    expect(() => new Trainer(settings({ batch: 8, sequence: 64 }), tokens.subarray(0, 200))).toThrow(
      expect.objectContaining({
        code: 'E_CORPUS_TOO_SMALL',
        details: expect.objectContaining({ fitBatch: 3, fitSequence: 64 }),
      }),
    )
  })

  it('leaves the parameters alone when the loss is no number', () => {
    const trainer = new Trainer(settings(), tokens)
    trainer.parameters[0] = NaN
    const before = trainer.parameters.slice()
    trainer.parameters[0] = NaN
    expect(trainer.step().loss).toBeNaN()
    expect(Array.from(trainer.parameters)).toEqual(Array.from(before))
  })

  it('validates in slices as in one piece', () => {
    const trainer = new Trainer(settings(), tokens)
    const long = Uint16Array.from({ length: 1000 }, (_, i) => (i * 5) % 7)
    const validation = trainer.validate(long)
    let loss = validation.next(trainer.parameters)
    let slices = 1
    for (; loss === null; slices++) loss = validation.next(trainer.parameters)
    const network = createNetwork(trainer.settings.shape, 1, 999, 'float32')
    network.forward(trainer.parameters, long.subarray(0, 999), network.createState())
    expect(slices).toBe(4)
    expect(loss).toBeCloseTo(network.loss(long.subarray(1)) / 999, 6)
  })
})

describe('gradients', () => {
  /** Central differences in float64 lose half the digits. */
  const TOLERANCE = 1e-7
  const shapes: [string, RecurrentShape][] = CELLS.flatMap((cell): [string, RecurrentShape][] => [
    [`${cell}, one-hot`, { cell, layers: 2, hidden: 3, vocabulary: 5, embedding: 0 }],
    [`${cell}, embedding`, { cell, layers: 2, hidden: 3, vocabulary: 5, embedding: 2 }],
  ])

  it.each(shapes)(
    '%s: every parameter, against differences of the loss, dropout and carried state included',
    (_, shape) => {
      const [B, T] = [2, 4]
      const network = new RecurrentNetwork(shape, B, T, 'float64', 0.4)
      const random = Random.fromSeed(5, 'check')
      const values = Float64Array.from({ length: network.layout.size }, () => random.normal() * 0.5)
      const state = network.createState()
      for (const buffer of [state.hidden, state.cell])
        buffer.forEach((_value, i) => (buffer[i] = random.normal() * 0.3))
      const inputs = Array.from({ length: T * B }, () => random.below(5))
      const targets = Array.from({ length: T * B }, () => random.below(5))
      const lossOf = (): number => {
        network.forward(values, inputs, state, T, Random.fromSeed(1, 'mask'))
        return network.loss(targets) / (T * B)
      }
      lossOf()
      const gradients = new Float64Array(values.length)
      network.backward(values, gradients, targets)
      for (let i = 0; i < values.length; i++) {
        const held = values[i]
        values[i] = held + 1e-5
        const above = lossOf()
        values[i] = held - 1e-5
        const below = lossOf()
        values[i] = held
        expect(Math.abs((above - below) / 2e-5 - gradients[i])).toBeLessThan(TOLERANCE)
      }
    },
  )
})
