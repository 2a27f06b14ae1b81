/**
 * A feed-forward window on a kernel: the same passes as window/network.ts, its reference. On one-hot inputs the first layer
 * is a sum of k gathered rows and its gradient k scatters; embedded tokens are gathered side by side and multiplied.
 */
import type { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import { createLayout, offsetOf } from '../recurrent/shape'
import type { ParameterLayout } from '../recurrent/shape'
import type { WindowShape } from '../window/shape'
import type { Kernel } from './kernel'
import { layOutWindow } from './window-layout'
import type { WindowKernelLayer, WindowKernelLayout } from './window-layout'

/** Bytes of a float, and of sixteen: a packed panel's row. */
const F = 4
const PANEL_BYTES = 64

/** How many rows of a long product are taken at a time, so that both operands stay in the caches. */
function blockOf(columns: number): number {
  return columns <= 160 ? 128 : 48
}

/** A matrix in the kernel's memory: where it begins, and its rows apart in floats. */
interface Rows {
  readonly at: number
  readonly stride: number
}

export class KernelWindowNetwork {
  readonly shape: WindowShape
  readonly layout: ParameterLayout
  readonly B: number
  readonly T: number
  readonly #kernel: Kernel
  readonly #at: WindowKernelLayout
  readonly #dropout: number
  readonly #masks: readonly Float32Array[]
  #steps = 0

  constructor(shape: WindowShape, B: number, T: number, kernel: Kernel, dropout = 0) {
    this.shape = shape
    this.layout = createLayout(shape)
    this.B = B
    this.T = T
    this.#kernel = kernel
    this.#dropout = dropout
    this.#at = layOutWindow(shape, B, T, kernel.take, dropout)
    this.#masks = this.#at.layers.map(
      ({ inputStride }, n) => new Float32Array(n > 0 && dropout > 0 ? T * B * inputStride : 0),
    )
  }

  /** No token yet. */
  createState(): NetworkState {
    return { hidden: new Float32Array((this.shape.window - 1) * this.B), cell: new Float32Array(0) }
  }

  /** @param values the parameters, in the kernel's own memory */
  forward(
    values: Float32Array,
    inputs: ArrayLike<number>,
    state: NetworkState,
    steps = this.T,
    dropout: Random | null = null,
  ): void {
    this.#steps = steps
    const before = state.hidden.length
    const M = steps * this.B
    const tokens = this.#kernel.ids(this.#at.tokens, before + M)
    tokens.set(state.hidden)
    for (let i = 0; i < M; i++) tokens[before + i] = inputs[i] + 1
    this.#at.layers.forEach((layer, n) => {
      if (n === 0) this.#readTokens(values, layer)
      else if (layer.input > 0) this.#maskInput(layer, n, dropout)
      this.#runLayer(values, layer, n)
    })
    this.#decode(values)
  }

  /** The tokens before the next window's. */
  carry(state: NetworkState): void {
    const from = this.#at.tokens + this.#steps * this.B * F
    state.hidden.set(this.#kernel.ids(from, state.hidden.length))
  }

  /** Sum of the cross-entropy, nats; the logits become ∂(mean loss)/∂logits. */
  loss(targets: ArrayLike<number>): number {
    const M = this.#steps * this.B
    const { logits, vs } = this.#at
    this.#kernel.ids(this.#at.targets, M).set(targets)
    const { softmaxCrossEntropy } = this.#kernel.run
    return softmaxCrossEntropy(logits, vs * F, this.#at.targets, M, this.shape.vocabulary, 1 / M)
  }

  /** Adds the gradient of the mean cross-entropy to `gradients`; call after `loss`. */
  backward(values: Float32Array, gradients: Float32Array): void {
    this.#decodeBackward(gradients)
    for (let n = this.#at.layers.length - 1; n >= 0; n--) this.#backwardLayer(values, gradients, n)
  }

  /** One-hot: W transposed into a table. Embedded: the tokens' rows, side by side. */
  #readTokens(values: Float32Array, layer: WindowKernelLayer): void {
    const { run } = this.#kernel
    const { window: k, hidden: H, vocabulary: V, embedding: E } = this.shape
    const { hp, hs, ep, table, tokens } = this.#at
    if (E === 0) {
      run.transposeTable(table, hs * F, this.#pointer(values, 'hidden.0.weight'), 1, H, hp, k * V)
      return
    }
    const rows = this.#kernel.floats(table, (1 + V) * ep)
    const from = offsetOf(this.layout, 'embedding.weight')
    for (let v = 0; v < V; v++) rows.set(values.subarray(from + v * E, from + (v + 1) * E), (1 + v) * ep)
    // Oldest first: what a row's padding overwrites of the next token is written after it. Row 0 is zeros.
    for (let place = 0; place < k; place++) {
      const ids = tokens + place * this.B * F
      const target = layer.input + place * E * F
      run.gather(target, layer.inputStride * F, table, ep * F, ids, table, this.#steps * this.B, ep)
    }
  }

  #maskInput(layer: WindowKernelLayer, n: number, dropout: Random | null): void {
    const { hs } = this.#at
    const M = this.#steps * this.B
    const input = this.#kernel.floats(layer.input, M * hs)
    input.set(this.#kernel.floats(this.#at.layers[n - 1].hidden, M * hs))
    const mask = this.#masks[n]
    const keep = 1 / (1 - this.#dropout)
    for (let m = 0; m < M; m++) {
      for (let i = m * hs; i < m * hs + layer.width; i++) {
        mask[i] = dropout === null ? 1 : dropout.uniform() < this.#dropout ? 0 : keep
        input[i] *= mask[i]
      }
    }
  }

  #runLayer(values: Float32Array, layer: WindowKernelLayer, n: number): void {
    const { run } = this.#kernel
    const { window: k, hidden: H, vocabulary: V } = this.shape
    const { hp, hs, table, tokens } = this.#at
    const M = this.#steps * this.B
    const { hidden, bias } = layer
    const from = offsetOf(this.layout, `hidden.${n}.bias`)
    this.#kernel.floats(bias, hs).set(values.subarray(from, from + H))
    if (layer.paddedWidth === 0) {
      run.gatherWindow(hidden, hs * F, table, hs * F, tokens, bias, M, hs, this.B, k, V)
    } else {
      run.packTransposed(layer.packed, this.#pointer(values, `hidden.${n}.weight`), 1, H, hp, layer.width)
      run.fillRows(hidden, hs * F, bias, M, hs)
      this.#timesPacked(hp, layer.width, this.#inputOf(n), layer.packed, { at: hidden, stride: hs })
    }
    run.vanillaForward(hidden, hidden, M * hs)
  }

  /** What a layer reads, where it is not one-hot. */
  #inputOf(n: number): Rows {
    const { input, inputStride } = this.#at.layers[n]
    return { at: input > 0 ? input : this.#at.layers[n - 1].hidden, stride: inputStride }
  }

  /** C (M, N) += A (M, K) · a packed B (K, N). */
  #timesPacked(N: number, K: number, a: Rows, packed: number, c: Rows): void {
    const { product } = this.#kernel.run
    const M = this.#steps * this.B
    product(M, N, K, a.at, a.stride * F, F, packed, PANEL_BYTES, K * PANEL_BYTES, c.at, c.stride * F, K)
  }

  #decode(values: Float32Array): void {
    const { run } = this.#kernel
    const { hidden: H, vocabulary: V } = this.shape
    const { hp, vp, vs, logits, decoderBias, packedDecoder, packedDecoderBack } = this.#at
    const bias = offsetOf(this.layout, 'decoder.bias')
    const weight = this.#pointer(values, 'decoder.weight')
    this.#kernel.floats(decoderBias, vs).set(values.subarray(bias, bias + V))
    run.packTransposed(packedDecoder, weight, 1, V, vp, H)
    run.packRows(packedDecoderBack, weight, 1, V, vp, H, hp)
    run.fillRows(logits, vs * F, decoderBias, this.#steps * this.B, vs)
    this.#timesPacked(vp, H, this.#top(), packedDecoder, { at: logits, stride: vs })
  }

  #decodeBackward(gradients: Float32Array): void {
    const { vocabulary: V, hidden: H, layers: L } = this.shape
    const { hp, hs, vp, vs, packedDecoderBack } = this.#at
    const logits: Rows = { at: this.#at.logits, stride: vs }
    const { gradient } = this.#at.layers[L - 1]
    this.#addWeightGradient(gradients, 'decoder.weight', logits, [V, vp], this.#top(), H)
    this.#addBiasGradient(gradients, 'decoder.bias', logits, [V, vp])
    this.#kernel.floats(gradient, this.#steps * this.B * hs).fill(0)
    this.#timesPacked(hp, vp, logits, packedDecoderBack, { at: gradient, stride: hs })
  }

  #backwardLayer(values: Float32Array, gradients: Float32Array, n: number): void {
    const { run } = this.#kernel
    const { window: k, hidden: H, vocabulary: V } = this.shape
    const { hp, hs, carry, tableGradient, tokens } = this.#at
    const { hidden, gradient, paddedWidth, width } = this.#at.layers[n]
    const block = this.B * hs
    for (let t = 0; t < this.#steps; t++) {
      const at = gradient + t * block * F
      run.vanillaBackward(at, at, carry, hidden + t * block * F, block)
    }
    const rows: Rows = { at: gradient, stride: hs }
    this.#addBiasGradient(gradients, `hidden.${n}.bias`, rows, [H, hp])
    if (paddedWidth > 0) {
      this.#addWeightGradient(gradients, `hidden.${n}.weight`, rows, [H, hp], this.#inputOf(n), width)
      this.#inputBackward(values, gradients, n)
      return
    }
    this.#kernel.floats(tableGradient, k * V * hs).fill(0)
    const M = this.#steps * this.B
    run.scatterWindow(tableGradient, hs * F, gradient, hs * F, tokens, M, hp, this.B, k, V)
    const weight = this.#pointer(gradients, 'hidden.0.weight')
    run.addTransposedTable(weight, tableGradient, hs * F, 1, H, hp, k * V)
  }

  #inputBackward(values: Float32Array, gradients: Float32Array, n: number): void {
    const { run } = this.#kernel
    const { hidden: H } = this.shape
    const { hp, hs } = this.#at
    const { width, paddedWidth, inputStride, packedBack, gradient } = this.#at.layers[n]
    const at = n > 0 ? this.#at.layers[n - 1].gradient : this.#at.inputGradient
    const below = this.#kernel.floats(at, this.#steps * this.B * inputStride).fill(0)
    run.packRows(packedBack, this.#pointer(values, `hidden.${n}.weight`), 1, H, hp, width, paddedWidth)
    this.#timesPacked(paddedWidth, hp, { at: gradient, stride: hs }, packedBack, { at, stride: inputStride })
    const mask = this.#masks[n]
    for (let i = 0; i < mask.length && i < below.length; i++) below[i] *= mask[i]
    if (n === 0) this.#embeddingBackward(gradients, { at, stride: inputStride })
  }

  /** Every token's row takes its part of ∂L/∂input; what falls on row 0, no token, is dropped. */
  #embeddingBackward(gradients: Float32Array, input: Rows): void {
    const { run } = this.#kernel
    const { window: k, vocabulary: V, embedding: E } = this.shape
    const { ep, tableGradient, tokens } = this.#at
    const M = this.#steps * this.B
    this.#kernel.floats(tableGradient, (1 + V) * ep).fill(0)
    for (let place = 0; place < k; place++) {
      const ids = tokens + place * this.B * F
      run.scatter(tableGradient, ep * F, input.at + place * E * F, input.stride * F, ids, M, ep)
    }
    const weight = this.#pointer(gradients, 'embedding.weight')
    run.addUnpadded(weight, tableGradient + ep * F, ep * F, 1, V, V, E)
  }

  /** gradient of a weight (rows, D) += Gᵀ (rows, M) · X (M, D); rows as they are and padded. */
  #addWeightGradient(
    gradients: Float32Array,
    name: string,
    grad: Rows,
    [rows, paddedRows]: readonly [number, number],
    x: Rows,
    width: number,
  ): void {
    const { run } = this.#kernel
    const { scratch } = this.#at
    const stride = x.stride * F
    const columns = Math.ceil(width / 16) * 16
    const M = this.#steps * this.B
    this.#kernel.floats(scratch, paddedRows * x.stride).fill(0)
    const block = blockOf(width)
    run.product(paddedRows, columns, M, grad.at, F, grad.stride * F, x.at, stride, PANEL_BYTES, scratch, stride, block)
    run.addUnpadded(this.#pointer(gradients, name), scratch, stride, 1, rows, paddedRows, width)
  }

  #addBiasGradient(
    gradients: Float32Array,
    name: string,
    grad: Rows,
    [rows, paddedRows]: readonly [number, number],
  ): void {
    const { run } = this.#kernel
    const { scratch } = this.#at
    this.#kernel.floats(scratch, paddedRows).fill(0)
    run.addRows(scratch, grad.at, grad.stride * F, this.#steps * this.B, paddedRows)
    run.addUnpadded(this.#pointer(gradients, name), scratch, F, 1, rows, paddedRows, 1)
  }

  #pointer(values: Float32Array, name: string): number {
    return values.byteOffset + offsetOf(this.layout, name) * F
  }

  #top(): Rows {
    return { at: this.#at.layers[this.#at.layers.length - 1].hidden, stride: this.#at.hs }
  }
}
