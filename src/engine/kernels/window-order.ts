/** The order of a feed-forward window's parameters in a kernel's memory: as kernel-order.ts has a recurrent network's. */
import { createLayout } from '../recurrent/shape'
import { windowInputWidth } from '../window/shape'
import type { WindowShape } from '../window/shape'
import { orderOf, packedIndex, padded, paddedVocabulary, PANEL, roundUp } from './kernel-order'
import type { ElementPlace } from './kernel-order'

/** E padded to whole pairs of vectors. */
export const paddedEmbedding = (E: number): number => roundUp(E, 8)

export interface WindowPlaces {
  /** (1 + V, E padded): a token's row is one further, the first, of no token, holds zeros. */
  readonly embedding: number
  /** weight: one-hot (k·V, hp), else packed (D padded, hp); bias (hp) */
  readonly layers: readonly { readonly weight: number; readonly bias: number }[]
  /** packed (hp, V padded) */
  readonly decoder: number
  /** (V padded) */
  readonly decoderBias: number
  /** Floats in all, a multiple of sixteen. */
  readonly size: number
}

export function placeWindow(shape: WindowShape): WindowPlaces {
  const { hidden, vocabulary: V, embedding: E } = shape
  const hp = padded(hidden)
  let at = 0
  const take = (floats: number): number => {
    const here = at
    at += roundUp(floats, PANEL)
    return here
  }
  return {
    embedding: take(E > 0 ? (1 + V) * paddedEmbedding(E) : 0),
    layers: Array.from({ length: shape.layers }, (_, n) => {
      const width = windowInputWidth(shape, n)
      return { weight: take((n === 0 && E === 0 ? width : padded(width)) * hp), bias: take(hp) }
    }),
    decoder: take(hp * paddedVocabulary(V)),
    decoderBias: take(paddedVocabulary(V)),
    size: at,
  }
}

/** Where each number of ParameterLayout's order lies in the kernel's. */
export function createWindowOrder(shape: WindowShape): Int32Array {
  const { hidden, vocabulary: V, embedding: E } = shape
  const places = placeWindow(shape)
  const hp = padded(hidden)
  const placeOf = new Map<string, ElementPlace>([
    ['embedding.weight', (v, e) => places.embedding + (1 + v) * paddedEmbedding(E) + e],
    ['decoder.weight', (v, i) => places.decoder + packedIndex(i, v, hp, paddedVocabulary(V))],
    ['decoder.bias', (v) => places.decoderBias + v],
  ])
  places.layers.forEach(({ weight, bias }, n) => {
    const rows = padded(windowInputWidth(shape, n))
    const isOneHot = n === 0 && E === 0
    placeOf.set(`hidden.${n}.weight`, (j, d) => weight + (isOneHot ? d * hp + j : packedIndex(d, j, rows, hp)))
    placeOf.set(`hidden.${n}.bias`, (j) => bias + j)
  })
  return orderOf(createLayout(shape), placeOf)
}
