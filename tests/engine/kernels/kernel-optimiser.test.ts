/** Clipping and every optimiser on a kernel against the reference, and the kernel's order of parameters. */
import { describe, expect, it } from 'vitest'
import { Trainer } from '../../../src/engine'
import type { KernelName, ModelShape, OptimiserSettings, TrainerSettings } from '../../../src/engine'
import { createOrder, sizeOnKernel } from '../../../src/engine/kernels/create-kernel-network'
import { createLayout } from '../../../src/engine/recurrent/shape'
import { codeOf, KERNELS } from './support/codes'

const OPTIMISERS: readonly OptimiserSettings['name'][] = ['sgd', 'momentum', 'rmsprop', 'adagrad', 'adam', 'adamw']

const SHAPES: readonly ModelShape[] = [
  { cell: 'vanilla', hidden: 17, layers: 2, embedding: 0, vocabulary: 9 },
  { cell: 'lstm', hidden: 33, layers: 1, embedding: 5, vocabulary: 65 },
  { cell: 'gru', hidden: 16, layers: 3, embedding: 0, vocabulary: 8 },
  { cell: 'window', window: 3, hidden: 7, layers: 2, embedding: 0, vocabulary: 12 },
  { cell: 'window', window: 4, hidden: 20, layers: 1, embedding: 6, vocabulary: 30 },
]
const TEXT = Uint8Array.from({ length: 400 }, (_, i) => (i * i + 5 * i) % 9)

/** So little that every step's gradient is shortened. */
const CLIP = 0.01
const STEPS = 5
/** A few roundings of float32 in each of five steps, as a share of what has moved most. */
const TOLERANCE = 1e-3

function createTrainer(name: OptimiserSettings['name'], kernel?: KernelName, shape = SHAPES[0]): Trainer {
  const settings: TrainerSettings = {
    shape,
    batch: 3,
    sequence: 5,
    dropout: 0,
    clip: CLIP,
    optimiser: { name, momentum: 0.9, alpha: 0.95, weightDecay: 0.1 },
    schedule: { name: 'constant', learningRate: 0.05, warmUp: 0, totalSteps: 100, decayEvery: 1, decay: 1 },
    initialisation: { recurrent: 'default', gateBias: 0 },
    seed: 2,
    precision: 'float32',
    ...(kernel ? { kernel: codeOf(kernel) } : {}),
  }
  return new Trainer(settings, TEXT)
}

describe.each(KERNELS)('%s', (kernel) => {
  it.each(OPTIMISERS)('clips and updates with %s as the reference does', (name) => {
    const [reference, trainer] = [createTrainer(name), createTrainer(name, kernel)]
    const start = reference.readParameters()
    for (let i = 0; i < STEPS; i++) {
      const [expected, found] = [reference.step(), trainer.step()]
      expect(expected.gradientNorm).toBeGreaterThan(CLIP)
      expect(Math.abs(found.gradientNorm / expected.gradientNorm - 1)).toBeLessThan(TOLERANCE)
    }
    const [expected, found] = [reference.readParameters(), trainer.readParameters()]
    const moved = Math.max(...Array.from(expected, (value, i) => Math.abs(value - start[i])))
    expect(moved).toBeGreaterThan(0)
    for (let i = 0; i < expected.length; i++) expect(Math.abs(found[i] - expected[i])).toBeLessThan(TOLERANCE * moved)
  })

  it.each(SHAPES)('leaves the padding at zero, so that norms and updates do not see it: %o', (shape) => {
    const trainer = createTrainer('adamw', kernel, shape)
    for (let i = 0; i < STEPS; i++) trainer.step()
    const used = new Set(createOrder(shape))
    const left = Array.from(trainer.parameters).filter((_, i) => !used.has(i))
    expect(left.length).toBe(sizeOnKernel(shape) - createLayout(shape).size)
    expect(left.every((value) => value === 0)).toBe(true)
  })
})

it.each(SHAPES)('every parameter has a place of its own: %o', (shape) => {
  const order = createOrder(shape)
  expect(order.length).toBe(createLayout(shape).size)
  expect(new Set(order).size).toBe(order.length)
  expect(Math.min(...order)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...order)).toBeLessThan(sizeOnKernel(shape))
})
