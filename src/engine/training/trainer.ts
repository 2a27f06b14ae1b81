/**
 * Training: a network, its parameters, an optimiser and a place in the text. `step` does one update; `save` and `restore`
 * hold everything the next steps depend on, so that going on later gives the bits of never having stopped.
 */
import type { Reader } from '../kernels/reader'
import { READER_STEPS } from '../kernels/training-arithmetic'
import type { TrainableNetwork } from '../kernels/trainable-network'
import type { TrainingArithmetic } from '../kernels/training-arithmetic'
import { createFloats } from '../numerics/floats'
import type { Floats } from '../numerics/floats'
import { learningRateAt } from '../optimisers/schedule'
import type { Schedule } from '../optimisers/schedule'
import { Random } from '../random/generator'
import { initialise } from '../recurrent/initialise'
import type { Initialisation } from '../recurrent/initialise'
import type { NetworkState } from '../recurrent/network'
import { BatchCursor } from './cursor'
import type { TokenIds } from './cursor'
import { ShardPass } from './shard'
import type { ShardSettings } from './shard'
import { copyStates, exchangeBytes, openExchange, splitBatch } from './shards'
import type { ShardExchange } from './shards'
import { Validation } from './validation'

export interface TrainerSettings extends ShardSettings {
  readonly clip: number
  readonly schedule: Schedule
  readonly initialisation: Initialisation
  /** Shards of every batch, 1 … batch; without it one. More than one compute in float32. */
  readonly workers?: number
}

export interface StepResult {
  readonly step: number
  /** Mean cross-entropy of the batch before the update, nats per token. */
  readonly loss: number
  /** Before clipping. */
  readonly gradientNorm: number
  readonly learningRate: number
}

/** Everything the next step depends on besides the settings and the text. */
export interface TrainerSnapshot {
  readonly step: number
  readonly position: number
  readonly epoch: number
  readonly parameters: Floats
  readonly moments: readonly Floats[]
  readonly hidden: Floats
  readonly cell: Floats
}

export class Trainer {
  readonly settings: TrainerSettings
  readonly network: TrainableNetwork
  /** All parameters and their gradients, in the arithmetic's own order: `readParameters` gives the layout's. */
  readonly parameters: Floats
  readonly gradients: Floats
  readonly cursor: BatchCursor
  /** Through which the other shards are computed; null where there are none. */
  readonly exchange: ShardExchange | null
  readonly #pass: ShardPass
  readonly #arithmetic: TrainingArithmetic
  /** Sum of the first shard's cross-entropies, nats. */
  #loss = 0
  #begins = false
  #step = 0
  #schedule: Schedule

  /** @param allocate memory of so many bytes in which the shards meet, where there are several */
  constructor(
    settings: TrainerSettings,
    tokens: TokenIds,
    allocate: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
  ) {
    const { shape, batch, sequence, seed, workers = 1 } = settings
    this.settings = settings
    this.#schedule = settings.schedule
    this.cursor = new BatchCursor(tokens, batch, sequence)
    this.#pass = new ShardPass(settings, this.cursor, splitBatch(batch, workers)[0], 0)
    this.#arithmetic = this.#pass.arithmetic
    const { network, parameters, gradients } = this.#arithmetic
    this.network = network
    this.parameters = parameters
    this.gradients = gradients
    this.exchange = workers > 1 ? this.#createExchange(workers, allocate) : null
    const random = Random.fromSeed(seed, 'initialisation')
    const initial = createFloats(settings.precision, network.layout.size)
    initialise(initial, shape, network.layout, random, settings.initialisation)
    this.setParameters(initial)
  }

  /** Steps done so far. */
  get steps(): number {
    return this.#step
  }

  /** A copy of the parameters, in the layout's order. */
  readParameters(): Floats {
    return this.#arithmetic.toLayout(this.parameters)
  }

  /** A copy of the last step's gradients, in the layout's order; a kernel leaves them as they were before clipping. */
  readGradients(): Floats {
    return this.#arithmetic.toLayout(this.gradients)
  }

  /** @param values in the layout's order */
  setParameters(values: ArrayLike<number>): void {
    this.#arithmetic.fromLayout(this.parameters, values)
  }

  /** From the next step on. */
  setSchedule(schedule: Schedule): void {
    this.#schedule = schedule
  }

  /** One batch by one worker: forward, backward, clip, update. */
  step(): StepResult {
    this.begin()
    this.compute()
    return this.finish()
  }

  /** Goes on in the text. With several workers: when it returns, the other shards may be computed. */
  begin(): void {
    this.#begins = this.cursor.next()
    if (this.exchange === null) return
    const { place } = this.exchange
    place[0] = this.#step + 1
    place[1] = this.cursor.window
    place[2] = this.#begins ? 1 : 0
    this.exchange.parameters.set(this.parameters)
  }

  /** The first shard. The states are carried on, from zero at the beginning of an epoch. */
  compute(): void {
    const { exchange, gradients, settings } = this
    const { part, state } = this.#pass
    const { shape, batch } = settings
    if (exchange !== null) copyStates('out of', exchange, state, shape, batch, part)
    this.#loss = this.#pass.compute(this.#step + 1, this.cursor.window, this.#begins)
    if (exchange === null) return
    copyStates('into', exchange, state, shape, batch, part)
    const share = part.size / batch
    for (let i = 0; i < gradients.length; i++) gradients[i] *= share
  }

  /** Adds the shards up in their order, clips and updates. With several workers: once all shards are computed. */
  finish(): StepResult {
    const { parameters, gradients, settings, exchange } = this
    let sum = this.#loss
    for (let w = 1; exchange !== null && w < exchange.sizes.workers; w++) {
      const shard = exchange.gradients[w - 1]
      sum += exchange.losses[w]
      for (let i = 0; i < shard.length; i++) gradients[i] += shard[i]
    }
    const loss = sum / (settings.batch * settings.sequence)
    const gradientNorm = this.#arithmetic.clip(settings.clip)
    this.#step += 1
    const learningRate = learningRateAt(this.#schedule, this.#step)
    if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) {
      this.#arithmetic.optimiser.update(parameters, gradients, learningRate, this.#step)
    }
    return { step: this.#step, loss, gradientNorm, learningRate }
  }

  #createExchange(workers: number, allocate: (bytes: number) => ArrayBufferLike): ShardExchange {
    const { part, state } = this.#pass
    const whole = (own: Floats): number => (own.length / part.size) * this.settings.batch
    const sizes = {
      workers,
      parameters: this.parameters.length,
      hidden: whole(state.hidden),
      cell: whole(state.cell),
    }
    return openExchange(allocate(exchangeBytes(sizes)), sizes)
  }

  /** Of all sequences, wherever they are kept. */
  #states(): NetworkState {
    return this.exchange ?? this.#pass.state
  }

  /** The loss on held-out text with the parameters as they are. @param most how many of its tokens are predicted at most */
  validate(tokens: TokenIds, most = Infinity): Validation {
    const predicted = Math.min(tokens.length - 1, most)
    return new Validation(this.#arithmetic.createReader(Math.min(READER_STEPS, predicted)), tokens, predicted)
  }

  /** Reads with the parameters as they are; what is read later, with those of then. */
  createReader(): Reader {
    return { network: this.#arithmetic.createReader(READER_STEPS), values: this.parameters }
  }

  /** A copy of everything the next steps depend on. */
  save(): TrainerSnapshot {
    return {
      step: this.#step,
      position: this.cursor.position,
      epoch: this.cursor.epoch,
      parameters: this.readParameters(),
      moments: this.#arithmetic.optimiser.moments.map((moment) => this.#arithmetic.toLayout(moment)),
      hidden: copyOf(this.#states().hidden),
      cell: copyOf(this.#states().cell),
    }
  }

  restore(snapshot: TrainerSnapshot): void {
    this.#step = snapshot.step
    this.cursor.restore(snapshot.position, snapshot.epoch)
    this.setParameters(snapshot.parameters)
    this.#arithmetic.optimiser.moments.forEach((moment, i) => this.#arithmetic.fromLayout(moment, snapshot.moments[i]))
    const { hidden, cell } = this.#states()
    hidden.set(snapshot.hidden)
    cell.set(snapshot.cell)
  }
}

/** In memory of its own, whoever shares the original. */
function copyOf(values: Floats): Floats {
  return values instanceof Float32Array ? new Float32Array(values) : new Float64Array(values)
}
