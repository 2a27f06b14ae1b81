/** What a network does with a text, step by step. */
import { createNetwork } from '../network'
import type { Network } from '../network'
import { log } from '../numerics/elementary'
import type { Floats } from '../numerics/floats'
import { softmaxRow } from '../numerics/softmax'
import { RecurrentNetwork } from '../recurrent/network'
import { GATES } from '../recurrent/shape'
import type { ModelShape } from '../recurrent/shape'

export interface NetworkTrace {
  /** (T, L, H) */
  readonly hidden: Float32Array
  /** (T, L, H) for LSTM, else null. */
  readonly cell: Float32Array | null
  /** (T, L, H) each, by the gate's name. */
  readonly gates: Readonly<Record<string, Float32Array>>
  /** (T, V) */
  readonly logits: Float32Array
  /** (T, V) of the next token. */
  readonly probabilities: Float32Array
  /** (T) of the token that follows; NaN at the end. */
  readonly probability: Float32Array
  /** Mean over the T − 1 predicted tokens, nats; null for one token. */
  readonly loss: number | null
}

/** Runs the network over the tokens from a zero state. @param values the parameters in the layout's order */
export function traceNetwork(shape: ModelShape, values: Floats, tokens: Uint32Array): NetworkTrace {
  const { vocabulary: V } = shape
  const T = tokens.length
  const network = createNetwork(shape, 1, T, 'float32')
  network.forward(values, tokens, network.createState())
  const hidden = hiddenStates(network, T)
  const { cell, gates } = network instanceof RecurrentNetwork ? innerStates(network) : { cell: null, gates: {} }
  const logits = Float32Array.from(network.logits)
  const probabilities = logits.slice()
  const probability = new Float32Array(T).fill(NaN)
  let sum = 0
  for (let t = 0; t < T; t++) {
    const { most, sum: whole } = softmaxRow(probabilities, t * V, V)
    if (t === T - 1) continue
    probability[t] = probabilities[t * V + tokens[t + 1]]
    sum += log(whole) - (logits[t * V + tokens[t + 1]] - most)
  }
  return { hidden, cell, gates, logits, probabilities, probability, loss: T > 1 ? sum / (T - 1) : null }
}

/** (T, L, H), of one sequence that was read over T steps. */
function hiddenStates(network: Network, T: number): Float32Array {
  const { layers: L, hidden: H } = network.shape
  const hidden = new Float32Array(T * L * H)
  for (let t = 0; t < T; t++) {
    for (let l = 0; l < L; l++) hidden.set(network.hiddenAt(l, t), (t * L + l) * H)
  }
  return hidden
}

/** What a recurrent step has besides h, of one sequence that was read over all T steps. */
function innerStates({ shape, layers, T }: RecurrentNetwork): Pick<NetworkTrace, 'cell' | 'gates'> {
  const { layers: L, hidden: H } = shape
  const cell = shape.cell === 'lstm' ? new Float32Array(T * L * H) : null
  const gates = Object.fromEntries(GATES[shape.cell].map((name) => [name, new Float32Array(T * L * H)]))
  layers.forEach((layer, l) => {
    for (let t = 0; t < T; t++) {
      const to = (t * L + l) * H
      cell?.set(layer.cell.subarray((t + 1) * H, (t + 2) * H), to)
      GATES[shape.cell].forEach((name, g) => {
        gates[name].set(layer.gates.subarray(t * layer.rows + g * H, t * layer.rows + (g + 1) * H), to)
      })
    }
  })
  return { cell, gates }
}

/** Indices of the `count` largest of a row, largest first; of equals the smaller index first. */
export function largest(row: Float32Array, count: number): number[] {
  const order = Array.from(row.keys()).sort((a, b) => row[b] - row[a] || a - b)
  return order.slice(0, count)
}

/** The hidden states of a probe text, (T, L, H), from a network that is kept from call to call. */
export class Probe {
  readonly #network: Network
  readonly #tokens: Uint32Array

  constructor(shape: ModelShape, tokens: Uint32Array) {
    this.#tokens = tokens
    this.#network = createNetwork(shape, 1, Math.max(1, tokens.length), 'float32')
  }

  read(values: Floats): Float32Array {
    const T = this.#tokens.length
    this.#network.forward(values, this.#tokens, this.#network.createState(), T)
    return hiddenStates(this.#network, T)
  }
}
