/** Every kernel against the reference of the same passes, on shapes that fit no tile. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Trainer } from '../../../src/engine'
import type { KernelCode, KernelName, RecurrentCell, TrainerSettings } from '../../../src/engine'

const FOLDER = join(import.meta.dirname, '../../../out/kernels')
const KERNELS: readonly KernelName[] = ['relaxed-simd-256', 'relaxed-simd', 'simd']

const codeOf = (name: KernelName): KernelCode => ({ name, code: readFileSync(join(FOLDER, `${name}.wasm`)) })

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
): TrainerSettings {
  return {
    shape: { cell, hidden, layers, embedding, vocabulary },
    batch: shape.batch,
    sequence: shape.sequence,
    dropout: shape.dropout ?? 0,
    clip: 5,
    optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0.01 },
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
    expect([...trainer.readParameters()]).toEqual([...reference.parameters])
    const [expected, found] = [reference.step(), trainer.step()]
    expect(Math.abs(found.loss - expected.loss)).toBeLessThan(LOSS_TOLERANCE * expected.loss)
    const gradients = trainer.readGradients()
    for (const { name: tensor, offset, size } of trainer.network.layout.tensors) {
      const part = (values: ArrayLike<number>): number[] => Array.from({ length: size }, (_, i) => values[offset + i])
      expect(difference(part(gradients), part(reference.gradients)), tensor).toBeLessThan(GRADIENT_TOLERANCE)
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
    expect([...resumed.readParameters()]).toEqual([...trainer.readParameters()])
    const held = textOf(shape).subarray(0, 300)
    const [here, there] = [trainer.validate(held), resumed.validate(held)]
    for (;;) {
      const [a, b] = [here.next(trainer.parameters), there.next(resumed.parameters)]
      expect(a).toBe(b)
      if (a !== null) break
    }
  })
})

it('kernels of one rounding agree bit for bit', () => {
  for (const shape of SHAPES) {
    const [wide, narrow] = (['relaxed-simd-256', 'relaxed-simd'] as const).map((name) => {
      const trainer = new Trainer(settingsOf(shape, codeOf(name)), textOf(shape))
      for (let i = 0; i < 4; i++) trainer.step()
      return trainer.readParameters()
    })
    expect([...wide]).toEqual([...narrow])
  }
})
