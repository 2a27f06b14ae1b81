/** Where the buffers of a feed-forward window lie in a kernel's memory. Rows are padded as in kernel-layout.ts. */
import { windowInputWidth } from '../window/shape'
import type { WindowShape } from '../window/shape'
import type { Take } from './kernel'
import { padded } from './kernel-layout'

const NARROW = 8

/** Rows a multiple of 512 bytes apart fall into few sets of the first cache: they are moved apart. */
function strideOf(columns: number): number {
  return columns % 128 === 0 ? columns + 16 : columns
}

export interface WindowKernelLayer {
  /** D */
  readonly width: number
  /** D padded, and rows of the input apart, in floats; 0 for a one-hot input. */
  readonly paddedWidth: number
  readonly inputStride: number
  /** (T·B, D): embedded tokens, or the masked layer below; 0 where the layer below is read as it is. */
  readonly input: number
  /** W packed for the way forward (transposed) and back; 0 for a one-hot input. */
  readonly packed: number
  readonly packedBack: number
  readonly bias: number
  /** (T·B, H) */
  readonly hidden: number
  /** (T·B, H): ∂L/∂h, then ∂L/∂(h before tanh). */
  readonly gradient: number
}

export interface WindowKernelLayout {
  /** H padded, and rows of h apart, in floats. */
  readonly hp: number
  readonly hs: number
  /** V padded, and rows of logits apart. */
  readonly vp: number
  readonly vs: number
  /** E padded to whole vectors; 0 for a one-hot input. */
  readonly ep: number
  readonly layers: readonly WindowKernelLayer[]
  /** (k−1+T, B): a token plus one, 0 for none. */
  readonly tokens: number
  readonly targets: number
  /** One-hot: (k·V, H). Embedded: (1+V, E), its first row zeros. And its gradient. */
  readonly table: number
  readonly tableGradient: number
  /** (T·B, k·E): ∂L/∂input of embedded tokens. */
  readonly inputGradient: number
  /** (B, H) of zeros: what comes back from a later step. */
  readonly carry: number
  readonly logits: number
  readonly decoderBias: number
  readonly packedDecoder: number
  readonly packedDecoderBack: number
  /** Gradients of one weight, padded, before they are added to where they belong. */
  readonly scratch: number
}

export function layOutWindow(
  shape: WindowShape,
  B: number,
  T: number,
  take: Take,
  dropout: number,
): WindowKernelLayout {
  const { window: k, hidden: H, vocabulary: V, embedding: E } = shape
  const M = T * B
  const hp = padded(H)
  const hs = strideOf(hp)
  const vp = Math.ceil(V / NARROW) * NARROW
  const vs = strideOf(vp)
  const ep = Math.ceil(E / 4) * 4
  const layers = Array.from({ length: shape.layers }, (_, n): WindowKernelLayer => {
    const width = windowInputWidth(shape, n)
    const isOneHot = n === 0 && E === 0
    const paddedWidth = isOneHot ? 0 : padded(width)
    // A row's last token is written with its padding.
    const inputStride = n > 0 ? hs : isOneHot ? 0 : strideOf(padded(width + ep - E))
    return {
      width,
      paddedWidth,
      inputStride,
      input: n === 0 || dropout > 0 ? take(M * inputStride) : 0,
      packed: take(isOneHot ? 0 : width * hp),
      packedBack: take(hp * paddedWidth),
      bias: take(hs),
      hidden: take(M * hs),
      gradient: take(M * hs),
    }
  })
  const tableSize = E > 0 ? (1 + V) * ep : k * V * hs
  return {
    hp,
    hs,
    vp,
    vs,
    ep,
    layers,
    tokens: take((k - 1 + T) * B),
    targets: take(M),
    table: take(tableSize),
    tableGradient: take(tableSize),
    inputGradient: take(E > 0 ? M * layers[0].inputStride : 0),
    carry: take(B * hs),
    logits: take(M * vs),
    decoderBias: take(vs),
    packedDecoder: take(H * vp),
    packedDecoderBack: take(vp * hp),
    scratch: take(Math.max(hp, vp) * Math.max(hs, layers[0].inputStride)),
  }
}
