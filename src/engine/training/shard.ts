/**
 * A shard: some sequences of every batch, with a network of their number. Its loss is a sum; its gradient is its share of
 * the gradient of the batch's mean loss, so that shares have only to be added.
 */
import { createOnKernel, createReference } from '../kernels/training-arithmetic'
import type { KernelCode } from '../kernels/kernel'
import type { ArithmeticSettings, TrainingArithmetic } from '../kernels/training-arithmetic'
import { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import { BatchCursor } from './cursor'
import type { TokenIds } from './cursor'
import { clearSequence, copyStates, splitBatch } from './shards'
import type { BatchPart, ShardExchange } from './shards'

/** What a shard needs to know of a training; the batch is the whole one. */
export interface ShardSettings extends ArithmeticSettings {
  readonly seed: number
  /** Probability with which a sequence's state is set to zero before a window, drawn for each; 0 if absent. */
  readonly freshStarts?: number
  /** A kernel's arithmetic, in float32; without it the reference computes, in either precision. */
  readonly kernel?: KernelCode
}

/** Forward and backward over the windows of some sequences of a batch. */
export class ShardPass {
  readonly part: BatchPart
  readonly arithmetic: TrainingArithmetic
  /** Of its own sequences. */
  readonly state: NetworkState
  readonly #settings: ShardSettings
  readonly #cursor: BatchCursor
  readonly #index: number
  readonly #inputs: Uint32Array // (T·b)
  readonly #targets: Uint32Array // (T·b)

  constructor(settings: ShardSettings, cursor: BatchCursor, part: BatchPart, index: number) {
    this.part = part
    const own = { ...settings, batch: part.size }
    this.arithmetic = settings.kernel ? createOnKernel(own, settings.kernel) : createReference(own)
    this.state = this.arithmetic.network.createState()
    this.#settings = settings
    this.#cursor = cursor
    this.#index = index
    this.#inputs = new Uint32Array(part.size * settings.sequence)
    this.#targets = new Uint32Array(part.size * settings.sequence)
  }

  /**
   * Leaves the gradient of its own mean loss in `arithmetic.gradients`, and carries the states on.
   * @param step from 1: what dropout draws depends on the seed, the step and the shard alone; which sequences begin anew,
   *   on the seed, the step and the sequence's place in the whole batch
   * @returns the sum of its cross-entropies, nats
   */
  compute(step: number, window: number, begins: boolean): number {
    const { network, parameters, gradients } = this.arithmetic
    const { seed, dropout, decoderDropout = 0, freshStarts = 0, sequence } = this.#settings
    if (begins) {
      this.state.hidden.fill(0)
      this.state.cell.fill(0)
    } else if (freshStarts > 0) this.#startAnew(step, freshStarts)
    this.#cursor.fill(this.#inputs, this.#targets, window, this.part)
    const random = dropout > 0 || decoderDropout > 0 ? Random.fromSeed(seed, `dropout ${step} ${this.#index}`) : null
    network.forward(parameters, this.#inputs, this.state, sequence, random)
    network.carry(this.state)
    const loss = network.loss(this.#targets)
    gradients.fill(0)
    network.backward(parameters, gradients, this.#targets)
    return loss
  }

  /** A number is drawn for every sequence of the batch, so that the choice does not depend on how the batch is split. */
  #startAnew(step: number, share: number): void {
    const { seed, shape, batch } = this.#settings
    const { first, size } = this.part
    const random = Random.fromSeed(seed, `fresh starts ${step}`)
    for (let b = 0; b < batch; b++) {
      const isFresh = random.uniform() < share
      if (isFresh && b >= first && b < first + size) clearSequence(this.state, shape, size, b - first)
    }
  }
}

/** A shard that another thread than the trainer's computes: it meets the trainer in the exchange alone. */
export class Shard {
  readonly #exchange: ShardExchange
  readonly #settings: ShardSettings
  readonly #index: number
  readonly #pass: ShardPass

  /** @param index 1 … workers − 1; the trainer itself computes shard 0 */
  constructor(settings: ShardSettings, tokens: TokenIds, index: number, exchange: ShardExchange) {
    const { batch, sequence } = settings
    const part = splitBatch(batch, exchange.sizes.workers)[index]
    // It updates nothing, so it needs no moments.
    const own: ShardSettings = { ...settings, optimiser: { ...settings.optimiser, name: 'sgd' } }
    this.#exchange = exchange
    this.#settings = settings
    this.#index = index
    this.#pass = new ShardPass(own, new BatchCursor(tokens, batch, sequence), part, index)
  }

  /** The step that the exchange tells of: parameters in; loss, share of the gradient and states out. */
  compute(): void {
    const { place, parameters, losses, gradients } = this.#exchange
    const { shape, batch } = this.#settings
    const { arithmetic, state, part } = this.#pass
    arithmetic.parameters.set(parameters)
    copyStates('out of', this.#exchange, state, shape, batch, part)
    losses[this.#index] = this.#pass.compute(place[0], place[1], place[2] === 1)
    copyStates('into', this.#exchange, state, shape, batch, part)
    const own = arithmetic.gradients
    const share = part.size / batch
    const told = gradients[this.#index - 1]
    for (let i = 0; i < told.length; i++) told[i] = share * own[i]
  }
}
