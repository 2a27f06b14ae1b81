/** Where the buffers of a network lie in a kernel's memory. Rows are padded so that no column is left over in a tile. */
import { gateCount, inputWidth } from '../recurrent/shape'
import type { RecurrentShape } from '../recurrent/shape'
import type { Take } from './kernel'

const PANEL = 16
const NARROW = 8

/** Rows a multiple of 512 bytes apart fall into few sets of the first cache: they are moved apart. */
function strideOf(columns: number): number {
  return columns % 128 === 0 ? columns + PANEL : columns
}

export const padded = (columns: number): number => Math.ceil(columns / PANEL) * PANEL

export interface KernelLayer {
  readonly width: number
  /** D padded; 0 for a one-hot input. */
  readonly paddedWidth: number
  readonly inputStride: number
  /** (T·B, D) */
  readonly input: number
  /** (V, G·hp) and its gradient, for a one-hot input. */
  readonly table: number
  readonly tableGradient: number
  /** W_ih and W_hh packed for the way forward (transposed) and back. */
  readonly packedIH: number
  readonly packedIHBack: number
  readonly packedHH: number
  readonly packedHHBack: number
  readonly bias: number
  /** GRU: b_hn, added to the recurrent product alone. */
  readonly recurrentBias: number
  readonly gates: number
  readonly hidden: number
  readonly cell: number
  readonly inner: number
  readonly recurrent: number
  readonly gradGates: number
  readonly gradRecurrent: number
  readonly gradHidden: number
  readonly carry: number
  readonly gradCell: number
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
  readonly layers: readonly KernelLayer[]
  readonly inputs: number
  readonly targets: number
  readonly logits: number
  readonly decoderBias: number
  readonly packedDecoder: number
  readonly packedDecoderBack: number
  /** Gradients of one weight, padded, before they are added to where they belong. */
  readonly scratch: number
}

export function layOutNetwork(shape: RecurrentShape, B: number, T: number, take: Take): KernelLayout {
  const { hidden: H, vocabulary: V, cell } = shape
  const G = gateCount(cell)
  const hp = padded(H)
  const hs = strideOf(hp)
  const rp = G * hp
  const rs = strideOf(rp)
  const vp = Math.ceil(V / NARROW) * NARROW
  const vs = strideOf(vp)
  const M = T * B
  const widest = Math.max(hs, ...Array.from({ length: shape.layers }, (_, k) => strideOf(padded(inputWidth(shape, k)))))
  const layers = Array.from({ length: shape.layers }, (_, k): KernelLayer => {
    const width = inputWidth(shape, k)
    const isOneHot = k === 0 && shape.embedding === 0
    const paddedWidth = isOneHot ? 0 : padded(width)
    const inputStride = isOneHot ? 0 : strideOf(paddedWidth)
    const gradGates = take(M * rs)
    return {
      width,
      paddedWidth,
      inputStride,
      input: take(M * inputStride),
      table: take(isOneHot ? V * rs : 0),
      tableGradient: take(isOneHot ? V * rs : 0),
      packedIH: take(isOneHot ? 0 : width * rp),
      packedIHBack: take(isOneHot ? 0 : rp * paddedWidth),
      packedHH: take(H * rp),
      packedHHBack: take(rp * hp),
      bias: take(rs),
      recurrentBias: take(rs),
      gates: take(M * rs),
      hidden: take((M + B) * hs),
      cell: take(cell === 'lstm' ? (M + B) * hs : 0),
      inner: take(cell === 'vanilla' ? 0 : M * hs),
      recurrent: take(cell === 'gru' ? B * rs : 0),
      gradGates,
      gradRecurrent: cell === 'gru' ? take(M * rs) : gradGates,
      gradHidden: take(M * hs),
      carry: take(B * hs),
      gradCell: take(cell === 'lstm' ? B * hs : 0),
    }
  })
  return {
    hp,
    hs,
    rp,
    rs,
    vp,
    vs,
    layers,
    inputs: take(M),
    targets: take(M),
    logits: take(M * vs),
    decoderBias: take(vs),
    packedDecoder: take(H * vp),
    packedDecoderBack: take(vp * hp),
    scratch: take(Math.max(rp, vp) * widest),
  }
}
