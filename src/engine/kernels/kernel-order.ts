/**
 * The order of parameters, gradients and moments in a kernel's memory: as the products read them, so that a step packs and
 * adds nothing over. Weights lie transposed in panels of sixteen columns (a last one of eight is eight wide), one-hot W_ih as
 * a table (V, G·hp), vectors padded; the padding holds zeros. An optimiser works on each number by itself and is blind to it.
 */
import type { Floats } from '../numerics/floats'
import { createLayout, gateCount, inputWidth } from '../recurrent/shape'
import type { ParameterLayout, RecurrentShape } from '../recurrent/shape'

/** Columns of a panel, and of the last one of a decoder. */
export const PANEL = 16
const NARROW = 8

export const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to

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

export function placeParameters(shape: RecurrentShape): ParameterPlaces {
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
export function packedIndex(k: number, n: number, K: number, N: number): number {
  const panel = n - (n % PANEL)
  return panel * K + k * Math.min(PANEL, N - panel) + (n % PANEL)
}

/** Where an element of a tensor lies in the kernel's order, by its row and column. */
export type ElementPlace = (row: number, column: number) => number

/** Where each number of a layout lies in the kernel's order. @param placeOf a tensor's elements, by its name */
export function orderOf(layout: ParameterLayout, placeOf: ReadonlyMap<string, ElementPlace>): Int32Array {
  const order = new Int32Array(layout.size)
  for (const { name, shape, offset, size } of layout.tensors) {
    const place = placeOf.get(name)
    if (!place) throw new RangeError(`no place for ${name}`)
    const width = shape.length > 1 ? shape[1] : 1
    for (let row = 0; row * width < size; row++) {
      for (let column = 0; column < width; column++) order[offset + row * width + column] = place(row, column)
    }
  }
  return order
}

/** Where each number of ParameterLayout's order lies in the kernel's. */
export function createRecurrentOrder(shape: RecurrentShape): Int32Array {
  const { hidden: H, vocabulary: V, embedding: E } = shape
  const places = placeParameters(shape)
  const hp = padded(H)
  const rp = gateCount(shape.cell) * hp
  /** Rows of G·H are moved apart to G·hp. */
  const unit = (row: number): number => Math.floor(row / H) * hp + (row % H)
  const placeOf = new Map<string, ElementPlace>([
    ['embedding.weight', (v, e) => places.embedding + v * padded(E) + e],
    ['decoder.weight', (v, i) => places.decoder + packedIndex(i, v, hp, paddedVocabulary(V))],
    ['decoder.bias', (v) => places.decoderBias + v],
  ])
  places.layers.forEach(({ weightIH, weightHH, biasIH, biasHH }, k) => {
    const rows = padded(inputWidth(shape, k))
    const isOneHot = k === 0 && E === 0
    placeOf.set(`rnn.weight_ih_l${k}`, (row, d) =>
      isOneHot ? weightIH + d * rp + unit(row) : weightIH + packedIndex(d, unit(row), rows, rp),
    )
    placeOf.set(`rnn.weight_hh_l${k}`, (row, i) => weightHH + packedIndex(i, unit(row), hp, rp))
    placeOf.set(`rnn.bias_ih_l${k}`, (row) => biasIH + unit(row))
    placeOf.set(`rnn.bias_hh_l${k}`, (row) => biasHH + unit(row))
  })
  return orderOf(createLayout(shape), placeOf)
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
