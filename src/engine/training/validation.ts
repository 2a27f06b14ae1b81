/** The loss on held-out text, read as one stream from a zero state, in slices so that whoever calls can stop between them. */
import type { Floats, Precision } from '../numerics/floats'
import { RecurrentNetwork } from '../recurrent/network'
import type { NetworkState } from '../recurrent/network'
import type { ModelShape } from '../recurrent/shape'
import type { TokenIds } from './cursor'

const SLICE = 256

export class Validation {
  readonly #network: RecurrentNetwork
  readonly #state: NetworkState
  readonly #tokens: TokenIds
  readonly #predicted: number
  #at = 0
  #sum = 0

  /** @param tokens held-out text; @param most how many of its tokens are predicted at most */
  constructor(shape: ModelShape, tokens: TokenIds, precision: Precision, most = Infinity) {
    this.#tokens = tokens
    this.#predicted = Math.min(tokens.length - 1, most)
    this.#network = new RecurrentNetwork(shape, 1, Math.max(1, Math.min(SLICE, this.#predicted)), precision)
    this.#state = this.#network.createState()
  }

  /** Reads one slice. @returns the mean loss in nats per token once all is read, else null */
  next(values: Floats): number | null {
    const steps = Math.min(SLICE, this.#predicted - this.#at)
    if (steps > 0) {
      this.#network.forward(values, this.#tokens.subarray(this.#at, this.#at + steps), this.#state, steps)
      this.#network.carry(this.#state)
      this.#sum += this.#network.loss(this.#tokens.subarray(this.#at + 1, this.#at + 1 + steps))
      this.#at += steps
    }
    return this.#at >= this.#predicted ? this.#sum / this.#predicted : null
  }
}
