/** Writing: the network reads a prompt, then its own symbols, each drawn from what it expects next. */
import type { Reader } from '../kernels/reader'
import { exp } from '../numerics/elementary'
import type { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import { copyRows } from '../recurrent/step-rows'
import type { StepRows } from '../recurrent/step-rows'
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
  readonly #reader: Reader
  readonly #state: NetworkState
  readonly #settings: SampleSettings
  readonly #random: Random
  readonly #rows: StepRows
  readonly #logits: Float32Array // (V)
  #last: number

  /** @param reader others may read with it between two symbols. @param prompt one token or more */
  constructor(reader: Reader, prompt: Uint32Array, settings: SampleSettings, random: Random) {
    const { network, values } = reader
    this.#reader = reader
    this.#state = network.createState()
    this.#settings = settings
    this.#random = random
    this.#rows = network.rows().logits
    this.#logits = new Float32Array(network.shape.vocabulary)
    for (let from = 0; from < prompt.length - 1; from += network.T) {
      const steps = Math.min(network.T, prompt.length - 1 - from)
      network.forward(values, prompt.subarray(from, from + steps), this.#state, steps)
      network.carry(this.#state)
    }
    this.#last = prompt[prompt.length - 1]
  }

  /** The next token. */
  next(): number {
    const { network, values } = this.#reader
    network.forward(values, [this.#last], this.#state, 1)
    network.carry(this.#state)
    copyRows(this.#rows, 1, this.#logits.length, this.#logits, 0, 0)
    this.#last = drawToken(this.#logits, this.#settings, this.#random)
    return this.#last
  }
}
