/** What a network does with a text, step by step. */
import { createNetwork } from '../network'
import type { Network } from '../network'
import { log } from '../numerics/elementary'
import type { Floats } from '../numerics/floats'
import { softmaxRow } from '../numerics/softmax'
import { RecurrentNetwork } from '../recurrent/network'
import { GATES } from '../recurrent/shape'
import type { ModelShape } from '../recurrent/shape'
import { stepsInPiece } from './gradient-paths'

export interface NetworkTrace {
  /** (T, L, H) */
  readonly hidden: Float32Array
  /** (T, L, H) for LSTM, else null. */
  readonly cell: Float32Array | null
  /** (T, L, H) each, by the gate's name. */
  readonly gates: Readonly<Record<string, Float32Array>>
  /** (T, V), and as probabilities of the next token; both empty unless they were asked for. */
  readonly logits: Float32Array
  readonly probabilities: Float32Array
  /** (T, K) the most probable next tokens, most probable first, and their probabilities. */
  readonly topTokens: Uint32Array
  readonly topProbabilities: Float32Array
  /** (T) of the token that follows; NaN at the end. */
  readonly probability: Float32Array
  /** Mean over the T − 1 predicted tokens, nats; null for one token. */
  readonly loss: number | null
}

export interface TraceChoice {
  /** K */
  readonly top: number
  /** Whether the whole distributions are kept, (T, V) each. */
  readonly distributions: boolean
}

/** A long text is read in pieces, so that the network's own buffers stay small and whoever waits may turn away. */
const LONGEST_PIECE = 256

/** Runs the network over the tokens from a zero state. @param values the parameters in the layout's order */
export function traceNetwork(
  shape: ModelShape,
  values: Floats,
  tokens: Uint32Array,
  choice: TraceChoice = { top: 0, distributions: true },
): NetworkTrace {
  const pieces = tracePieces(shape, values, tokens, choice)
  for (;;) {
    const piece = pieces.next()
    if (piece.done) return piece.value
  }
}

/** The same, piece by piece: yields how many tokens were read. The pieces' border changes no bit. */
export function* tracePieces(
  shape: ModelShape,
  values: Floats,
  tokens: Uint32Array,
  choice: TraceChoice,
): Generator<number, NetworkTrace> {
  const T = tokens.length
  const size = Math.min(T, shape.cell === 'window' ? LONGEST_PIECE : stepsInPiece(shape, LONGEST_PIECE))
  const network = createNetwork(shape, 1, size, 'float32')
  const state = network.createState()
  const trace = createTrace(shape, T, choice)
  let sum = 0
  for (let from = 0; from < T; from += size) {
    const steps = Math.min(size, T - from)
    network.forward(values, tokens.subarray(from, from + steps), state, steps)
    network.carry(state)
    copyHidden(network, steps, trace.hidden, from)
    if (network instanceof RecurrentNetwork) copyInner(network, steps, trace, from)
    sum += readExpectations(network, steps, tokens, trace, from, choice)
    yield from + steps
  }
  return { ...trace, loss: T > 1 ? sum / (T - 1) : null }
}

function createTrace(shape: ModelShape, T: number, { top, distributions }: TraceChoice): Omit<NetworkTrace, 'loss'> {
  const { cell, layers: L, hidden: H, vocabulary: V } = shape
  const names = cell === 'window' ? [] : GATES[cell]
  const K = Math.min(top, V)
  return {
    hidden: new Float32Array(T * L * H),
    cell: cell === 'lstm' ? new Float32Array(T * L * H) : null,
    gates: Object.fromEntries(names.map((name) => [name, new Float32Array(T * L * H)])),
    logits: new Float32Array(distributions ? T * V : 0),
    probabilities: new Float32Array(distributions ? T * V : 0),
    topTokens: new Uint32Array(T * K),
    topProbabilities: new Float32Array(T * K),
    probability: new Float32Array(T).fill(NaN),
  }
}

/** What is expected after each of a piece's tokens. @returns the summed loss of those that are followed, nats */
function readExpectations(
  { logits: scores, shape: { vocabulary: V } }: Network,
  steps: number,
  tokens: Uint32Array,
  trace: Omit<NetworkTrace, 'loss'>,
  from: number,
  choice: TraceChoice,
): number {
  const K = Math.min(choice.top, V)
  const row = new Float32Array(V)
  let loss = 0
  for (let step = 0; step < steps; step++) {
    const t = from + step
    row.set(scores.subarray(step * V, (step + 1) * V))
    if (choice.distributions) trace.logits.set(row, t * V)
    const { most, sum } = softmaxRow(row, 0, V)
    if (choice.distributions) trace.probabilities.set(row, t * V)
    if (K > 0) {
      const order = largest(row, K)
      trace.topTokens.set(order, t * K)
      order.forEach((token, k) => (trace.topProbabilities[t * K + k] = row[token]))
    }
    if (t === tokens.length - 1) continue
    const next = tokens[t + 1]
    trace.probability[t] = row[next]
    loss += log(sum) - (Math.fround(scores[step * V + next]) - most)
  }
  return loss
}

/** Into (T, L, H), of one sequence that was read over some steps. */
function copyHidden(network: Network, steps: number, hidden: Float32Array, from: number): void {
  const { layers: L, hidden: H } = network.shape
  for (let t = 0; t < steps; t++) {
    for (let l = 0; l < L; l++) hidden.set(network.hiddenAt(l, t), ((from + t) * L + l) * H)
  }
}

/** What a recurrent step has besides h. */
function copyInner(
  { shape, layers }: RecurrentNetwork,
  steps: number,
  { cell, gates }: Pick<NetworkTrace, 'cell' | 'gates'>,
  from: number,
): void {
  const { layers: L, hidden: H } = shape
  layers.forEach((layer, l) => {
    for (let t = 0; t < steps; t++) {
      const to = ((from + t) * L + l) * H
      cell?.set(layer.cell.subarray((t + 1) * H, (t + 2) * H), to)
      GATES[shape.cell].forEach((name, g) => {
        gates[name].set(layer.gates.subarray(t * layer.rows + g * H, t * layer.rows + (g + 1) * H), to)
      })
    }
  })
}

/** Indices of the `count` largest of a row, largest first; of equals the smaller index first. */
export function largest(row: Float32Array, count: number): number[] {
  const order: number[] = []
  for (let index = 0; index < row.length; index++) {
    let place = order.length
    while (place > 0 && row[index] > row[order[place - 1]]) place -= 1
    if (place >= count) continue
    order.splice(place, 0, index)
    if (order.length > count) order.pop()
  }
  return order
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
    const { layers, hidden } = this.#network.shape
    const states = new Float32Array(T * layers * hidden)
    copyHidden(this.#network, T, states, 0)
    return states
  }
}
