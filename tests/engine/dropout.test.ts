/** Dropout between layers and before the decoder: where it acts, with which masks, and that its gradients are right. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createLayout, createNetwork, Random, Shard, Trainer } from '../../src/engine'
import type { KernelName, ModelShape, TrainerSettings } from '../../src/engine'
import { drawDropoutMask } from '../../src/engine/random/dropout'
import { codeOf } from './kernels/support/codes'

type Cell = ModelShape['cell']
const CELLS: readonly Cell[] = ['vanilla', 'gru', 'lstm', 'window']
const TOKENS = Uint16Array.from({ length: 400 }, (_, i) => (i * i + 3 * i) % 7)

function shapeOf(cell: Cell, layers: number, embedding = 0): ModelShape {
  const sizes = { layers, hidden: 5, vocabulary: 7, embedding }
  return cell === 'window' ? { cell, window: 6, ...sizes } : { cell, ...sizes }
}

function settings(shape: ModelShape, changes: Partial<TrainerSettings> = {}): TrainerSettings {
  return {
    shape,
    batch: 3,
    sequence: 4,
    dropout: 0,
    clip: 5,
    optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0.01 },
    schedule: { name: 'constant', learningRate: 0.01, warmUp: 0, totalSteps: 100, decayEvery: 1, decay: 1 },
    initialisation: { recurrent: 'default', gateBias: 0 },
    seed: 1,
    precision: 'float32',
    ...changes,
  }
}

/** The parameters after 50 steps: the first 16 digits of their SHA-256. */
function digestOf(configured: TrainerSettings): string {
  const trainer = new Trainer(configured, TOKENS)
  for (let i = 0; i < 50; i++) trainer.step()
  const bytes = new Uint8Array(Float32Array.from(trainer.readParameters()).buffer)
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}

describe('a mask', () => {
  const SHARE = 0.3
  const ROWS = 400
  const WIDTH = 25

  it('drops about the share it is asked to, and scales the rest so that the mean stays 1', () => {
    const mask = new Float64Array(ROWS * WIDTH)
    drawDropoutMask(mask, ROWS, WIDTH, WIDTH, SHARE, Random.fromSeed(1, 'mask'))
    const dropped = mask.filter((value) => value === 0).length
    const deviation = Math.sqrt(mask.length * SHARE * (1 - SHARE))
    expect(Math.abs(dropped - mask.length * SHARE)).toBeLessThan(4 * deviation)
    expect(new Set(mask)).toEqual(new Set([0, 1 / (1 - SHARE)]))
  })

  it('is the same whatever lies between its rows, which it leaves as it is', () => {
    const [dense, padded] = [new Float32Array(4 * 3), new Float32Array(4 * 5).fill(9)]
    drawDropoutMask(dense, 4, 3, 3, SHARE, Random.fromSeed(1, 'mask'))
    drawDropoutMask(padded, 4, 3, 5, SHARE, Random.fromSeed(1, 'mask'))
    for (let row = 0; row < 4; row++) {
      expect(padded.subarray(row * 5, row * 5 + 3)).toEqual(dense.subarray(row * 3, row * 3 + 3))
      expect([...padded.subarray(row * 5 + 3, row * 5 + 5)]).toEqual([9, 9])
    }
  })

  it('drops nothing without a generator', () => {
    const mask = new Float32Array(12)
    drawDropoutMask(mask, 4, 3, 3, SHARE, null)
    expect([...mask]).toEqual(Array.from({ length: 12 }, () => 1))
  })
})

describe('dropout between layers alone', () => {
  /** Before dropout acted before the decoder, trainers had these bits; runs of that time still have them. */
  const DIGESTS: readonly (readonly [KernelName | 'reference', Cell, string])[] = [
    ['reference', 'vanilla', '7c65023a5a319248'],
    ['reference', 'gru', 'fd69495ea9333855'],
    ['reference', 'lstm', '826fcae1b3b08956'],
    ['reference', 'window', 'c89af00684781098'],
    ['simd', 'vanilla', '5b60babcbcd0e08f'],
    ['simd', 'gru', '88e52d1ca9d28123'],
    ['simd', 'lstm', '023fd5d9c4b4b6a0'],
    ['simd', 'window', '885b1bc5bc24e968'],
  ]

  it.each(DIGESTS)('has the bits it always had: %s, %s', (kernel, cell, digest) => {
    const arithmetic = kernel === 'reference' ? {} : { kernel: codeOf(kernel) }
    expect(digestOf(settings(shapeOf(cell, 2), { dropout: 0.3, ...arithmetic }))).toBe(digest)
  })

  it.each(CELLS)('changes nothing in a network of one layer: %s', (cell) => {
    const shape = shapeOf(cell, 1)
    expect(digestOf(settings(shape, { dropout: 0.5 }))).toBe(digestOf(settings(shape)))
  })
})

describe('dropout before the decoder', () => {
  it.each(CELLS)('acts in a network of one layer: %s', (cell) => {
    const shape = shapeOf(cell, 1)
    const none = digestOf(settings(shape))
    expect(digestOf(settings(shape, { decoderDropout: 0.5 }))).not.toBe(none)
    expect(digestOf(settings(shape, { decoderDropout: 0 }))).toBe(none)
  })

  it.each(CELLS)('%s: the decoder reads h times the mask, and the state is carried whole', (cell) => {
    const [B, T, p] = [2, 3, 0.5]
    const shape = shapeOf(cell, 1, 2)
    const { hidden: H, vocabulary: V } = shape
    const { size, tensors } = createLayout(shape)
    const random = Random.fromSeed(4, 'values')
    const values = Float64Array.from({ length: size }, () => random.normal() * 0.5)
    const inputs = Array.from({ length: T * B }, () => random.below(V))
    const [plain, dropped] = [0, p].map((rate) => createNetwork(shape, B, T, 'float64', 0, rate))
    plain.forward(values, inputs, plain.createState())
    dropped.forward(values, inputs, dropped.createState(), T, Random.fromSeed(1, 'mask'))
    const mask = new Float64Array(T * B * H)
    drawDropoutMask(mask, T * B, H, H, p, Random.fromSeed(1, 'mask'))
    const offset = (name: string): number => tensors.find((tensor) => tensor.name === name)?.offset ?? NaN
    const [weight, bias] = [offset('decoder.weight'), offset('decoder.bias')]
    const hidden = plain.rows().layers[0].hidden
    for (let m = 0; m < T * B; m++) {
      for (let v = 0; v < V; v++) {
        let expected = values[bias + v]
        for (let j = 0; j < H; j++) {
          expected += values[weight + v * H + j] * hidden.values[hidden.first + m * H + j] * mask[m * H + j]
        }
        expect(dropped.logits[m * V + v]).toBeCloseTo(expected, 12)
      }
    }
    const [before, after] = [plain.createState(), dropped.createState()]
    plain.carry(before)
    dropped.carry(after)
    expect(after).toEqual(before)
  })

  it.each(CELLS)('%s: a network reads without dropout where no generator is given', (cell) => {
    const shape = shapeOf(cell, 2)
    const random = Random.fromSeed(4, 'values')
    const values = Float64Array.from({ length: createLayout(shape).size }, () => random.normal() * 0.5)
    const inputs = Array.from({ length: 6 }, () => random.below(7))
    const logits = [0, 0.5].map((rate) => {
      const network = createNetwork(shape, 2, 3, 'float64', rate, rate)
      network.forward(values, inputs, network.createState())
      return [...network.logits]
    })
    expect(logits[1]).toEqual(logits[0])
  })

  it.each(CELLS)('%s: validation is without dropout', (cell) => {
    const shape = shapeOf(cell, 2)
    const losses = [0, 0.5].map((decoderDropout) => {
      const trainer = new Trainer(settings(shape, { dropout: decoderDropout, decoderDropout }), TOKENS)
      const validation = trainer.validate(TOKENS)
      for (;;) {
        const loss = validation.next(trainer.parameters)
        if (loss !== null) return loss
      }
    })
    expect(losses[1]).toBe(losses[0])
  })

  it.each(CELLS)('%s: the masks differ from step to step and from shard to shard', (cell) => {
    const shape = shapeOf(cell, 1)
    const text = Uint16Array.from({ length: 129 }, (_, i) => TOKENS[i % 64])
    const configured = settings(shape, { batch: 2, decoderDropout: 0.5 })
    const trainer = new Trainer({ ...configured, workers: 2 }, text)
    const exchange = trainer.exchange as NonNullable<typeof trainer.exchange>
    const other = new Shard(configured, text, 1, exchange)
    trainer.begin()
    trainer.compute()
    other.compute()
    expect([...exchange.gradients[0]]).not.toEqual([...trainer.gradients])
    const same = settings(shape, { decoderDropout: 0.5, seed: 2 })
    expect(digestOf(same)).not.toBe(digestOf({ ...same, seed: 3 }))
  })
})

describe('gradients with dropout before the decoder', () => {
  /** Central differences in float64 lose half the digits. */
  const TOLERANCE = 1e-7
  const shapes = CELLS.flatMap((cell) =>
    [1, 2].flatMap((layers) =>
      [0, 2].map((embedding) => [cell, layers, embedding, shapeOf(cell, layers, embedding)] as const),
    ),
  )

  it.each(shapes)(
    '%s, %i layer(s), embedding %i: every parameter, against differences of the loss',
    (_cell, _layers, _embedding, shape) => {
      const [B, T] = [2, 4]
      const network = createNetwork(shape, B, T, 'float64', 0.4, 0.5)
      const random = Random.fromSeed(5, 'check')
      const values = Float64Array.from({ length: network.layout.size }, () => random.normal() * 0.5)
      const inputs = Array.from({ length: T * B }, () => random.below(7))
      const targets = Array.from({ length: T * B }, () => random.below(7))
      const lossOf = (): number => {
        network.forward(values, inputs, network.createState(), T, Random.fromSeed(1, 'mask'))
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
