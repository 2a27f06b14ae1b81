/**
 * Every kernel, and the reference, in float32 against PyTorch: what is expected after every token, hidden states, loss,
 * gradients, and ten steps of every optimiser.
 */
import { describe, expect, it } from 'vitest'
import type { KernelName, RecurrentCell } from '../../../src/engine'
import { createOnKernel, createReference } from '../../../src/engine/kernels/training-arithmetic'
import type { ArithmeticSettings, TrainingArithmetic } from '../../../src/engine/kernels/training-arithmetic'
import type { OptimiserName, OptimiserSettings } from '../../../src/engine/optimisers/optimiser'
import { readReference } from '../support/reference'
import { codeOf, KERNELS } from './support/codes'

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
  logits_TBV: number[][][]
  top_hidden_TBH: number[][][]
  loss: number
  gradient_norm: number
  optimizers: Record<string, number[]>
}

/** Of a tensor's largest absolute value: float32 rounding over a few hundred operations. */
const TOLERANCE = 2e-5

const ARITHMETICS: readonly (KernelName | 'reference')[] = ['reference', ...KERNELS]

const OPTIONS: Record<string, { learningRate: number; alpha: number; weightDecay: number }> = {
  sgd: { learningRate: 0.5, alpha: 0, weightDecay: 0 },
  momentum: { learningRate: 0.1, alpha: 0, weightDecay: 0 },
  rmsprop: { learningRate: 0.01, alpha: 0.95, weightDecay: 0 },
  adagrad: { learningRate: 0.1, alpha: 0, weightDecay: 0 },
  adam: { learningRate: 0.01, alpha: 0, weightDecay: 0 },
  adamw: { learningRate: 0.01, alpha: 0, weightDecay: 0.1 },
}
const SGD: OptimiserSettings = { name: 'sgd', momentum: 0, alpha: 0, weightDecay: 0 }

const flat = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(flat))

function expectClose(actual: ArrayLike<number>, expected: readonly number[], what: string): void {
  expect(actual, what).toHaveLength(expected.length)
  const scale = Math.max(...expected.map(Math.abs))
  const worst = Math.max(...expected.map((value, i) => Math.abs(actual[i] - value)))
  expect(worst / scale, what).toBeLessThanOrEqual(TOLERANCE)
}

function prepare(reference: Case, kernel: KernelName | 'reference', optimiser = SGD): TrainingArithmetic {
  const { cell, B, T, V, H, L } = reference
  const settings: ArithmeticSettings = {
    shape: { cell, layers: L, hidden: H, vocabulary: V, embedding: 0 },
    ...{ batch: B, sequence: T, dropout: 0, optimiser, precision: 'float32' },
  }
  const arithmetic = kernel === 'reference' ? createReference(settings) : createOnKernel(settings, codeOf(kernel))
  const values = arithmetic.network.layout.tensors.flatMap(({ name }) => flat(reference.parameters[name]))
  arithmetic.fromLayout(arithmetic.parameters, values)
  return arithmetic
}

const logSoftmax = (logits: readonly number[]): number[] => {
  const whole = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0))
  return logits.map((logit) => logit - whole)
}

describe.each(ARITHMETICS)('%s against PyTorch (reference/rnn.json)', (kernel) => {
  const cases = readReference<{ cases: Case[] }>('rnn.json').cases.map(
    (reference) => [`${reference.cell}, ${reference.L} layer(s)`, reference] as const,
  )

  it.each(cases)('%s: loss and gradients', (_name, reference) => {
    const { network, parameters, gradients, toLayout, clip } = prepare(reference, kernel)
    const [inputs, targets] = [reference.inputs_TB.flat(), reference.targets_TB.flat()]
    network.forward(parameters, inputs, network.createState())
    expectClose([network.loss(targets) / inputs.length], [reference.loss], 'loss')
    gradients.fill(0)
    network.backward(parameters, gradients, targets)
    const found = toLayout(gradients)
    for (const { name, offset, size } of network.layout.tensors) {
      expectClose(found.subarray(offset, offset + size), flat(reference.gradients[name]), name)
    }
    expectClose([clip(0)], [reference.gradient_norm], 'gradient norm')
  })

  it.each(cases)('%s: hidden states of every step', (_name, reference) => {
    const { B, H, L, T } = reference
    const { network, parameters } = prepare(reference, kernel)
    const found = Array.from({ length: T }, (_, t) => {
      const state = network.createState()
      network.forward(parameters, reference.inputs_TB.slice(0, t + 1).flat(), state, t + 1)
      network.carry(state)
      return Array.from(state.hidden.subarray((L - 1) * B * H, L * B * H))
    })
    expectClose(found.flat(), flat(reference.top_hidden_TBH), 'hidden')
  })

  it.each(cases)('%s: log-probabilities of every token after every step', (_name, reference) => {
    const { B, T, V } = reference
    const { createReader, parameters } = prepare(reference, kernel)
    const reader = createReader(1)
    for (let b = 0; b < B; b++) {
      const state = reader.createState()
      for (let t = 0; t < T; t++) {
        const found = Array.from({ length: V }, (_, v) => {
          reader.forward(parameters, [reference.inputs_TB[t][b]], state, 1)
          return -reader.loss([v])
        })
        reader.carry(state)
        expectClose(found, logSoftmax(reference.logits_TBV[t][b]), `step ${t} of sequence ${b}`)
      }
    }
  })

  for (const [name, reference] of cases) {
    it.each(Object.entries(reference.optimizers))(`${name}: ten steps of %s`, (key, losses) => {
      const [optimizer, most] = key.split('+clip')
      const { learningRate, ...options } = OPTIONS[optimizer]
      const settings = { name: optimizer as OptimiserName, momentum: 0.9, ...options }
      const { network, parameters, gradients, optimiser, clip } = prepare(reference, kernel, settings)
      const [inputs, targets] = [reference.inputs_TB.flat(), reference.targets_TB.flat()]
      const found = losses.map((_, i) => {
        network.forward(parameters, inputs, network.createState())
        const loss = network.loss(targets) / inputs.length
        gradients.fill(0)
        network.backward(parameters, gradients, targets)
        clip(most ? Number(most) : 0)
        optimiser.update(parameters, gradients, learningRate, i + 1)
        return loss
      })
      expectClose(found, losses, 'losses')
    })
  }
})
