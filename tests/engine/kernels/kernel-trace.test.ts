/** What a network on a kernel shows of every step: against PyTorch's numbers and against the reference's reading. */
import { describe, expect, it } from 'vitest'
import { createLayout, createReader, Random, Sampler, traceNetwork } from '../../../src/engine'
import type { KernelName, ModelShape, NetworkTrace, TrainableNetwork } from '../../../src/engine'
import { readReference } from '../support/reference'
import { codeOf, KERNELS } from './support/codes'

/** Of the largest absolute value: what float32 leaves of states that are handed on some hundred times. */
const FLOAT32 = 2e-5

type Nested = number | Nested[]
interface Case {
  cell: 'vanilla' | 'lstm' | 'gru'
  B: number
  V: number
  H: number
  L: number
  parameters: Record<string, Nested>
  inputs_TB: number[][]
  logits_TBV: number[][][]
  top_hidden_TBH: number[][][]
}
const flat = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(flat))

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(found.length, what).toBe(expected.length)
  let [most, scale] = [0, 1e-12]
  for (let i = 0; i < expected.length; i++) {
    if (Number.isNaN(expected[i])) expect(found[i], what).toBeNaN()
    else most = Math.max(most, Math.abs(found[i] - expected[i]))
    scale = Math.max(scale, Math.abs(expected[i]) || 0)
  }
  expect(most / scale, what).toBeLessThanOrEqual(FLOAT32)
}

/** Each cell with one to four layers, one-hot and embedded, on widths around the tiles'; texts of several pieces. */
const CELLS = ['vanilla', 'lstm', 'gru', 'window'] as const
const SIZES: readonly Omit<ModelShape, 'cell' | 'window'>[] = [
  { layers: 1, hidden: 1, vocabulary: 2, embedding: 0 },
  { layers: 2, hidden: 33, vocabulary: 9, embedding: 5 },
  { layers: 3, hidden: 7, vocabulary: 17, embedding: 0 },
  { layers: 4, hidden: 16, vocabulary: 8, embedding: 9 },
  { layers: 1, hidden: 128, vocabulary: 65, embedding: 0 },
]
const SHAPES = CELLS.flatMap((cell) =>
  SIZES.map((sizes): ModelShape => (cell === 'window' ? { cell, window: 3, ...sizes } : { cell, ...sizes })),
)
const T = 300
const CHOICE = { top: 3, distributions: true }

function valuesOf(shape: ModelShape): Float32Array {
  const random = Random.fromSeed(4, 'weights')
  const scale = 1 / Math.sqrt(shape.hidden)
  return Float32Array.from({ length: createLayout(shape).size }, () => (2 * random.uniform() - 1) * scale)
}
const textOf = ({ vocabulary }: ModelShape): Uint32Array =>
  Uint32Array.from({ length: T }, (_, t) => (t * t + 3 * t + (t >> 3)) % vocabulary)
const readWith = (shape: ModelShape, name?: KernelName): NetworkTrace =>
  traceNetwork(createReader(shape, valuesOf(shape), name && codeOf(name)), textOf(shape), CHOICE)

describe.each(KERNELS)('a trace on %s', (name) => {
  const cases = readReference<{ cases: Case[] }>('rnn.json').cases
  it.each(cases.map((reference) => [`${reference.cell}, ${reference.L} layer(s)`, reference] as const))(
    '%s: has PyTorch’s hidden states and logits (reference/rnn.json)',
    (_, { cell, B, H, L, V, parameters, inputs_TB, logits_TBV, top_hidden_TBH }) => {
      const shape: ModelShape = { cell, layers: L, hidden: H, vocabulary: V, embedding: 0 }
      const values = Float32Array.from(createLayout(shape).tensors.flatMap((tensor) => flat(parameters[tensor.name])))
      const reader = createReader(shape, values, codeOf(name))
      for (let b = 0; b < B; b++) {
        const { hidden, logits } = traceNetwork(
          reader,
          Uint32Array.from(inputs_TB, (row) => row[b]),
        )
        const top = Float32Array.from(
          inputs_TB.flatMap((_row, t) => [...hidden.subarray((t * L + L - 1) * H, (t + 1) * L * H)]),
        )
        expectClose(top, flat(top_hidden_TBH.map((row) => row[b])), `hidden of ${b}`)
        expectClose(logits, flat(logits_TBV.map((row) => row[b])), `logits of ${b}`)
      }
    },
  )

  it.each(SHAPES)('has the reference’s states, gates and expectations: %o', (shape) => {
    const [found, expected] = [readWith(shape, name), readWith(shape)]
    for (const what of ['hidden', 'logits', 'probabilities', 'topProbabilities', 'probability'] as const) {
      expectClose(found[what], expected[what], what)
    }
    expect(found.cell === null).toBe(shape.cell !== 'lstm')
    expectClose(found.cell ?? [], expected.cell ?? [], 'cell')
    expect(Object.keys(found.gates)).toEqual(Object.keys(expected.gates))
    for (const gate of Object.keys(expected.gates)) expectClose(found.gates[gate], expected.gates[gate], gate)
    expect(Math.abs((found.loss ?? NaN) - (expected.loss ?? NaN))).toBeLessThan(FLOAT32)
  })

  it('reads alike in pieces of any length, and after another text', () => {
    const shape: ModelShape = { cell: 'lstm', layers: 2, hidden: 9, vocabulary: 5, embedding: 0 }
    const reader = createReader(shape, valuesOf(shape), codeOf(name))
    const whole = traceNetwork(reader, textOf(shape), CHOICE)
    const { network, values } = reader
    const narrow: TrainableNetwork = {
      shape,
      layout: network.layout,
      T: 7,
      createState: () => network.createState(),
      forward: (...input) => network.forward(...input),
      carry: (state) => network.carry(state),
      rows: () => network.rows(),
      loss: (targets) => network.loss(targets),
      backward: (...input) => network.backward(...input),
    }
    expect(traceNetwork({ network: narrow, values }, textOf(shape), CHOICE)).toEqual({
      ...whole,
      loss: expect.closeTo(whole.loss ?? NaN, 12) as number,
    })
  })

  it('writes what the reference writes where one symbol is far more probable', () => {
    const shape: ModelShape = { cell: 'gru', layers: 1, hidden: 9, vocabulary: 5, embedding: 0 }
    const settings = { temperature: 0, topK: null, topP: null }
    const write = (kernel?: KernelName): number[] => {
      const reader = createReader(shape, valuesOf(shape), kernel && codeOf(kernel))
      const sampler = new Sampler(reader, textOf(shape), settings, Random.fromSeed(1, 'sample'))
      return Array.from({ length: 50 }, () => sampler.next())
    }
    expect(write(name)).toEqual(write())
  })
})

const ALIKE: readonly (readonly [KernelName, KernelName])[] = [
  ['simd', 'scalar'],
  ['relaxed-simd-256', 'relaxed-simd'],
]
describe.each(ALIKE)('%s and %s', (one, other) => {
  it.each(SHAPES)('show the same bits: %o', (shape) => {
    expect(readWith(shape, one)).toEqual(readWith(shape, other))
  })
})
