/** The loss on held-out text, read as one stream from a zero state, in slices so that whoever calls can stop between them. */
import type { TrainableNetwork } from '../kernels/trainable-network'
import type { Floats } from '../numerics/floats'
import type { NetworkState } from '../recurrent/network'
import type { TokenIds } from './cursor'

export class Validation {
  readonly #network: TrainableNetwork
  readonly #state: NetworkState
  readonly #tokens: TokenIds
  readonly #predicted: number
  #at = 0
  #sum = 0

  /** @param network for one stream: a slice is its longest window; @param predicted how many tokens are predicted */
  constructor(network: TrainableNetwork, tokens: TokenIds, predicted: number) {
    this.#network = network
    this.#tokens = tokens
    this.#predicted = predicted
    this.#state = network.createState()
  }

  /** Reads one slice. @returns the mean loss in nats per token once all is read, else null */
  next(values: Floats): number | null {
    const steps = Math.min(this.#network.T, this.#predicted - this.#at)
    if (steps > 0) {
      this.#network.forward(values, this.#tokens.subarray(this.#at, this.#at + steps), this.#state, steps)
      this.#network.carry(this.#state)
      this.#sum += this.#network.loss(this.#tokens.subarray(this.#at + 1, this.#at + 1 + steps))
      this.#at += steps
    }
    return this.#at >= this.#predicted ? this.#sum / this.#predicted : null
  }
}
