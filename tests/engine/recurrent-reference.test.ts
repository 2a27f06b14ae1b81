/** The same code in float64 against PyTorch: logits, loss, hidden states, gradients and ten steps of every optimiser. */
import { describe, expect, it } from 'vitest'
import { clipByNorm } from '../../src/engine/optimisers/clip'
import { createOptimiser } from '../../src/engine/optimisers/optimiser'
import type { OptimiserName } from '../../src/engine/optimisers/optimiser'
import { RecurrentNetwork } from '../../src/engine/recurrent/network'
import type { RecurrentCell } from '../../src/engine/recurrent/shape'
import { readReference } from './support/reference'

type Nested = number | Nested[]
interface Case {
  cell: RecurrentCell
  B: number
  T: number
  V: number
  H: number
  L: number
  parameters: Record<string, Nested>
  gradients: Record<string, Nested>
  inputs_TB: number[][]
  targets_TB: number[][]
  logits_TBV: Nested
  top_hidden_TBH: Nested
  loss: number
  gradient_norm: number
  optimizers: Record<string, number[]>
}

/** Float64 rounding over a few hundred operations. */
const RELATIVE = 1e-12
/** Ten updates; Adam's division makes small differences larger. */
const TRAJECTORY = 1e-9

const flat = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(flat))

function expectClose(actual: ArrayLike<number>, expected: number[]): void {
  const scale = Math.max(...expected.map(Math.abs))
  expected.forEach((value, i) => expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(RELATIVE * scale))
}

function prepare(reference: Case) {
  const { cell, B, T, V, H, L } = reference
  const network = new RecurrentNetwork({ cell, layers: L, hidden: H, vocabulary: V, embedding: 0 }, B, T, 'float64')
  const values = new Float64Array(network.layout.size)
  for (const tensor of network.layout.tensors) values.set(flat(reference.parameters[tensor.name]), tensor.offset)
  return { network, values, inputs: reference.inputs_TB.flat(), targets: reference.targets_TB.flat() }
}

const OPTIONS: Record<string, { learningRate: number; alpha: number; weightDecay: number }> = {
  sgd: { learningRate: 0.5, alpha: 0, weightDecay: 0 },
  momentum: { learningRate: 0.1, alpha: 0, weightDecay: 0 },
  rmsprop: { learningRate: 0.01, alpha: 0.95, weightDecay: 0 },
  adagrad: { learningRate: 0.1, alpha: 0, weightDecay: 0 },
  adam: { learningRate: 0.01, alpha: 0, weightDecay: 0 },
  adamw: { learningRate: 0.01, alpha: 0, weightDecay: 0.1 },
}

describe('PyTorch (reference/rnn.json)', () => {
  const cases = readReference<{ cases: Case[] }>('rnn.json').cases

  for (const reference of cases) {
    const name = `${reference.cell}, ${reference.L} layer(s)`

    it(`${name}: logits, hidden states, loss and gradients`, () => {
      const { network, values, inputs, targets } = prepare(reference)
      network.forward(values, inputs, network.createState())
      expectClose(network.logits, flat(reference.logits_TBV))
      expectClose(
        network.layers[reference.L - 1].hidden.subarray(reference.B * reference.H),
        flat(reference.top_hidden_TBH),
      )
      expect(network.loss(targets) / inputs.length).toBeCloseTo(reference.loss, 13)
      const gradients = new Float64Array(values.length)
      network.backward(values, gradients, targets)
      for (const tensor of network.layout.tensors) {
        expectClose(
          gradients.subarray(tensor.offset, tensor.offset + tensor.size),
          flat(reference.gradients[tensor.name]),
        )
      }
      expect(clipByNorm(gradients, 0)).toBeCloseTo(reference.gradient_norm, 12)
    })

    for (const [key, losses] of Object.entries(reference.optimizers)) {
      it(`${name}: ten steps of ${key}`, () => {
        const { network, values, inputs, targets } = prepare(reference)
        const [optimizer, clip] = key.split('+clip')
        const options = OPTIONS[optimizer]
        const optimiser = createOptimiser({ name: optimizer as OptimiserName, momentum: 0.9, ...options }, values)
        const gradients = new Float64Array(values.length)
        losses.forEach((expected, i) => {
          network.forward(values, inputs, network.createState())
          const loss = network.loss(targets) / inputs.length
          expect(Math.abs(loss - expected)).toBeLessThanOrEqual(TRAJECTORY * expected)
          gradients.fill(0)
          network.backward(values, gradients, targets)
          clipByNorm(gradients, clip ? Number(clip) : 0)
          optimiser.update(values, gradients, options.learningRate, i + 1)
        })
      })
    }
  }
})
