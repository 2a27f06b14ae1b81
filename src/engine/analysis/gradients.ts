/**
 * How far back a prediction reaches: for L = −ln p(x_T | x_1 … x_{T−1}) the length of ∂L/∂h_t, the total derivative through
 * time, for every layer and step; and what one recurrent weight alone would do to it. All in float64, whatever the
 * parameters are kept in (Bengio, Simard and Frasconi 1994; Pascanu, Mikolov and Bengio 2013).
 */
import type { Floats } from '../numerics/floats'
import { addProduct } from '../numerics/products'
import type { RecurrentNetwork } from '../recurrent/network'
import { createLayout, GATES, offsetOf } from '../recurrent/shape'
import type { RecurrentShape } from '../recurrent/shape'
import { goThroughTime, gradientPieces, passDown } from './gradient-paths'
import { finish } from './pieces'
import { singularValuePieces, spectrumPieces } from './spectrum'

export interface NetworkGradients {
  /** [layer][lag]: ‖∂L/∂h_{T−1−lag}‖₂, lag 0 … T−2. */
  readonly norms: readonly Float64Array[]
  /** [layer]: of each gate's (H, H) block of W_hh, by the gate's name; the vanilla cell's is `h`. */
  readonly spectralRadius: readonly Readonly<Record<string, number>>[]
  readonly singularValue: readonly Readonly<Record<string, number>>[]
}

/** @param values the parameters in the layout's order; @param tokens two or more: the last is the one predicted */
export function gradientsOfText(shape: RecurrentShape, values: Floats, tokens: Uint32Array): NetworkGradients {
  const { hidden: norms } = finish(gradientPieces(shape, values, tokens))
  const [radius, singularValue] = [radiusPieces, singularValuePieces].map((measure) =>
    finish(gatePieces(shape, values, measure)),
  )
  return { norms, spectralRadius: radius, singularValue }
}

function* radiusPieces(matrix: Floats, n: number): Generator<number, number> {
  return (yield* spectrumPieces(matrix, n)).spectralRadius
}

/** [layer]: a measure of each gate's block of W_hh, in float64, by the gate's name. @param of which layers; all unless told */
export function* gatePieces<Measure>(
  shape: RecurrentShape,
  values: Floats,
  measure: (matrix: Floats, n: number) => Generator<number, Measure>,
  of: readonly number[] = Array.from({ length: shape.layers }, (_, k) => k),
): Generator<number, Record<string, Measure>[]> {
  const { cell, hidden: H } = shape
  const layout = createLayout(shape)
  const names = cell === 'vanilla' ? ['h'] : GATES[cell]
  const measured: Record<string, Measure>[] = []
  for (const k of of) {
    const at = offsetOf(layout, `rnn.weight_hh_l${k}`)
    const gates: Record<string, Measure> = {}
    for (const [g, name] of names.entries()) {
      const block = values.subarray(at + g * H * H, at + (g + 1) * H * H)
      gates[name] = yield* measure(new Float64Array(block), H)
    }
    measured.push(gates)
  }
  return measured
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
    layers[k].gradCarry.fill(0)
    layers[k].gradCell.fill(0)
    goThroughTime(network, values, k, T, 'every', { hidden: totals[k], cell: null })
    if (k > 0) passDown(network, values, k, T)
  }
  return totals
}
