/** Writing: the network reads a prompt, then its own symbols, each drawn from what it expects next. */
import { exp } from '../numerics/elementary'
import type { Floats } from '../numerics/floats'
import { createNetwork } from '../network'
import type { Network } from '../network'
import type { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import type { ModelShape } from '../recurrent/shape'
import { largest } from './trace'

export interface SampleSettings {
  /** 0: always the most probable. */
  readonly temperature: number
  /** Only the k most probable; null: all. */
  readonly topK: number | null
  /** Only the most probable whose probabilities reach p together (Holtzman and others 2020); null: all. */
  readonly topP: number | null
}

/** Draws an index from a row of logits. */
export function drawToken(logits: Float32Array, settings: SampleSettings, random: Random): number {
  if (settings.temperature === 0) return largest(logits, 1)[0]
  const order = largest(logits, settings.topK ?? logits.length)
  const weights = order.map((index) => exp((logits[index] - logits[order[0]]) / settings.temperature))
  let whole = 0
  for (const weight of weights) whole += weight
  let kept = weights.length
  if (settings.topP !== null) {
    let reached = 0
    kept = 0
    while (kept < weights.length && reached < settings.topP * whole) reached += weights[kept++]
    kept = Math.max(1, kept)
    whole = 0
    for (let i = 0; i < kept; i++) whole += weights[i]
  }
  let left = random.uniform() * whole
  for (let i = 0; i < kept; i++) {
    left -= weights[i]
    if (left < 0) return order[i]
  }
  return order[kept - 1]
}

/** A writer that goes on symbol by symbol, so that long texts can be streamed and stopped. */
export class Sampler {
  readonly #network: Network
  readonly #state: NetworkState
  readonly #settings: SampleSettings
  readonly #random: Random
  #last: number

  /** @param prompt at least one token */
  constructor(shape: ModelShape, values: Floats, prompt: Uint32Array, settings: SampleSettings, random: Random) {
    this.#network = createNetwork(shape, 1, 1, 'float32')
    this.#state = this.#network.createState()
    this.#settings = settings
    this.#random = random
    for (let i = 0; i < prompt.length - 1; i++) this.#read(values, prompt[i])
    this.#last = prompt[prompt.length - 1]
  }

  /** The next token. */
  next(values: Floats): number {
    this.#read(values, this.#last)
    this.#last = drawToken(this.#network.logits as Float32Array, this.#settings, this.#random)
    return this.#last
  }

  #read(values: Floats, token: number): void {
    this.#network.forward(values, [token], this.#state)
    this.#network.carry(this.#state)
  }
}
