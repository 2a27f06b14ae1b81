/** Where the buffers of a network lie in a kernel's memory. Rows are padded so that no column is left over in a tile. */
import { gateCount, inputWidth } from '../recurrent/shape'
import type { RecurrentShape } from '../recurrent/shape'
import type { Take } from './kernel'
import { padded, paddedVocabulary, PANEL } from './kernel-order'

/** Rows a multiple of 512 bytes apart fall into few sets of the first cache: they are moved apart. */
export function strideOf(columns: number): number {
  return columns % 128 === 0 ? columns + PANEL : columns
}

export interface KernelLayer {
  readonly width: number
  /** D padded; 0 for a one-hot input. */
  readonly paddedWidth: number
  /** (T·B, D): the embedded input, or with dropout what is left of the layer below; else that layer's `hidden` is read. */
  readonly input: number
  readonly inputStride: number
  /** (T·B, D), with dropout. */
  readonly mask: number
  /** W_hh (G·hp, hp) and W_ih (G·hp, D padded) packed for the way back. */
  readonly packedHHBack: number
  readonly packedIHBack: number
  /** (G·hp): b_ih + b_hh, but for GRU's n, where b_hh stands in recurrentBias alone. */
  readonly bias: number
  readonly recurrentBias: number
  /** (T·B, G·hp), on the way back their gradients; vanilla: (B, hp), used again at each step. */
  readonly gates: number
  /** (T·B + B, hp), from the state before. */
  readonly hidden: number
  readonly cell: number
  /** (T·B, hp): LSTM's tanh c; GRU's W_hn h + b_hn, on the way back its gradient. */
  readonly inner: number
  /** GRU: (B, G·hp) */
  readonly recurrent: number
  /** (rows of a block, hp), two in turn: vanilla's gradients of one block are read by the next. */
  readonly gradHidden: readonly [number, number]
  /** (B, hp): LSTM's ∂L/∂c, GRU's ∂L/∂h past the gates. */
  readonly carry: number
}

export interface KernelLayout {
  /** H padded, and rows of h apart, in floats. */
  readonly hp: number
  readonly hs: number
  /** G·hp, and rows of gates apart. */
  readonly rp: number
  readonly rs: number
  /** V padded, and rows of logits apart. */
  readonly vp: number
  readonly vs: number
  /** Time steps of a block: what is taken through all layers at a time, so that it stays in the second cache. */
  readonly blockSteps: number
  readonly layers: readonly KernelLayer[]
  readonly inputs: number
  readonly targets: number
  readonly logits: number
  /** (T·B, H): what dropout leaves of the top layer's h, and its mask; not used without dropout before the decoder. */
  readonly decoderInput: number
  readonly decoderMask: number
  readonly packedDecoderBack: number
  /** A row of zeros. */
  readonly zeros: number
}

/** Rows of a block: wide enough that a weight's gradient is not read and written too often. */
function blockRows(H: number): number {
  return H > 256 ? 256 : 128
}

export function layOutNetwork(
  shape: RecurrentShape,
  B: number,
  T: number,
  take: Take,
  dropout: number,
  decoderDropout: number,
): KernelLayout {
  const { hidden: H, vocabulary: V, cell, layers: L } = shape
  const hp = padded(H)
  const hs = strideOf(hp)
  const rp = gateCount(cell) * hp
  const rs = strideOf(rp)
  const vp = paddedVocabulary(V)
  const vs = strideOf(vp)
  const M = T * B
  const blockSteps = Math.min(T, Math.max(1, Math.round(blockRows(H) / B)))
  const layers = Array.from({ length: L }, (_, k): KernelLayer => {
    const width = inputWidth(shape, k)
    const isOneHot = k === 0 && shape.embedding === 0
    const paddedWidth = isOneHot ? 0 : padded(width)
    const inputStride = isOneHot ? 0 : strideOf(paddedWidth)
    const isDropped = k > 0 && dropout > 0
    return {
      width,
      paddedWidth,
      inputStride,
      input: take(k === 0 || isDropped ? M * inputStride : 0),
      mask: take(isDropped ? M * inputStride : 0),
      packedHHBack: take(rp * hp),
      packedIHBack: take(rp * paddedWidth),
      bias: take(rs),
      recurrentBias: take(rs),
      gates: take((cell === 'vanilla' ? Math.max(B, isOneHot ? 0 : blockSteps * B) : M) * rs),
      hidden: take((M + B) * hs),
      cell: take(cell === 'lstm' ? (M + B) * hs : 0),
      inner: take(cell === 'vanilla' ? 0 : M * hs),
      recurrent: take(cell === 'gru' ? B * rs : 0),
      gradHidden: [take(blockSteps * B * hs), take(blockSteps * B * hs)],
      carry: take(cell === 'vanilla' ? 0 : B * hs),
    }
  })
  return {
    hp,
    hs,
    rp,
    rs,
    vp,
    vs,
    blockSteps,
    layers,
    inputs: take(M),
    targets: take(M),
    logits: take(M * vs),
    decoderInput: take(decoderDropout > 0 ? M * hs : 0),
    decoderMask: take(decoderDropout > 0 ? M * hs : 0),
    packedDecoderBack: take(vp * hp),
    zeros: take(Math.max(hs, strideOf(padded(shape.embedding)))),
  }
}
