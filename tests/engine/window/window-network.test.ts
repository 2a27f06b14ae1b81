/** The feed-forward window: against PyTorch, against differences of its loss, and that it sees its window and no further. */
import { describe, expect, it } from 'vitest'
import { createReader, Random, traceNetwork, Trainer } from '../../../src/engine'
import type { TrainerSettings, WindowShape } from '../../../src/engine'
import { createOptimiser } from '../../../src/engine/optimisers/optimiser'
import { WindowNetwork } from '../../../src/engine/window/network'
import { readReference } from '../support/reference'

/** Every length another, so that a transposition can't hide. */
const ONE_HOT: WindowShape = { cell: 'window', window: 3, layers: 2, hidden: 4, vocabulary: 5, embedding: 0 }
const EMBEDDED: WindowShape = { cell: 'window', window: 4, layers: 3, hidden: 5, vocabulary: 7, embedding: 2 }
const SHAPES: [string, WindowShape][] = [
  ['one-hot', ONE_HOT],
  ['embedded', EMBEDDED],
  ['of one token', { ...ONE_HOT, window: 1 }],
]

function randomValues(shape: WindowShape): Float64Array {
  const random = Random.fromSeed(5, 'check')
  const { size } = new WindowNetwork(shape, 1, 1, 'float64').layout
  return Float64Array.from({ length: size }, () => random.normal() * 0.5)
}

/** Float64 rounding over a few hundred operations. */
const RELATIVE = 1e-12
/** Ten updates; Adam's division makes small differences larger. */
const TRAJECTORY = 1e-9

interface Case extends Omit<WindowShape, 'cell'> {
  B: number
  T: number
  inputs: number[]
  targets: number[]
  parameters: Record<string, number[]>
  logits: number[]
  top: number[]
  loss: number
  gradients: Record<string, number[]>
  adam: number[]
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  const scale = Math.max(...expected.map(Math.abs))
  expect(actual).toHaveLength(expected.length)
  expected.forEach((value, i) => expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(RELATIVE * scale))
}

describe('PyTorch (reference/window.json)', () => {
  const { cases } = readReference<{ cases: Case[] }>('window.json')

  it.each(cases)('window $window, embedding $embedding, $layers layer(s)', (reference) => {
    const { window, layers, hidden, vocabulary, embedding, B, T, inputs, targets } = reference
    const shape: WindowShape = { cell: 'window', window, layers, hidden, vocabulary, embedding }
    const network = new WindowNetwork(shape, B, T, 'float64')
    const { tensors, size } = network.layout
    expect(tensors.map(({ name }) => name).sort()).toEqual(Object.keys(reference.parameters).sort())
    const values = new Float64Array(size)
    for (const { name, offset } of tensors) values.set(reference.parameters[name], offset)
    const gradients = new Float64Array(size)
    const lossAndGradients = (): number => {
      network.forward(values, inputs, network.createState())
      const loss = network.loss(targets) / targets.length
      network.backward(values, gradients.fill(0), targets)
      return loss
    }
    network.forward(values, inputs, network.createState())
    expectClose(network.logits, reference.logits)
    expectClose(network.rows().layers[layers - 1].hidden.values, reference.top)
    expect(lossAndGradients()).toBeCloseTo(reference.loss, 13)
    for (const { name, offset, size: length } of tensors) {
      expectClose(gradients.subarray(offset, offset + length), reference.gradients[name])
    }
    const optimiser = createOptimiser({ name: 'adam', momentum: 0, alpha: 0, weightDecay: 0 }, values)
    reference.adam.forEach((expected, i) => {
      expect(Math.abs(lossAndGradients() - expected)).toBeLessThanOrEqual(TRAJECTORY * expected)
      optimiser.update(values, gradients, 0.01, i + 1)
    })
  })
})

describe('gradients', () => {
  /** Central differences in float64 lose half the digits. */
  const TOLERANCE = 1e-7

  it.each(SHAPES)(
    '%s: every parameter, against differences of the loss, dropout and carried tokens included',
    (_, shape) => {
      const [B, T] = [2, 6]
      const { vocabulary: V } = shape
      const network = new WindowNetwork(shape, B, T, 'float64', 0.4)
      const random = Random.fromSeed(8, 'text')
      const values = randomValues(shape)
      const state = network.createState()
      const draw = (length: number): number[] => Array.from({ length }, () => random.below(V))
      // Two tokens have gone before: of what a wider window sees the rest is missing still.
      network.forward(values, draw(2 * B), state, 2)
      network.carry(state)
      const [inputs, targets] = [draw(T * B), draw(T * B)]
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

describe('its window', () => {
  const lastLogits = (shape: WindowShape, text: readonly number[]): number[] => {
    const { logits } = traceNetwork(createReader(shape, randomValues(shape)), Uint32Array.from(text))
    return Array.from(logits.subarray((text.length - 1) * shape.vocabulary))
  }

  it.each(SHAPES)('%s: it can’t tell two contexts apart that share the last k tokens', (_, shape) => {
    const seen = [1, 4, 0, 2].slice(0, shape.window)
    const [one, other] = [lastLogits(shape, [0, 1, 2, ...seen]), lastLogits(shape, [3, 4, 1, 2, 2, ...seen])]
    expect(other).toEqual(one)
    expect(lastLogits(shape, [3, ...seen])).toEqual(one)
    for (let place = 0; place < seen.length; place++) {
      const changed = seen.map((token, i) => (i === place ? 3 : token))
      expect(lastLogits(shape, [0, 1, 2, ...changed])).not.toEqual(one)
    }
  })

  it('sees zeros before the first token, not a token of its vocabulary', () => {
    const { vocabulary: V } = ONE_HOT
    const alone = lastLogits(ONE_HOT, [1])
    for (let token = 0; token < V; token++) expect(lastLogits(ONE_HOT, [token, token, 1])).not.toEqual(alone)
    // Where every weight of the two older places is zero, what stands there makes no difference.
    const network = new WindowNetwork(ONE_HOT, 1, 1, 'float64')
    const values = randomValues(ONE_HOT)
    const at = network.layout.byName.get('hidden.0.weight')?.offset ?? NaN
    for (let j = 0; j < ONE_HOT.hidden; j++) values.fill(0, at + j * 3 * V, at + j * 3 * V + 2 * V)
    const { logits: short } = traceNetwork(createReader(ONE_HOT, values), Uint32Array.of(1))
    const { logits: long } = traceNetwork(createReader(ONE_HOT, values), Uint32Array.of(3, 2, 1))
    expect(Array.from(long.subarray(2 * V))).toEqual(Array.from(short))
  })

  it('has no gates and no cell state to trace', () => {
    const trace = traceNetwork(createReader(EMBEDDED, randomValues(EMBEDDED)), Uint32Array.of(1, 2))
    expect([trace.gates, trace.cell]).toEqual([{}, null])
    expect(trace.hidden).toHaveLength(2 * EMBEDDED.layers * EMBEDDED.hidden)
  })

  it.each(SHAPES)('%s: read piece by piece it is read as in one piece', (_, shape) => {
    const [B, T] = [2, 9]
    const { vocabulary: V } = shape
    const random = Random.fromSeed(3, 'text')
    const text = Array.from({ length: T * B }, () => random.below(V))
    const values = randomValues(shape)
    const whole = new WindowNetwork(shape, B, T, 'float64')
    whole.forward(values, text, whole.createState())
    for (const lengths of [
      [1, 1, 1, 1, 1, 1, 1, 1, 1],
      [2, 5, 1, 1],
      [4, 4, 1],
      [8, 1],
    ]) {
      const network = new WindowNetwork(shape, B, T, 'float64')
      const state = network.createState()
      let at = 0
      for (const steps of lengths) {
        network.forward(values, text.slice(at * B, (at + steps) * B), state, steps)
        network.carry(state)
        const rows = network.logits.subarray(0, steps * B * V)
        expect(Array.from(rows)).toEqual(Array.from(whole.logits.subarray(at * B * V, (at + steps) * B * V)))
        at += steps
      }
    }
  })
})

describe('training', () => {
  const tokens = Uint16Array.from({ length: 400 }, (_, i) => (i * i + 3 * i) % 7)
  const settings = (changes: Partial<TrainerSettings> = {}): TrainerSettings => ({
    shape: EMBEDDED,
    batch: 3,
    sequence: 2, // shorter than the window: what is carried decides
    dropout: 0.3,
    clip: 5,
    optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0.01 },
    schedule: { name: 'constant', learningRate: 0.01, warmUp: 0, totalSteps: 100, decayEvery: 1, decay: 1 },
    initialisation: { recurrent: 'default', gateBias: 0 },
    seed: 1,
    precision: 'float32',
    ...changes,
  })

  it('learns what its window holds', () => {
    const shape: WindowShape = { cell: 'window', window: 4, layers: 1, hidden: 16, vocabulary: 7, embedding: 0 }
    const trainer = new Trainer(settings({ shape, dropout: 0 }), tokens)
    const losses = Array.from({ length: 300 }, () => trainer.step().loss)
    expect(losses[299]).toBeLessThan(losses[0] * 0.3)
  })

  it.each(SHAPES)('%s: saving, loading and going on is never having stopped', (_, shape) => {
    const whole = new Trainer(
      settings({ shape }),
      tokens.map((token) => token % shape.vocabulary),
    )
    const first = new Trainer(
      settings({ shape }),
      tokens.map((token) => token % shape.vocabulary),
    )
    const second = new Trainer(
      settings({ shape }),
      tokens.map((token) => token % shape.vocabulary),
    )
    for (let i = 0; i < 7; i++) second.step() // what it did before leaves no trace
    for (let i = 0; i < 77; i++) whole.step()
    for (let i = 0; i < 40; i++) first.step()
    second.restore(first.save())
    for (let i = 0; i < 37; i++) second.step()
    expect(Array.from(second.parameters)).toEqual(Array.from(whole.parameters))
  })

  it('forgets its context where an epoch begins', () => {
    const trainer = new Trainer(settings({ dropout: 0, batch: 1, sequence: 133 }), tokens)
    expect(trainer.save().hidden).toEqual(new Float32Array(3))
    const rate = { ...settings().schedule, learningRate: 0 }
    const still = new Trainer(settings({ dropout: 0, batch: 1, sequence: 133, schedule: rate }), tokens)
    const losses = Array.from({ length: 6 }, () => still.step().loss)
    expect(losses.slice(3)).toEqual(losses.slice(0, 3)) // three steps an epoch
    expect(still.save().hidden).toEqual(Float32Array.from(tokens.subarray(396, 399), (token) => token + 1))
  })

  it('begins with PyTorch’s values: bounded by what a layer reads, an embedding normal', () => {
    const shape: WindowShape = { cell: 'window', window: 8, layers: 2, hidden: 32, vocabulary: 50, embedding: 16 }
    const { parameters, network } = new Trainer(settings({ shape }), tokens)
    for (const { name, offset, size } of network.layout.tensors) {
      const values = Array.from(parameters.subarray(offset, offset + size))
      const most = Math.max(...values.map(Math.abs))
      if (name === 'embedding.weight') {
        const variance = values.reduce((sum, value) => sum + value * value, 0) / size
        expect(Math.abs(variance - 1)).toBeLessThan(0.15) // five deviations of 800 squares
        continue
      }
      const bound = 1 / Math.sqrt(name.startsWith('hidden.0') ? 128 : 32)
      expect(most).toBeLessThanOrEqual(bound)
      expect(most).toBeGreaterThan(0.8 * bound)
    }
  })
})
