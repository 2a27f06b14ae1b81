/**
 * The order of parameters, gradients and moments in a kernel's memory: as the products read them, so that a step packs and
 * adds nothing over. Weights lie transposed in panels of sixteen columns (a last one of eight is eight wide), one-hot W_ih as
 * a table (V, G·hp), vectors padded; the padding holds zeros. An optimiser works on each number by itself and is blind to it.
 */
import type { Floats } from '../numerics/floats'
import { createLayout, gateCount, inputWidth, offsetOf } from '../recurrent/shape'
import type { ModelShape } from '../recurrent/shape'

/** Columns of a panel, and of the last one of a decoder. */
export const PANEL = 16
const NARROW = 8

const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to

export const padded = (columns: number): number => roundUp(columns, PANEL)

/** V padded: a decoder's columns. */
export const paddedVocabulary = (V: number): number => roundUp(V, NARROW)

/** Where a layer's tensors begin, in floats. */
export interface LayerPlaces {
  /** One-hot: (V, G·hp); else packed (D padded, G·hp). */
  readonly weightIH: number
  /** packed (hp, G·hp) */
  readonly weightHH: number
  /** (G·hp) each */
  readonly biasIH: number
  readonly biasHH: number
}

export interface ParameterPlaces {
  /** (V, E padded), where there is one. */
  readonly embedding: number
  readonly layers: readonly LayerPlaces[]
  /** packed (hp, V padded) */
  readonly decoder: number
  /** (V padded) */
  readonly decoderBias: number
  /** Floats in all, a multiple of sixteen. */
  readonly size: number
}

export function placeParameters(shape: ModelShape): ParameterPlaces {
  const { hidden, vocabulary: V, embedding: E } = shape
  const hp = padded(hidden)
  const rp = gateCount(shape.cell) * hp
  let at = 0
  const take = (floats: number): number => {
    const here = at
    at += roundUp(floats, PANEL)
    return here
  }
  return {
    embedding: take(E > 0 ? V * padded(E) : 0),
    layers: Array.from({ length: shape.layers }, (_, k) => ({
      weightIH: take((k === 0 && E === 0 ? V : padded(inputWidth(shape, k))) * rp),
      weightHH: take(hp * rp),
      biasIH: take(rp),
      biasHH: take(rp),
    })),
    decoder: take(hp * paddedVocabulary(V)),
    decoderBias: take(paddedVocabulary(V)),
    size: at,
  }
}

/** Element (k, n) of a packed (K, N). */
function packedIndex(k: number, n: number, K: number, N: number): number {
  const panel = n - (n % PANEL)
  return panel * K + k * Math.min(PANEL, N - panel) + (n % PANEL)
}

/** Where each number of ParameterLayout's order lies in the kernel's. */
export function createOrder(shape: ModelShape): Int32Array {
  const { hidden: H, vocabulary: V, embedding: E } = shape
  const layout = createLayout(shape)
  const places = placeParameters(shape)
  const hp = padded(H)
  const rp = gateCount(shape.cell) * hp
  const order = new Int32Array(layout.size)
  /** Rows of G·H are moved apart to G·hp. */
  const unit = (row: number): number => Math.floor(row / H) * hp + (row % H)
  const set = (name: string, at: (row: number, column: number) => number): void => {
    const offset = offsetOf(layout, name)
    const { shape: lengths, size } = layout.byName.get(name) ?? { shape: [1], size: 0 }
    const width = lengths.length > 1 ? lengths[1] : 1
    for (let i = 0; i < size; i++) order[offset + i] = at(Math.floor(i / width), i % width)
  }
  if (E > 0) set('embedding.weight', (v, e) => places.embedding + v * padded(E) + e)
  places.layers.forEach(({ weightIH, weightHH, biasIH, biasHH }, k) => {
    const rows = padded(inputWidth(shape, k))
    const isOneHot = k === 0 && E === 0
    set(`rnn.weight_ih_l${k}`, (row, d) =>
      isOneHot ? weightIH + d * rp + unit(row) : weightIH + packedIndex(d, unit(row), rows, rp),
    )
    set(`rnn.weight_hh_l${k}`, (row, i) => weightHH + packedIndex(i, unit(row), hp, rp))
    set(`rnn.bias_ih_l${k}`, (row) => biasIH + unit(row))
    set(`rnn.bias_hh_l${k}`, (row) => biasHH + unit(row))
  })
  set('decoder.weight', (v, i) => places.decoder + packedIndex(i, v, hp, paddedVocabulary(V)))
  set('decoder.bias', (v) => places.decoderBias + v)
  return order
}

/** From ParameterLayout's order into the kernel's. */
export function scatterInto(own: Floats, values: ArrayLike<number>, order: Int32Array): void {
  for (let i = 0; i < order.length; i++) own[order[i]] = values[i]
}

/** From the kernel's order into ParameterLayout's. */
export function gatherFrom(own: ArrayLike<number>, order: Int32Array): Float32Array {
  const values = new Float32Array(order.length)
  for (let i = 0; i < order.length; i++) values[i] = own[order[i]]
  return values
}
