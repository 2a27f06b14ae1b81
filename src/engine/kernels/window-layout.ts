/** Where the buffers of a feed-forward window lie in a kernel's memory. Rows are padded as in kernel-layout.ts. */
import { windowInputWidth } from '../window/shape'
import type { WindowShape } from '../window/shape'
import type { Take } from './kernel'
import { strideOf } from './kernel-layout'
import { padded, paddedVocabulary } from './kernel-order'
import { paddedEmbedding } from './window-order'

export interface WindowKernelLayer {
  /** D */
  readonly width: number
  /** D padded, and rows of the input apart, in floats; 0 for a one-hot input. */
  readonly paddedWidth: number
  readonly inputStride: number
  /** (T·B, D): embedded tokens, or the masked layer below; 0 where the layer below is read as it is. */
  readonly input: number
  /** (T·B, D), with dropout. */
  readonly mask: number
  /** W (H, D) packed for the way back; 0 for a one-hot input. */
  readonly packedBack: number
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
  /** E padded; 0 for a one-hot input. */
  readonly ep: number
  readonly layers: readonly WindowKernelLayer[]
  /** (k−1+T, B): a token plus one, 0 for none. */
  readonly tokens: number
  readonly targets: number
  /** (T·B, k·E): ∂L/∂input of embedded tokens. */
  readonly inputGradient: number
  readonly logits: number
  /** (T·B, H): what dropout leaves of the top layer's h, and its mask; not used without dropout before the decoder. */
  readonly decoderInput: number
  readonly decoderMask: number
  readonly packedDecoderBack: number
  /** A row of zeros. */
  readonly zeros: number
}

export function layOutWindow(
  shape: WindowShape,
  B: number,
  T: number,
  take: Take,
  dropout: number,
  decoderDropout: number,
): WindowKernelLayout {
  const { window: k, hidden: H, vocabulary: V, embedding: E } = shape
  const M = T * B
  const hp = padded(H)
  const hs = strideOf(hp)
  const vp = paddedVocabulary(V)
  const vs = strideOf(vp)
  const ep = paddedEmbedding(E)
  const layers = Array.from({ length: shape.layers }, (_, n): WindowKernelLayer => {
    const width = windowInputWidth(shape, n)
    const isOneHot = n === 0 && E === 0
    const isDropped = n > 0 && dropout > 0
    const paddedWidth = isOneHot ? 0 : padded(width)
    // A row's last token is written with its padding.
    const inputStride = n > 0 ? hs : isOneHot ? 0 : strideOf(padded(width + ep - E))
    return {
      width,
      paddedWidth,
      inputStride,
      input: n === 0 || isDropped ? take(M * inputStride) : 0,
      mask: take(isDropped ? M * hs : 0),
      packedBack: take(hp * paddedWidth),
      hidden: take(M * hs),
      gradient: take(M * hs),
    }
  })
  return {
    hp,
    hs,
    vp,
    vs,
    ep,
    layers,
    tokens: take((k - 1 + T) * B),
    targets: take(M),
    inputGradient: take(E > 0 ? M * layers[0].inputStride : 0),
    logits: take(M * vs),
    decoderInput: take(decoderDropout > 0 ? M * hs : 0),
    decoderMask: take(decoderDropout > 0 ? M * hs : 0),
    packedDecoderBack: take(vp * hp),
    zeros: take(Math.max(hs, layers[0].inputStride)),
  }
}
