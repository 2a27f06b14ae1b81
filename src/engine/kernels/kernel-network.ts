/**
 * A recurrent network on a kernel: the same passes as recurrent/network.ts, its reference, with matrix products in tiles,
 * weights packed once a window, one-hot inputs gathered, and each weight's gradient one product over all T·B rows.
 */
import type { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import { createLayout, gateCount, offsetOf } from '../recurrent/shape'
import type { ParameterLayout, RecurrentShape } from '../recurrent/shape'
import type { Kernel } from './kernel'
import { layOutNetwork } from './kernel-layout'
import type { KernelLayer, KernelLayout } from './kernel-layout'

/** Bytes of a float, and of sixteen: a packed panel's row. */
const F = 4
const PANEL_BYTES = 64

/** How many rows of a long product are taken at a time, so that both operands stay in the caches. */
function blockOf(H: number): number {
  return H <= 160 ? 128 : 48
}

export class KernelNetwork {
  readonly shape: RecurrentShape
  readonly layout: ParameterLayout
  readonly B: number
  readonly T: number
  readonly #kernel: Kernel
  readonly #at: KernelLayout
  readonly #G: number
  readonly #dropout: number
  readonly #masks: readonly Float32Array[]
  #steps = 0

  constructor(shape: RecurrentShape, B: number, T: number, kernel: Kernel, dropout = 0) {
    this.shape = shape
    this.layout = createLayout(shape)
    this.B = B
    this.T = T
    this.#kernel = kernel
    this.#G = gateCount(shape.cell)
    this.#dropout = dropout
    this.#at = layOutNetwork(shape, B, T, kernel.take)
    this.#masks = this.#at.layers.map(
      ({ inputStride }, k) => new Float32Array(k > 0 && dropout > 0 ? T * B * inputStride : 0),
    )
  }

  createState(): NetworkState {
    const size = this.shape.layers * this.B * this.shape.hidden
    return { hidden: new Float32Array(size), cell: new Float32Array(this.shape.cell === 'lstm' ? size : 0) }
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
    this.#kernel.ids(this.#at.inputs, steps * this.B).set(inputs)
    this.#at.layers.forEach((layer, k) => {
      this.#copyState(layer.hidden, state.hidden, k, 'in')
      if (this.shape.cell === 'lstm') this.#copyState(layer.cell, state.cell, k, 'in')
      this.#readInput(values, layer, k, dropout)
      this.#runLayer(values, layer, k)
    })
    this.#decode(values)
  }

  carry(state: NetworkState): void {
    const after = this.#steps * this.B * this.#at.hs * F
    this.#at.layers.forEach((layer, k) => {
      this.#copyState(layer.hidden + after, state.hidden, k, 'out')
      if (this.shape.cell === 'lstm') this.#copyState(layer.cell + after, state.cell, k, 'out')
    })
  }

  /** Sum of the cross-entropy, nats; the logits become ∂(mean loss)/∂logits. */
  loss(targets: ArrayLike<number>): number {
    const M = this.#steps * this.B
    const { run } = this.#kernel
    const { logits, vs } = this.#at
    this.#kernel.ids(this.#at.targets, M).set(targets)
    return run.softmaxCrossEntropy(logits, vs * F, this.#at.targets, M, this.shape.vocabulary, 1 / M)
  }

  /** Adds the gradient of the mean cross-entropy to `gradients`; call after `loss`. */
  backward(values: Float32Array, gradients: Float32Array): void {
    this.#decodeBackward(gradients)
    for (let k = this.#at.layers.length - 1; k >= 0; k--) this.#backwardLayer(values, gradients, k)
  }

  /** Rows of a state (B, H) to or from padded rows. */
  #copyState(pointer: number, state: ArrayLike<number>, k: number, way: 'in' | 'out'): void {
    const { hidden: H } = this.shape
    const rows = this.#kernel.floats(pointer, this.B * this.#at.hs)
    const all = state as Float32Array
    for (let b = 0; b < this.B; b++) {
      const from = (k * this.B + b) * H
      const to = b * this.#at.hs
      if (way === 'in') rows.set(all.subarray(from, from + H), to)
      else all.set(rows.subarray(to, to + H), from)
    }
  }

  #readInput(values: Float32Array, layer: KernelLayer, k: number, dropout: Random | null): void {
    const M = this.#steps * this.B
    if (layer.paddedWidth === 0) return
    const input = this.#kernel.floats(layer.input, M * layer.inputStride)
    if (k === 0) {
      const table = offsetOf(this.layout, 'embedding.weight')
      const ids = this.#kernel.ids(this.#at.inputs, M)
      for (let m = 0; m < M; m++) {
        const from = table + ids[m] * layer.width
        input.set(values.subarray(from, from + layer.width), m * layer.inputStride)
      }
      return
    }
    const { hs } = this.#at // the layers below and above are equally wide
    input.set(this.#kernel.floats(this.#at.layers[k - 1].hidden + this.B * hs * F, M * hs))
    const mask = this.#masks[k]
    if (mask.length === 0) return
    const keep = 1 / (1 - this.#dropout)
    for (let m = 0; m < M; m++) {
      for (let i = m * layer.inputStride; i < m * layer.inputStride + layer.width; i++) {
        mask[i] = dropout === null ? 1 : dropout.uniform() < this.#dropout ? 0 : keep
        input[i] *= mask[i]
      }
    }
  }

  #runLayer(values: Float32Array, layer: KernelLayer, k: number): void {
    const { run } = this.#kernel
    const { hidden: H, vocabulary: V } = this.shape
    const { hp, hs, rp, rs } = this.#at
    const G = this.#G
    const M = this.#steps * this.B
    const weightIH = this.#pointer(values, `rnn.weight_ih_l${k}`)
    this.#readBias(values, layer, k)
    run.packTransposed(layer.packedHH, this.#pointer(values, `rnn.weight_hh_l${k}`), G, H, hp, H)
    if (layer.paddedWidth === 0) {
      run.transposeTable(layer.table, rs * F, weightIH, G, H, hp, V)
      run.gather(layer.gates, rs * F, layer.table, rs * F, this.#at.inputs, layer.bias, M, rs)
    } else {
      run.packTransposed(layer.packedIH, weightIH, G, H, hp, layer.width)
      run.fillRows(layer.gates, rs * F, layer.bias, M, rs)
      const [width, stride] = [layer.width, layer.inputStride * F]
      this.#timesPacked(M, rp, width, layer.input, stride, layer.packedIH, layer.gates, rs)
    }
    for (let t = 0; t < this.#steps; t++) this.#stepForward(layer, t * this.B * hs * F, t * this.B * rs * F)
  }

  #readBias(values: Float32Array, layer: KernelLayer, k: number): void {
    const { hidden: H, cell } = this.shape
    const { hp, rs } = this.#at
    const bias = this.#kernel.floats(layer.bias, rs)
    const recurrent = this.#kernel.floats(layer.recurrentBias, rs)
    const ih = offsetOf(this.layout, `rnn.bias_ih_l${k}`)
    const hh = offsetOf(this.layout, `rnn.bias_hh_l${k}`)
    for (let g = 0; g < this.#G; g++) {
      const isInner = cell === 'gru' && g === 2
      for (let j = 0; j < H; j++) {
        const from = g * H + j
        bias[g * hp + j] = isInner ? values[ih + from] : values[ih + from] + values[hh + from]
        if (isInner) recurrent[g * hp + j] = values[hh + from]
      }
    }
  }

  #stepForward(layer: KernelLayer, hAt: number, gAt: number): void {
    const { run } = this.#kernel
    const { hidden: H, cell } = this.shape
    const { hp, hs, rp, rs } = this.#at
    const { B } = this
    const before = layer.hidden + hAt
    const after = before + B * hs * F
    const gates = layer.gates + gAt
    if (cell === 'gru') {
      run.fillRows(layer.recurrent, rs * F, layer.recurrentBias, B, rs)
      this.#timesPacked(B, rp, H, before, hs * F, layer.packedHH, layer.recurrent, rs)
      run.gruForward(gates, rs * F, layer.recurrent, rs * F, before, layer.inner + hAt, after, hs * F, B, hp)
      return
    }
    this.#timesPacked(B, rp, H, before, hs * F, layer.packedHH, gates, rs)
    if (cell === 'vanilla') run.vanillaForward(gates, after, B * hs)
    else {
      const cellBefore = layer.cell + hAt
      run.lstmForward(gates, rs * F, cellBefore, cellBefore + B * hs * F, layer.inner + hAt, after, hs * F, B, hp)
    }
  }

  /** C (M, N) += A (M, K) · a packed B (K, N). */
  #timesPacked(
    M: number,
    N: number,
    K: number,
    a: number,
    aStride: number,
    packed: number,
    c: number,
    cs: number,
  ): void {
    this.#kernel.run.product(M, N, K, a, aStride, F, packed, PANEL_BYTES, K * PANEL_BYTES, c, cs * F, K)
  }

  #decode(values: Float32Array): void {
    const { run } = this.#kernel
    const { hidden: H, vocabulary: V } = this.shape
    const { hs, vp, vs, logits, decoderBias, packedDecoder } = this.#at
    const M = this.#steps * this.B
    const bias = offsetOf(this.layout, 'decoder.bias')
    this.#kernel.floats(decoderBias, vs).set(values.subarray(bias, bias + V))
    run.packTransposed(packedDecoder, this.#pointer(values, 'decoder.weight'), 1, V, vp, H)
    run.packRows(this.#at.packedDecoderBack, this.#pointer(values, 'decoder.weight'), 1, V, vp, H, this.#at.hp)
    run.fillRows(logits, vs * F, decoderBias, M, vs)
    this.#timesPacked(M, vp, H, this.#top() + this.B * hs * F, hs * F, packedDecoder, logits, vs)
  }

  #decodeBackward(gradients: Float32Array): void {
    const { run } = this.#kernel
    const { hidden: H, vocabulary: V } = this.shape
    const { hp, hs, vp, vs, logits, packedDecoderBack } = this.#at
    const M = this.#steps * this.B
    const top = this.#at.layers[this.#at.layers.length - 1]
    this.#addWeightGradient(gradients, 'decoder.weight', logits, vs, [1, V, vp], top.hidden + this.B * hs * F, hs, H)
    this.#addBiasGradient(gradients, 'decoder.bias', logits, vs, [1, V, vp])
    this.#kernel.floats(top.gradHidden, M * hs).fill(0)
    run.product(
      M,
      hp,
      vp,
      logits,
      vs * F,
      F,
      packedDecoderBack,
      PANEL_BYTES,
      vp * PANEL_BYTES,
      top.gradHidden,
      hs * F,
      vp,
    )
  }

  #backwardLayer(values: Float32Array, gradients: Float32Array, k: number): void {
    const { run } = this.#kernel
    const { hidden: H, vocabulary: V } = this.shape
    const { hp, hs, rp, rs } = this.#at
    const layer = this.#at.layers[k]
    const G = this.#G
    const M = this.#steps * this.B
    const gates: readonly [number, number, number] = [G, H, hp]
    run.packRows(layer.packedHHBack, this.#pointer(values, `rnn.weight_hh_l${k}`), G, H, hp, H, hp)
    this.#kernel.floats(layer.carry, this.B * hs).fill(0)
    if (layer.gradCell > 0) this.#kernel.floats(layer.gradCell, this.shape.cell === 'lstm' ? this.B * hs : 0).fill(0)
    for (let t = this.#steps - 1; t >= 0; t--) {
      this.#stepBackward(layer, t * this.B * hs * F, t * this.B * rs * F)
      const from = layer.gradRecurrent + t * this.B * rs * F
      this.#timesPacked(this.B, hp, rp, from, rs * F, layer.packedHHBack, layer.carry, hs)
    }
    this.#addWeightGradient(gradients, `rnn.weight_hh_l${k}`, layer.gradRecurrent, rs, gates, layer.hidden, hs, H)
    this.#addBiasGradient(gradients, `rnn.bias_ih_l${k}`, layer.gradGates, rs, gates)
    this.#addBiasGradient(gradients, `rnn.bias_hh_l${k}`, layer.gradRecurrent, rs, gates)
    if (layer.paddedWidth > 0) {
      this.#inputBackward(values, gradients, layer, k)
      return
    }
    this.#kernel.floats(layer.tableGradient, V * rs).fill(0)
    run.scatter(layer.tableGradient, rs * F, layer.gradGates, rs * F, this.#at.inputs, M, rp)
    const weight = this.#pointer(gradients, 'rnn.weight_ih_l0')
    run.addTransposedTable(weight, layer.tableGradient, rs * F, G, H, hp, V)
  }

  #stepBackward(layer: KernelLayer, hAt: number, gAt: number): void {
    const { run } = this.#kernel
    const { hp, hs, rs } = this.#at
    const { B } = this
    const gradGates = layer.gradGates + gAt
    const gates = layer.gates + gAt
    const gradHidden = layer.gradHidden + hAt
    const [hStride, gStride] = [hs * F, rs * F]
    switch (this.shape.cell) {
      case 'vanilla':
        return run.vanillaBackward(gradGates, gradHidden, layer.carry, layer.hidden + hAt + B * hStride, B * hs)
      case 'lstm':
        return run.lstmBackward(
          gradGates,
          gates,
          gStride,
          gradHidden,
          layer.carry,
          layer.gradCell,
          layer.cell + hAt,
          layer.inner + hAt,
          hStride,
          B,
          hp,
        )
      case 'gru':
        return run.gruBackward(
          gradGates,
          layer.gradRecurrent + gAt,
          gates,
          gStride,
          gradHidden,
          layer.carry,
          layer.hidden + hAt,
          layer.inner + hAt,
          hStride,
          B,
          hp,
        )
    }
  }

  #inputBackward(values: Float32Array, gradients: Float32Array, layer: KernelLayer, k: number): void {
    const { run } = this.#kernel
    const { hidden: H } = this.shape
    const { hp, hs, rp, rs } = this.#at
    const { width, paddedWidth, inputStride, input } = layer
    const M = this.#steps * this.B
    const name = `rnn.weight_ih_l${k}`
    this.#addWeightGradient(gradients, name, layer.gradGates, rs, [this.#G, H, hp], input, inputStride, width)
    run.packRows(layer.packedIHBack, this.#pointer(values, name), this.#G, H, hp, width, paddedWidth)
    // The input has been used: its buffer takes its gradient.
    const gradient = this.#kernel.floats(input, M * inputStride).fill(0)
    this.#timesPacked(M, paddedWidth, rp, layer.gradGates, rs * F, layer.packedIHBack, input, inputStride)
    const mask = this.#masks[k]
    for (let i = 0; i < mask.length && i < gradient.length; i++) gradient[i] *= mask[i]
    if (k > 0) {
      this.#kernel.floats(this.#at.layers[k - 1].gradHidden, M * hs).set(gradient)
      return
    }
    const table = offsetOf(this.layout, 'embedding.weight')
    const ids = this.#kernel.ids(this.#at.inputs, M)
    for (let m = 0; m < M; m++) {
      const to = table + ids[m] * width
      for (let d = 0; d < width; d++) gradients[to + d] += gradient[m * inputStride + d]
    }
  }

  /** gradient of a weight (rows, D) += Gᵀ (rows, M) · X (M, D), rows in their padded order [G, H, hp]. */
  #addWeightGradient(
    gradients: Float32Array,
    name: string,
    grad: number,
    gradStride: number,
    [g, h, hp]: readonly [number, number, number],
    x: number,
    xStride: number,
    width: number,
  ): void {
    const { run } = this.#kernel
    const { scratch } = this.#at
    const M = this.#steps * this.B
    const columns = Math.ceil(width / 16) * 16
    this.#kernel.floats(scratch, g * hp * xStride).fill(0)
    run.product(
      g * hp,
      columns,
      M,
      grad,
      F,
      gradStride * F,
      x,
      xStride * F,
      PANEL_BYTES,
      scratch,
      xStride * F,
      blockOf(width),
    )
    run.addUnpadded(this.#pointer(gradients, name), scratch, xStride * F, g, h, hp, width)
  }

  #addBiasGradient(
    gradients: Float32Array,
    name: string,
    grad: number,
    gradStride: number,
    [g, h, hp]: readonly [number, number, number],
  ): void {
    const { run } = this.#kernel
    const { scratch } = this.#at
    this.#kernel.floats(scratch, g * hp).fill(0)
    run.addRows(scratch, grad, gradStride * F, this.#steps * this.B, g * hp)
    run.addUnpadded(this.#pointer(gradients, name), scratch, F, g, h, hp, 1)
  }

  #pointer(values: Float32Array, name: string): number {
    return values.byteOffset + offsetOf(this.layout, name) * F
  }

  #top(): number {
    return this.#at.layers[this.#at.layers.length - 1].hidden
  }
}
