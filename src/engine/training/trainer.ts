/**
 * Training: a network, its parameters, an optimiser and a place in the text. `step` does one update; `save` and `restore`
 * hold everything the next steps depend on, so that going on later gives the bits of never having stopped.
 */
import { createOnKernel, createReference, READER_STEPS } from '../kernels/training-arithmetic'
import type { KernelCode, TrainableNetwork, TrainingArithmetic } from '../kernels/training-arithmetic'
import { createFloats } from '../numerics/floats'
import type { Floats, Precision } from '../numerics/floats'
import type { OptimiserSettings } from '../optimisers/optimiser'
import { learningRateAt } from '../optimisers/schedule'
import type { Schedule } from '../optimisers/schedule'
import { Random } from '../random/generator'
import type { RandomState } from '../random/generator'
import { initialise } from '../recurrent/initialise'
import type { Initialisation } from '../recurrent/initialise'
import type { NetworkState } from '../recurrent/network'
import type { ModelShape } from '../recurrent/shape'
import { BatchCursor } from './cursor'
import type { TokenIds } from './cursor'
import { Validation } from './validation'

export interface TrainerSettings {
  readonly shape: ModelShape
  readonly batch: number
  readonly sequence: number
  readonly dropout: number
  readonly clip: number
  readonly optimiser: OptimiserSettings
  readonly schedule: Schedule
  readonly initialisation: Initialisation
  readonly seed: number
  readonly precision: Precision
  /** Compiled arithmetic in float32; without it the reference computes, in either precision. */
  readonly kernel?: KernelCode
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
  readonly dropout: RandomState
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
  readonly #arithmetic: TrainingArithmetic
  readonly #state: NetworkState
  readonly #dropout: Random
  readonly #inputs: Uint32Array
  readonly #targets: Uint32Array
  #step = 0

  constructor(settings: TrainerSettings, tokens: TokenIds) {
    const { shape, batch, sequence, seed } = settings
    this.settings = settings
    this.cursor = new BatchCursor(tokens, batch, sequence)
    this.#arithmetic = settings.kernel ? createOnKernel(settings, settings.kernel) : createReference(settings)
    const { network, parameters, gradients } = this.#arithmetic
    this.network = network
    this.parameters = parameters
    this.gradients = gradients
    const random = Random.fromSeed(seed, 'initialisation')
    const initial = createFloats(settings.precision, network.layout.size)
    initialise(initial, shape, network.layout, random, settings.initialisation)
    this.setParameters(initial)
    this.#state = this.network.createState()
    this.#dropout = Random.fromSeed(seed, 'dropout')
    this.#inputs = new Uint32Array(batch * sequence)
    this.#targets = new Uint32Array(batch * sequence)
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

  /** One batch: forward, backward, clip, update. The state is carried on, from zero at the beginning of an epoch. */
  step(): StepResult {
    const { network, parameters, gradients, settings } = this
    if (this.cursor.next(this.#inputs, this.#targets)) {
      this.#state.hidden.fill(0)
      this.#state.cell.fill(0)
    }
    network.forward(
      parameters,
      this.#inputs,
      this.#state,
      settings.sequence,
      settings.dropout > 0 ? this.#dropout : null,
    )
    network.carry(this.#state)
    const loss = network.loss(this.#targets) / this.#inputs.length
    gradients.fill(0)
    network.backward(parameters, gradients, this.#targets)
    const gradientNorm = this.#arithmetic.clip(settings.clip)
    this.#step += 1
    const learningRate = learningRateAt(settings.schedule, this.#step)
    if (Number.isFinite(loss) && Number.isFinite(gradientNorm)) {
      this.#arithmetic.optimiser.update(parameters, gradients, learningRate, this.#step)
    }
    return { step: this.#step, loss, gradientNorm, learningRate }
  }

  /** The loss on held-out text with the parameters as they are. @param most how many of its tokens are predicted at most */
  validate(tokens: TokenIds, most = Infinity): Validation {
    const predicted = Math.min(tokens.length - 1, most)
    return new Validation(this.#arithmetic.createReader(Math.min(READER_STEPS, predicted)), tokens, predicted)
  }

  /** A copy of everything the next steps depend on. */
  save(): TrainerSnapshot {
    return {
      step: this.#step,
      position: this.cursor.position,
      epoch: this.cursor.epoch,
      dropout: this.#dropout.save(),
      parameters: this.readParameters(),
      moments: this.#arithmetic.optimiser.moments.map((moment) => this.#arithmetic.toLayout(moment)),
      hidden: this.#state.hidden.slice(),
      cell: this.#state.cell.slice(),
    }
  }

  restore(snapshot: TrainerSnapshot): void {
    this.#step = snapshot.step
    this.cursor.restore(snapshot.position, snapshot.epoch)
    this.#dropout.restore(snapshot.dropout)
    this.setParameters(snapshot.parameters)
    this.#arithmetic.optimiser.moments.forEach((moment, i) => this.#arithmetic.fromLayout(moment, snapshot.moments[i]))
    this.#state.hidden.set(snapshot.hidden)
    this.#state.cell.set(snapshot.cell)
  }
}
