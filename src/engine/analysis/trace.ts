/** What a network does with a text, step by step. */
import type { Reader } from '../kernels/reader'
import { log } from '../numerics/elementary'
import { largestLogit, softmaxFrom } from '../numerics/softmax'
import { GATES } from '../recurrent/shape'
import type { ModelShape } from '../recurrent/shape'
import { copyRows } from '../recurrent/step-rows'
import type { NetworkRows, StepRows } from '../recurrent/step-rows'
import { finish } from './pieces'

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

/** Reads the tokens from a zero state. */
export function traceNetwork(
  reader: Reader,
  tokens: Uint32Array,
  choice: TraceChoice = { top: 0, distributions: true },
): NetworkTrace {
  return finish(tracePieces(reader, tokens, choice))
}

/**
 * The same, piece by piece, so that the network's own buffers stay small and whoever waits may turn away: yields how many
 * tokens were read. Between two pieces the reader is free for others. The pieces' border changes no bit.
 */
export function* tracePieces(
  { network, values }: Reader,
  tokens: Uint32Array,
  choice: TraceChoice,
): Generator<number, NetworkTrace> {
  const T = tokens.length
  const state = network.createState()
  const trace = createTrace(network.shape, T, choice)
  const rows = network.rows()
  const read = createExpectationReader(network.shape, rows.logits, tokens, trace, choice)
  let sum = 0
  for (let from = 0; from < T; from += network.T) {
    const steps = Math.min(network.T, T - from)
    network.forward(values, tokens.subarray(from, from + steps), state, steps)
    network.carry(state)
    copyLayers(network.shape, rows, steps, trace, from)
    sum += read(from, steps)
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

/** Reads what is expected after each of a piece's tokens. @returns the summed loss of those that are followed, nats */
function createExpectationReader(
  { vocabulary: V }: ModelShape,
  logits: StepRows,
  tokens: Uint32Array,
  trace: Omit<NetworkTrace, 'loss'>,
  { top, distributions }: TraceChoice,
): (from: number, steps: number) => number {
  const K = Math.min(top, V)
  const row = new Float32Array(V)
  const order = new Uint32Array(K)
  return (from, steps) => {
    let loss = 0
    for (let step = 0; step < steps; step++) {
      const t = from + step
      const at = logits.first + step * logits.stride
      for (let v = 0; v < V; v++) row[v] = logits.values[at + v]
      if (distributions) trace.logits.set(row, t * V)
      const followed = t + 1 < tokens.length
      const score = followed ? row[tokens[t + 1]] : 0
      const most = largestLogit(row, 0, V)
      const sum = softmaxFrom(row, 0, V, most)
      if (distributions) trace.probabilities.set(row, t * V)
      rankLargest(row, order)
      for (let k = 0; k < K; k++) {
        trace.topTokens[t * K + k] = order[k]
        trace.topProbabilities[t * K + k] = row[order[k]]
      }
      if (!followed) continue
      trace.probability[t] = row[tokens[t + 1]]
      loss += log(sum) - (score - most)
    }
    return loss
  }
}

/** Everything a step has besides its expectation, into (T, L, H). */
function copyLayers(
  { layers: L, hidden: H }: ModelShape,
  { layers }: NetworkRows,
  steps: number,
  { hidden, cell, gates }: Pick<NetworkTrace, 'hidden' | 'cell' | 'gates'>,
  from: number,
): void {
  for (let l = 0; l < L; l++) {
    const at = (from * L + l) * H
    const rows = layers[l]
    copyRows(rows.hidden, steps, H, hidden, at, L * H)
    if (cell && rows.cell) copyRows(rows.cell, steps, H, cell, at, L * H)
    for (const name of Object.keys(gates)) copyRows(rows.gates[name], steps, H, gates[name], at, L * H)
  }
}

/** The indices of a row's largest into `order`, largest first; of equals the smaller index first. */
export function rankLargest(row: Float32Array, order: Uint32Array): void {
  let kept = 0
  for (let index = 0; index < row.length; index++) {
    const isFull = kept === order.length
    if (isFull && !(row[index] > row[order[kept - 1]])) continue
    let place = isFull ? kept - 1 : kept++
    for (; place > 0 && row[index] > row[order[place - 1]]; place--) order[place] = order[place - 1]
    order[place] = index
  }
}

/** The `count` largest of a row, or all where it is shorter, as `rankLargest` has them. */
export function largest(row: Float32Array, count: number): number[] {
  const order = new Uint32Array(Math.min(count, row.length))
  rankLargest(row, order)
  return Array.from(order)
}

/** The hidden states of a probe text, (T, L, H). */
export class Probe {
  readonly #tokens: Uint32Array

  constructor(tokens: Uint32Array) {
    this.#tokens = tokens
  }

  read({ network, values }: Reader): Float32Array {
    const T = this.#tokens.length
    const { layers: L, hidden: H } = network.shape
    const states = new Float32Array(T * L * H)
    const state = network.createState()
    const { layers } = network.rows()
    for (let from = 0; from < T; from += network.T) {
      const steps = Math.min(network.T, T - from)
      network.forward(values, this.#tokens.subarray(from, from + steps), state, steps)
      network.carry(state)
      for (let l = 0; l < L; l++) copyRows(layers[l].hidden, steps, H, states, (from * L + l) * H, L * H)
    }
    return states
  }
}
