/**
 * How far back a prediction reaches: for L = −ln p(x_T | x_1 … x_{T−1}) the length of ∂L/∂h_t, the total derivative through
 * time, for every layer and step; and what one recurrent weight alone would do to it. All in float64, whatever the
 * parameters are kept in (Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and Bengio 2013).
 */
import type { Floats } from '../numerics/floats'
import { addProduct } from '../numerics/products'
import { softmaxRow } from '../numerics/softmax'
import { CELL_STEPS } from '../recurrent/cells'
import { RecurrentNetwork } from '../recurrent/network'
import { GATES, gateCount, offsetOf } from '../recurrent/shape'
import type { RecurrentShape } from '../recurrent/shape'
import { largestSingularValue, spectralRadius } from './spectrum'

export interface NetworkGradients {
  /** [layer][lag]: ‖∂L/∂h_{T−1−lag}‖₂, lag 0 … T−2. */
  readonly norms: readonly Float64Array[]
  /** [layer]: of each gate's (H, H) block of W_hh, by the gate's name; the vanilla cell's is `h`. */
  readonly spectralRadius: readonly Readonly<Record<string, number>>[]
  readonly singularValue: readonly Readonly<Record<string, number>>[]
}

/** @param values the parameters in the layout's order; @param tokens two or more: the last is the one predicted */
export function gradientsOfText(shape: RecurrentShape, values: Floats, tokens: Uint32Array): NetworkGradients {
  const T = tokens.length - 1
  const { hidden: H, vocabulary: V } = shape
  const wide = Float64Array.from(values)
  const network = new RecurrentNetwork(shape, 1, T, 'float64')
  network.forward(wide, tokens.subarray(0, T), network.createState())
  const gradLogits = new Float64Array(T * V)
  gradLogits.set(network.logits.subarray((T - 1) * V, T * V), (T - 1) * V)
  softmaxRow(gradLogits, (T - 1) * V, V)
  gradLogits[(T - 1) * V + tokens[T]] -= 1
  const norms = hiddenGradients(network, wide, gradLogits).map((layer) =>
    Float64Array.from({ length: T }, (_, lag) => norm(layer.subarray((T - 1 - lag) * H, (T - lag) * H))),
  )
  const ofGates = (measure: (matrix: Floats, n: number) => number) =>
    norms.map((_, k) => gateMeasures(shape, wide, offsetOf(network.layout, `rnn.weight_hh_l${k}`), measure))
  return { norms, spectralRadius: ofGates(spectralRadius), singularValue: ofGates(largestSingularValue) }
}

function gateMeasures(
  { cell, hidden: H }: RecurrentShape,
  values: Float64Array,
  at: number,
  measure: (matrix: Floats, n: number) => number,
): Record<string, number> {
  const names = cell === 'vanilla' ? ['h'] : GATES[cell]
  return Object.fromEntries(
    names.map((name, g) => [name, measure(values.subarray(at + g * H * H, at + (g + 1) * H * H), H)]),
  )
}

/**
 * ∂L/∂h_t of every layer, total through time and through the layers above; for LSTM with c_t as a variable of its own, as
 * automatic differentiation has it. Call after `forward` over all T steps; it uses the layers' gradient buffers.
 * @param gradLogits ∂L/∂logits, (T·B, V)
 * @returns a layer each: (T·B, H)
 */
export function hiddenGradients(network: RecurrentNetwork, values: Floats, gradLogits: Floats): Float64Array[] {
  const { shape, layers, layout, B, T } = network
  const { hidden: H, vocabulary: V } = shape
  const M = T * B
  const top = layers[layers.length - 1]
  top.gradHidden.fill(0)
  addProduct(top.gradHidden, 0, gradLogits, 0, values, offsetOf(layout, 'decoder.weight'), M, V, H)
  const totals = layers.map(() => new Float64Array(M * H))
  for (let k = layers.length - 1; k >= 0; k--) {
    throughTime(network, values, k, totals[k])
    if (k === 0) break
    const below = layers[k - 1].gradHidden
    below.fill(0)
    addProduct(below, 0, layers[k].gradGates, 0, values, offsetOf(layout, `rnn.weight_ih_l${k}`), M, layers[k].rows, H)
  }
  return totals
}

/** One layer from its last step to its first: each step's total is what came from above and from the step after. */
function throughTime(
  { shape, layers, layout, B, T }: RecurrentNetwork,
  values: Floats,
  k: number,
  total: Floats,
): void {
  const layer = layers[k]
  const block = B * shape.hidden
  const rows = gateCount(shape.cell) * shape.hidden
  const weight = offsetOf(layout, `rnn.weight_hh_l${k}`)
  layer.gradCarry.fill(0)
  layer.gradCell.fill(0)
  for (let t = T - 1; t >= 0; t--) {
    for (let i = 0; i < block; i++) total[t * block + i] = layer.gradHidden[t * block + i] + layer.gradCarry[i]
    CELL_STEPS[shape.cell].backward(layer, t)
    addProduct(layer.gradCarry, 0, layer.gradRecurrent, t * B * rows, values, weight, B, rows, shape.hidden)
  }
}

/** ‖x‖₂, scaled so that the squares of vanishing gradients don't underflow. */
function norm(x: Float64Array): number {
  let most = 0
  for (const value of x) most = Math.max(most, Math.abs(value))
  if (most === 0 || !Number.isFinite(most)) return most
  let sum = 0
  for (const value of x) sum += (value / most) * (value / most)
  return most * Math.sqrt(sum)
}
