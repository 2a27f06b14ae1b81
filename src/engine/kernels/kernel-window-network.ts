/**
 * A feed-forward window on a kernel: the same passes as window/network.ts, its reference. On one-hot inputs the first layer
 * is a sum of k gathered rows and its gradient k scatters; embedded tokens are gathered side by side and multiplied.
 */
import { drawDropoutMask } from '../random/dropout'
import type { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import { createLayout } from '../recurrent/shape'
import type { ParameterLayout } from '../recurrent/shape'
import type { NetworkRows } from '../recurrent/step-rows'
import type { WindowShape } from '../window/shape'
import type { Kernel } from './kernel'
import { addWeightGradient } from './kernel-backward'
import { F, PANEL_BYTES } from './kernel-forward'
import { layOutWindow } from './window-layout'
import type { WindowKernelLayer, WindowKernelLayout } from './window-layout'
import { placeWindow } from './window-order'
import type { WindowPlaces } from './window-order'

export class KernelWindowNetwork {
  readonly shape: WindowShape
  readonly layout: ParameterLayout
  readonly B: number
  readonly T: number
  readonly #kernel: Kernel
  readonly #at: WindowKernelLayout
  readonly #places: WindowPlaces
  readonly #dropout: number
  readonly #decoderDropout: number
  readonly #masks: readonly Float32Array[]
  readonly #decoderMask: Float32Array // (T·B, H), empty without dropout before the decoder
  readonly #tokens: Uint32Array
  readonly #targets: Uint32Array
  /** The gradients of the embedding, with its row of no token. */
  #embedding: Float32Array = new Float32Array(0)
  #steps = 0

  constructor(shape: WindowShape, B: number, T: number, kernel: Kernel, dropout = 0, decoderDropout = 0) {
    this.shape = shape
    this.layout = createLayout(shape)
    this.B = B
    this.T = T
    this.#kernel = kernel
    this.#dropout = dropout
    this.#decoderDropout = decoderDropout
    this.#at = layOutWindow(shape, B, T, kernel.take, dropout, decoderDropout)
    this.#places = placeWindow(shape)
    this.#masks = this.#at.layers.map(({ mask }, n) =>
      kernel.floats(mask, n > 0 && dropout > 0 ? T * B * this.#at.hs : 0),
    )
    this.#decoderMask = kernel.floats(this.#at.decoderMask, decoderDropout > 0 ? T * B * this.#at.hs : 0)
    this.#tokens = kernel.ids(this.#at.tokens, (shape.window - 1 + T) * B)
    this.#targets = kernel.ids(this.#at.targets, T * B)
  }

  /** No token yet. */
  createState(): NetworkState {
    return { hidden: new Float32Array((this.shape.window - 1) * this.B), cell: new Float32Array(0) }
  }

  /** @param values the parameters, in the kernel's own memory and order */
  forward(
    { byteOffset: values }: Float32Array,
    inputs: ArrayLike<number>,
    state: NetworkState,
    steps = this.T,
    dropout: Random | null = null,
  ): void {
    this.#steps = steps
    const before = state.hidden.length
    const M = steps * this.B
    this.#tokens.set(state.hidden)
    for (let i = 0; i < M; i++) this.#tokens[before + i] = inputs[i] + 1
    const { layers, hp, hs, vp, vs, logits } = this.#at
    for (let n = 0; n < layers.length; n++) {
      const layer = layers[n]
      if (n === 0 && layer.paddedWidth > 0) this.#readTokens(values, layer)
      if (n > 0 && layer.input > 0) this.#maskInput(layer, n, dropout)
      this.#runLayer(values, layer, n)
    }
    this.#maskDecoderInput(dropout)
    const weight = values + this.#places.decoder * F
    const bias = values + this.#places.decoderBias * F
    this.#timesPacked(vp, this.shape.hidden, this.#decoderInputAt(), hs, weight, hp, bias, logits, vs)
  }

  /** The tokens before the next window's. */
  carry(state: NetworkState): void {
    const from = this.#steps * this.B
    for (let i = 0; i < state.hidden.length; i++) state.hidden[i] = this.#tokens[from + i]
  }

  /** What each step of the last window came to, of the first sequence. */
  rows(): NetworkRows {
    const { layers, hs, vs, logits } = this.#at
    const M = this.T * this.B
    return {
      logits: { values: this.#kernel.floats(logits, M * vs), first: 0, stride: this.B * vs },
      layers: layers.map(({ hidden }) => ({
        hidden: { values: this.#kernel.floats(hidden, M * hs), first: 0, stride: this.B * hs },
        cell: null,
        gates: {},
      })),
    }
  }

  /** Sum of the cross-entropy, nats; the logits become ∂(mean loss)/∂logits. */
  loss(targets: ArrayLike<number>): number {
    const M = this.#steps * this.B
    const { logits, vs } = this.#at
    this.#targets.set(targets)
    const { softmaxCrossEntropy } = this.#kernel.run
    return softmaxCrossEntropy(logits, vs * F, this.#at.targets, M, this.shape.vocabulary, 1 / M)
  }

  /** The gradient of the mean cross-entropy, in `gradients`, which hold zeros before; call after `loss`. */
  backward({ byteOffset: values }: Float32Array, { byteOffset: gradients }: Float32Array): void {
    const { run } = this.#kernel
    const { hidden: H, vocabulary: V, layers: L } = this.shape
    const { hp, hs, vp, vs, logits, packedDecoderBack, zeros } = this.#at
    const { decoder, decoderBias } = this.#places
    const M = this.#steps * this.B
    run.transposePanels(packedDecoderBack, values + decoder * F, hp, vp)
    addWeightGradient(run, gradients + decoder * F, H, hp, vp, this.#decoderInputAt(), hs * F, logits, vs * F, M)
    run.addRows(gradients + decoderBias * F, logits, vs * F, M, vp)
    const { gradient } = this.#at.layers[L - 1]
    this.#timesPacked(hp, V, logits, vs, packedDecoderBack, vp, zeros, gradient, hs)
    if (this.#decoderMask.length > 0) run.multiply(gradient, gradient, this.#at.decoderMask, M * hs)
    for (let n = L - 1; n >= 0; n--) this.#backwardLayer(values, gradients, n)
  }

  /** Embedded tokens, side by side. Oldest first: what a row's padding overwrites of the next token is written after it. */
  #readTokens(values: number, layer: WindowKernelLayer): void {
    const { window: k, embedding: E } = this.shape
    const { ep, tokens, zeros } = this.#at
    const table = values + this.#places.embedding * F
    for (let place = 0; place < k; place++) {
      const ids = tokens + place * this.B * F
      const target = layer.input + place * E * F
      this.#kernel.run.gather(target, layer.inputStride * F, table, ep * F, ids, zeros, this.#steps * this.B, ep)
    }
  }

  #maskInput(layer: WindowKernelLayer, n: number, dropout: Random | null): void {
    const { hs, layers } = this.#at
    const M = this.#steps * this.B
    const mask = this.#masks[n]
    drawDropoutMask(mask, M, layer.width, hs, this.#dropout, dropout)
    this.#kernel.run.multiply(layer.input, layers[n - 1].hidden, layer.mask, M * hs)
  }

  #maskDecoderInput(dropout: Random | null): void {
    if (this.#decoderMask.length === 0) return
    const { hs, decoderInput, decoderMask } = this.#at
    const M = this.#steps * this.B
    drawDropoutMask(this.#decoderMask, M, this.shape.hidden, hs, this.#decoderDropout, dropout)
    this.#kernel.run.multiply(decoderInput, this.#top(), decoderMask, M * hs)
  }

  #runLayer(values: number, layer: WindowKernelLayer, n: number): void {
    const { run } = this.#kernel
    const { window: k, vocabulary: V } = this.shape
    const { hp, hs, tokens } = this.#at
    const M = this.#steps * this.B
    const { hidden } = layer
    const weight = values + this.#places.layers[n].weight * F
    const bias = values + this.#places.layers[n].bias * F
    if (layer.paddedWidth === 0) run.gatherWindow(hidden, hs * F, weight, hp * F, tokens, bias, M, hp, this.B, k, V)
    else {
      const { width, paddedWidth, inputStride } = layer
      this.#timesPacked(hp, width, this.#inputAt(n), inputStride, weight, paddedWidth, bias, hidden, hs)
    }
    run.vanillaForward(hidden, hidden, M * hs)
  }

  /** What a layer reads, where it is not one-hot. */
  #inputAt(n: number): number {
    const { input } = this.#at.layers[n]
    return input > 0 ? input : this.#at.layers[n - 1].hidden
  }

  /** C (M, N) = a row + A (M, K) · a packed B, of so many rows; A's and C's rows so many floats apart. */
  #timesPacked(
    N: number,
    K: number,
    a: number,
    aStride: number,
    b: number,
    rows: number,
    start: number,
    c: number,
    cStride: number,
  ): void {
    const M = this.#steps * this.B
    const panel = rows * PANEL_BYTES
    // prettier-ignore
    this.#kernel.run.product(M, N, K, a, aStride * F, F, b, PANEL_BYTES, panel, start, 0, PANEL_BYTES, c, cStride * F, PANEL_BYTES)
  }

  #backwardLayer(values: number, gradients: number, n: number): void {
    const { run } = this.#kernel
    const { window: k, vocabulary: V } = this.shape
    const { hp, hs, tokens } = this.#at
    const { hidden, gradient, paddedWidth, width, inputStride } = this.#at.layers[n]
    const M = this.#steps * this.B
    const weight = gradients + this.#places.layers[n].weight * F
    run.vanillaBackward(gradient, hidden, M * hs)
    run.addRows(gradients + this.#places.layers[n].bias * F, gradient, hs * F, M, hp)
    if (paddedWidth === 0) {
      run.scatterWindow(weight, hp * F, gradient, hs * F, tokens, M, hp, this.B, k, V)
      return
    }
    addWeightGradient(run, weight, width, paddedWidth, hp, this.#inputAt(n), inputStride * F, gradient, hs * F, M)
    this.#inputBackward(values, gradients, n)
  }

  #inputBackward(values: number, gradients: number, n: number): void {
    const { run } = this.#kernel
    const { hp, hs, zeros } = this.#at
    const { paddedWidth, inputStride, packedBack, gradient, mask } = this.#at.layers[n]
    const below = n > 0 ? this.#at.layers[n - 1].gradient : this.#at.inputGradient
    run.transposePanels(packedBack, values + this.#places.layers[n].weight * F, paddedWidth, hp)
    this.#timesPacked(paddedWidth, hp, gradient, hs, packedBack, hp, zeros, below, inputStride)
    if (n === 0) this.#embeddingBackward(gradients, below, inputStride)
    else if (this.#masks[n].length > 0) run.multiply(below, below, mask, this.#steps * this.B * hs)
  }

  /** Every token's row takes its part of ∂L/∂input; what falls on row 0, no token, and on the padding is dropped. */
  #embeddingBackward(gradients: number, input: number, stride: number): void {
    const { run } = this.#kernel
    const { window: k, vocabulary: V, embedding: E } = this.shape
    const { ep, tokens } = this.#at
    const M = this.#steps * this.B
    const table = gradients + this.#places.embedding * F
    for (let place = 0; place < k; place++) {
      const ids = tokens + place * this.B * F
      run.scatter(table, ep * F, input + place * E * F, stride * F, ids, M, ep)
    }
    // A trainer's gradients lie always in the same place.
    if (this.#embedding.byteOffset !== table) this.#embedding = this.#kernel.floats(table, (1 + V) * ep)
    const rows = this.#embedding
    rows.fill(0, 0, ep)
    for (let v = 1; v <= V; v++) rows.fill(0, v * ep + E, (v + 1) * ep)
  }

  #decoderInputAt(): number {
    return this.#decoderMask.length > 0 ? this.#at.decoderInput : this.#top()
  }

  #top(): number {
    return this.#at.layers[this.#at.layers.length - 1].hidden
  }
}
