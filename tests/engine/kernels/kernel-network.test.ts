/** Every kernel against the reference of the same passes, on shapes that fit no tile. */
import { describe, expect, it } from 'vitest'
import { MOMENTS, Trainer } from '../../../src/engine'
import type { KernelCode, KernelName, OptimiserName, RecurrentCell, TrainerSettings } from '../../../src/engine'
import { codeOf, KERNELS } from './support/codes'

interface Shape {
  readonly cell: RecurrentCell
  readonly hidden: number
  readonly layers: number
  readonly embedding: number
  readonly vocabulary: number
  readonly batch: number
  readonly sequence: number
  readonly dropout?: number
}

/** Widths around the tiles': 1, 7, 8, 9, 33; batches of one, of a tile and of one more. */
const SHAPES: readonly Shape[] = [
  { cell: 'vanilla', hidden: 1, layers: 1, embedding: 0, vocabulary: 2, batch: 1, sequence: 3 },
  { cell: 'vanilla', hidden: 33, layers: 2, embedding: 0, vocabulary: 9, batch: 7, sequence: 5 },
  { cell: 'vanilla', hidden: 128, layers: 1, embedding: 0, vocabulary: 65, batch: 6, sequence: 4 },
  { cell: 'lstm', hidden: 7, layers: 1, embedding: 0, vocabulary: 8, batch: 5, sequence: 6 },
  { cell: 'lstm', hidden: 17, layers: 2, embedding: 9, vocabulary: 33, batch: 1, sequence: 7, dropout: 0.3 },
  { cell: 'gru', hidden: 9, layers: 1, embedding: 0, vocabulary: 17, batch: 4, sequence: 3 },
  { cell: 'gru', hidden: 33, layers: 3, embedding: 5, vocabulary: 7, batch: 8, sequence: 4 },
]

function settingsOf(
  { cell, hidden, layers, embedding, vocabulary, ...shape }: Shape,
  kernel?: KernelCode,
  optimiser: OptimiserName = 'adam',
): TrainerSettings {
  return {
    shape: { cell, hidden, layers, embedding, vocabulary },
    batch: shape.batch,
    sequence: shape.sequence,
    dropout: shape.dropout ?? 0,
    clip: 5,
    optimiser: { name: optimiser, momentum: 0.9, alpha: 0.99, weightDecay: 0.01 },
    schedule: { name: 'constant', learningRate: 0.002, warmUp: 0, totalSteps: 100, decayEvery: 1, decay: 1 },
    initialisation: { recurrent: 'default', gateBias: 0 },
    seed: 3,
    precision: 'float32',
    ...(kernel ? { kernel } : {}),
  }
}

const textOf = ({ vocabulary }: Shape): Uint8Array =>
  Uint8Array.from({ length: 600 }, (_, i) => (i * i + 3 * i) % vocabulary)

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

/** A few roundings of float32 more than the reference makes. */
const GRADIENT_TOLERANCE = 2e-5
const LOSS_TOLERANCE = 2e-6

describe.each(KERNELS)('%s', (name) => {
  const kernel = codeOf(name)

  it.each(SHAPES)('gives the reference’s loss and gradients: %o', (shape) => {
    const reference = new Trainer(settingsOf(shape), textOf(shape))
    const trainer = new Trainer(settingsOf(shape, kernel), textOf(shape))
    expect([...trainer.parameters]).toEqual([...reference.parameters])
    const [expected, found] = [reference.step(), trainer.step()]
    expect(Math.abs(found.loss - expected.loss)).toBeLessThan(LOSS_TOLERANCE * expected.loss)
    for (const { name: tensor, offset, size } of trainer.network.layout.tensors) {
      const part = (values: ArrayLike<number>): number[] => Array.from({ length: size }, (_, i) => values[offset + i])
      expect(difference(part(trainer.gradients), part(reference.gradients)), tensor).toBeLessThan(GRADIENT_TOLERANCE)
    }
  })

  it('learns as the reference does, and goes on after a save as if it had never stopped', () => {
    const [, , shape] = SHAPES
    const reference = new Trainer(settingsOf(shape), textOf(shape))
    const trainer = new Trainer(settingsOf(shape, kernel), textOf(shape))
    const losses = Array.from({ length: 30 }, () => [trainer.step().loss, reference.step().loss])
    for (const [found, expected] of losses) expect(Math.abs(found - expected)).toBeLessThan(1e-3)
    const resumed = new Trainer(settingsOf(shape, kernel), textOf(shape))
    resumed.restore(trainer.save())
    for (let i = 0; i < 5; i++) expect(resumed.step()).toEqual(trainer.step())
    expect([...resumed.parameters]).toEqual([...trainer.parameters])
    const held = textOf(shape).subarray(0, 300)
    const [here, there] = [trainer.validate(held), resumed.validate(held)]
    for (;;) {
      const [a, b] = [here.next(trainer.parameters), there.next(resumed.parameters)]
      expect(a).toBe(b)
      if (a !== null) break
    }
  })
})

/** Kernels of one rounding. */
const ALIKE: readonly (readonly [KernelName, KernelName])[] = [
  ['simd', 'scalar'],
  ['relaxed-simd-256', 'relaxed-simd'],
]
const STEPS = 4

/** What some steps leave: their losses and norms, the parameters, and the loss on held-out text. */
function learn(shape: Shape, name: KernelName, optimiser?: OptimiserName): unknown {
  const trainer = new Trainer(settingsOf(shape, codeOf(name), optimiser), textOf(shape))
  const steps = Array.from({ length: STEPS }, () => trainer.step())
  const validation = trainer.validate(textOf(shape).subarray(0, 300))
  while (validation.next(trainer.parameters) === null);
  return { steps, parameters: [...trainer.parameters], validation: validation.next(trainer.parameters) }
}

describe.each(ALIKE)('%s and %s agree bit for bit', (one, other) => {
  it.each(SHAPES)('in losses and parameters: %o', (shape) => {
    expect(learn(shape, one)).toEqual(learn(shape, other))
  })

  it.each(Object.keys(MOMENTS) as OptimiserName[])('with %s', (optimiser) => {
    expect(learn(SHAPES[4], one, optimiser)).toEqual(learn(SHAPES[4], other, optimiser))
  })
})
