/** Every kernel's window against the reference of the same passes, on shapes that fit no tile. */
import { describe, expect, it } from 'vitest'
import { createReader, MOMENTS, Random, Trainer } from '../../../src/engine'
import type { KernelCode, KernelName, OptimiserName, TrainerSettings, WindowShape } from '../../../src/engine'
import { Kernel } from '../../../src/engine/kernels/kernel'
import { codeOf, KERNELS } from './support/codes'

type Shape = Omit<WindowShape, 'cell'> & {
  readonly batch: number
  readonly sequence: number
  readonly dropout?: number
  readonly decoderDropout?: number
}

/** Widths around the tiles'; windows of one token, longer than the sequence, and with rows that end within a vector. */
const SHAPES: readonly Shape[] = [
  { window: 1, hidden: 1, layers: 1, embedding: 0, vocabulary: 2, batch: 1, sequence: 3 },
  { window: 5, hidden: 7, layers: 1, embedding: 0, vocabulary: 9, batch: 3, sequence: 2 },
  { window: 3, hidden: 33, layers: 2, embedding: 0, vocabulary: 8, batch: 7, sequence: 5 },
  { window: 8, hidden: 128, layers: 1, embedding: 0, vocabulary: 65, batch: 6, sequence: 9 },
  { window: 4, hidden: 16, layers: 1, embedding: 1, vocabulary: 7, batch: 2, sequence: 3 },
  { window: 3, hidden: 9, layers: 3, embedding: 5, vocabulary: 17, batch: 8, sequence: 4, dropout: 0.3 },
  { window: 16, hidden: 17, layers: 2, embedding: 9, vocabulary: 33, batch: 5, sequence: 7 },
  { window: 16, hidden: 8, layers: 4, embedding: 16, vocabulary: 5, batch: 1, sequence: 1, dropout: 0.5 },
  { window: 5, hidden: 12, layers: 1, embedding: 3, vocabulary: 300, batch: 4, sequence: 33 },
  { window: 3, hidden: 9, layers: 1, embedding: 0, vocabulary: 7, batch: 5, sequence: 6, decoderDropout: 0.5 },
  {
    ...{ window: 5, hidden: 33, layers: 2, embedding: 3, vocabulary: 9, batch: 7, sequence: 5 },
    ...{ dropout: 0.3, decoderDropout: 0.3 },
  },
]

function settingsOf(
  { batch, sequence, dropout, decoderDropout, ...shape }: Shape,
  kernel?: KernelCode,
  optimiser: OptimiserName = 'adam',
): TrainerSettings {
  return {
    shape: { cell: 'window', ...shape },
    batch,
    sequence,
    dropout: dropout ?? 0,
    decoderDropout: decoderDropout ?? 0,
    clip: 5,
    optimiser: { name: optimiser, momentum: 0.9, alpha: 0.99, weightDecay: 0.01 },
    schedule: { name: 'constant', learningRate: 0.002, warmUp: 0, totalSteps: 100, decayEvery: 1, decay: 1 },
    initialisation: { recurrent: 'default', gateBias: 0 },
    seed: 3,
    precision: 'float32',
    ...(kernel ? { kernel } : {}),
  }
}

const textOf = ({ vocabulary }: Shape): Uint16Array =>
  Uint16Array.from({ length: 600 }, (_, i) => (i * i + 3 * i) % vocabulary)

/** Largest difference, as a share of the largest absolute value. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0
  let scale = 1e-12
  for (let i = 0; i < b.length; i++) {
    most = Math.max(most, Math.abs(a[i] - b[i]))
    scale = Math.max(scale, Math.abs(b[i]))
  }
  return most / scale
}

/** A few roundings of float32 more than the reference makes. */
const GRADIENT_TOLERANCE = 2e-5
const LOSS_TOLERANCE = 2e-6
/** Steps until the first context is full of tokens in most shapes, and still empty in some. */
const STEPS = 3

describe.each(KERNELS)('%s', (name) => {
  const kernel = codeOf(name)

  it.each(SHAPES)('gives the reference’s losses and gradients: %o', (shape) => {
    const reference = new Trainer(settingsOf(shape), textOf(shape))
    const trainer = new Trainer(settingsOf(shape, kernel), textOf(shape))
    expect([...trainer.readParameters()]).toEqual([...reference.parameters])
    for (let step = 0; step < STEPS; step++) {
      trainer.setParameters(reference.parameters) // the step alone is compared, not the way to it
      const [expected, found] = [reference.step(), trainer.step()]
      expect(Math.abs(found.loss - expected.loss)).toBeLessThan(LOSS_TOLERANCE * expected.loss)
      expect([...trainer.save().hidden]).toEqual([...reference.save().hidden])
      const gradients = trainer.readGradients()
      for (const { name: tensor, offset, size } of trainer.network.layout.tensors) {
        const part = (values: ArrayLike<number>): number[] => Array.from({ length: size }, (_, i) => values[offset + i])
        expect(difference(part(gradients), part(reference.gradients)), tensor).toBeLessThan(GRADIENT_TOLERANCE)
      }
    }
  })

  it.each([SHAPES[2], SHAPES[5]])('goes on after a save as if it had never stopped: %o', (shape) => {
    const trainer = new Trainer(settingsOf(shape, kernel), textOf(shape))
    for (let i = 0; i < 30; i++) trainer.step()
    const resumed = new Trainer(settingsOf(shape, kernel), textOf(shape))
    for (let i = 0; i < 7; i++) resumed.step() // what it did before leaves no trace
    resumed.restore(trainer.save())
    for (let i = 0; i < 5; i++) expect(resumed.step()).toEqual(trainer.step())
    expect([...resumed.readParameters()]).toEqual([...trainer.readParameters()])
  })

  it.each([SHAPES[3], SHAPES[6]])('validates as the reference does, over several slices: %o', (shape) => {
    const trainer = new Trainer(settingsOf(shape, kernel), textOf(shape))
    const { parameters, settings } = trainer
    const reader = createReader(settings.shape, Float32Array.from(trainer.readParameters()))
    const text = textOf(shape)
    const state = reader.network.createState()
    let sum = 0
    for (let at = 0; at < 599; at += 256) {
      const steps = Math.min(256, 599 - at)
      reader.network.forward(reader.values, text.subarray(at, at + steps), state, steps)
      reader.network.carry(state)
      sum += reader.network.loss(text.subarray(at + 1, at + 1 + steps))
    }
    const validation = trainer.validate(text)
    let loss = validation.next(parameters)
    while (loss === null) loss = validation.next(parameters)
    expect(Math.abs(loss - sum / 599)).toBeLessThan(LOSS_TOLERANCE * loss)
  })
})

describe.each(KERNELS)('%s: the first layer of one-hot tokens', (name) => {
  const SENTINEL = 12345
  const random = Random.fromSeed(4, 'window')

  /** Rows of n columns, the stride a vector longer; what lies between and behind is a sentinel. */
  function take(kernel: Kernel, rows: number, n: number): { at: number; stride: number; all: Float32Array } {
    const stride = n + 4
    const at = kernel.take((rows + 1) * stride)
    return { at, stride, all: kernel.floats(at, (rows + 1) * stride).fill(SENTINEL) }
  }

  it.each([
    { n: 16, b: 1, m: 1, k: 1, v: 1 },
    { n: 16, b: 3, m: 9, k: 4, v: 7 },
    { n: 48, b: 8, m: 33, k: 9, v: 33 },
  ])('gathers and scatters no more than it should: %o', ({ n, b, m, k, v }) => {
    const kernel = new Kernel(codeOf(name), 4_000_000)
    const tokens = kernel.ids(kernel.take(m + (k - 1) * b), m + (k - 1) * b)
    tokens.forEach((_, i) => (tokens[i] = random.below(v + 1)))
    const [target, table, bias] = [take(kernel, m, n), take(kernel, k * v, n), take(kernel, 1, n)]
    const draw = ({ all, stride }: typeof target, rows: number): void => {
      for (let r = 0; r < rows; r++) for (let j = 0; j < n; j++) all[r * stride + j] = random.normal()
    }
    draw(table, k * v)
    draw(bias, 1)
    const [expected, sums] = [target.all.slice(), table.all.slice()]
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = bias.all[j]
        for (let s = 0; s < k; s++) {
          const token = tokens[i + s * b]
          if (token > 0) sum = Math.fround(sum + table.all[(s * v + token - 1) * table.stride + j])
        }
        expected[i * target.stride + j] = sum
      }
    }
    const { gatherWindow, scatterWindow } = kernel.run
    const [to, from] = [[target.at, target.stride * 4] as const, [table.at, table.stride * 4] as const]
    gatherWindow(...to, ...from, tokens.byteOffset, bias.at, m, n, b, k, v)
    expect(target.all).toEqual(expected)
    for (let s = 0; s < k; s++) {
      for (let i = 0; i < m; i++) {
        const token = tokens[i + s * b]
        for (let j = 0; token > 0 && j < n; j++) {
          const at = (s * v + token - 1) * table.stride + j
          sums[at] = Math.fround(sums[at] + target.all[i * target.stride + j])
        }
      }
    }
    scatterWindow(...from, ...to, tokens.byteOffset, m, n, b, k, v)
    expect(table.all).toEqual(sums)
  })
})

/** Kernels of one rounding. */
const ALIKE: readonly (readonly [KernelName, KernelName])[] = [
  ['simd', 'scalar'],
  ['relaxed-simd-256', 'relaxed-simd'],
]

/** What some steps leave: their losses and norms, and the parameters. */
function learn(shape: Shape, name: KernelName, optimiser?: OptimiserName): unknown {
  const trainer = new Trainer(settingsOf(shape, codeOf(name), optimiser), textOf(shape))
  const steps = Array.from({ length: 4 }, () => trainer.step())
  return { steps, parameters: [...trainer.readParameters()] }
}

describe.each(ALIKE)('%s and %s agree bit for bit', (one, other) => {
  it.each(SHAPES)('in losses and parameters: %o', (shape) => {
    expect(learn(shape, one)).toEqual(learn(shape, other))
  })

  it.each(Object.keys(MOMENTS) as OptimiserName[])('with %s', (optimiser) => {
    expect(learn(SHAPES[5], one, optimiser)).toEqual(learn(SHAPES[5], other, optimiser))
  })
})
