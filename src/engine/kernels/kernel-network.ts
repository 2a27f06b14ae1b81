/**
 * A recurrent network on a kernel: the same passes as recurrent/network.ts, its reference, with matrix products in tiles,
 * one-hot inputs gathered, parameters in the order of kernel-order.ts, and blocks of time steps taken through all layers.
 */
import type { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import { createLayout } from '../recurrent/shape'
import type { ParameterLayout, RecurrentShape } from '../recurrent/shape'
import type { Kernel } from './kernel'
import { beginBackward, decodeBackward, endBackward, layerBackward } from './kernel-backward'
import { addBiases, decodeForward, F, layerForward } from './kernel-forward'
import type { KernelContext } from './kernel-forward'
import { layOutNetwork } from './kernel-layout'
import { placeParameters } from './kernel-order'

/** The views of a layer's states, made once. */
interface LayerViews {
  readonly hidden: Float32Array
  readonly cell: Float32Array
  /** LSTM's and GRU's gradient that one step hands to the one before. */
  readonly carry: Float32Array
  readonly mask: Float32Array
}

export class KernelNetwork {
  readonly shape: RecurrentShape
  readonly layout: ParameterLayout
  readonly B: number
  readonly T: number
  readonly #context: KernelContext
  readonly #dropout: number
  readonly #views: readonly LayerViews[]
  readonly #inputs: Uint32Array
  readonly #targets: Uint32Array
  #steps = 0

  constructor(shape: RecurrentShape, B: number, T: number, kernel: Kernel, dropout = 0) {
    this.shape = shape
    this.layout = createLayout(shape)
    this.B = B
    this.T = T
    this.#dropout = dropout
    const at = layOutNetwork(shape, B, T, kernel.take, dropout)
    const places = placeParameters(shape)
    this.#context = { run: kernel.run, shape, places, at, B, isDropped: dropout > 0 }
    const { hs } = at
    const isLstm = shape.cell === 'lstm'
    this.#views = at.layers.map(({ hidden, cell, carry, mask }, k) => ({
      hidden: kernel.floats(hidden, (T + 1) * B * hs),
      cell: kernel.floats(cell, isLstm ? (T + 1) * B * hs : 0),
      carry: kernel.floats(carry, shape.cell === 'vanilla' ? 0 : B * hs),
      mask: kernel.floats(mask, k > 0 && dropout > 0 ? T * B * hs : 0),
    }))
    this.#inputs = kernel.ids(at.inputs, T * B)
    this.#targets = kernel.ids(at.targets, T * B)
  }

  createState(): NetworkState {
    const size = this.shape.layers * this.B * this.shape.hidden
    return { hidden: new Float32Array(size), cell: new Float32Array(this.shape.cell === 'lstm' ? size : 0) }
  }

  /** @param values the parameters, in the kernel's own memory and order */
  forward(
    { byteOffset: values }: Float32Array,
    inputs: ArrayLike<number>,
    state: NetworkState,
    steps = this.T,
    dropout: Random | null = null,
  ): void {
    const context = this.#context
    const { at, run, places } = context
    this.#steps = steps
    this.#inputs.set(inputs)
    this.#views.forEach(({ hidden, cell }, k) => {
      this.#copyIn(hidden, state.hidden, k)
      if (cell.length > 0) this.#copyIn(cell, state.cell, k)
    })
    addBiases(context, values)
    this.#drawMasks(dropout)
    const [{ input, inputStride, paddedWidth }] = at.layers
    if (paddedWidth > 0) {
      const table = values + places.embedding * F
      run.gather(input, inputStride * F, table, paddedWidth * F, at.inputs, at.zeros, steps * this.B, paddedWidth)
    }
    for (let first = 0; first < steps; first += at.blockSteps) {
      const block = { first, end: Math.min(steps, first + at.blockSteps) }
      for (let k = 0; k < at.layers.length; k++) layerForward(context, values, k, block)
      decodeForward(context, values, block)
    }
  }

  carry(state: NetworkState): void {
    this.#views.forEach(({ hidden, cell }, k) => {
      this.#copyOut(hidden, state.hidden, k)
      if (cell.length > 0) this.#copyOut(cell, state.cell, k)
    })
  }

  /** Sum of the cross-entropy, nats; the logits become ∂(mean loss)/∂logits. */
  loss(targets: ArrayLike<number>): number {
    const M = this.#steps * this.B
    const { at, run } = this.#context
    this.#targets.set(targets)
    return run.softmaxCrossEntropy(at.logits, at.vs * F, at.targets, M, this.shape.vocabulary, 1 / M)
  }

  /** The gradient of the mean cross-entropy, in `gradients`, which hold zeros before; call after `loss`. */
  backward({ byteOffset: values }: Float32Array, { byteOffset: gradients }: Float32Array): void {
    const { blockSteps, layers } = this.#context.at
    const context = { ...this.#context, values, gradients, steps: this.#steps }
    for (const { carry } of this.#views) carry.fill(0)
    beginBackward(context)
    let turn: 0 | 1 = 0
    for (let first = Math.floor((this.#steps - 1) / blockSteps) * blockSteps; first >= 0; first -= blockSteps) {
      const block = { first, end: Math.min(this.#steps, first + blockSteps) }
      decodeBackward(context, block, turn)
      for (let k = layers.length - 1; k >= 0; k--) layerBackward(context, k, block, turn)
      turn = turn === 0 ? 1 : 0
    }
    endBackward(context)
  }

  /** A state (B, H) into the padded rows before the first step. */
  #copyIn(rows: Float32Array, state: ArrayLike<number>, k: number): void {
    const { hidden: H } = this.shape
    const { hs } = this.#context.at
    for (let b = 0; b < this.B; b++) {
      const from = (k * this.B + b) * H
      for (let j = 0; j < H; j++) rows[b * hs + j] = state[from + j]
    }
  }

  /** The padded rows after the last step into a state (B, H). */
  #copyOut(rows: Float32Array, state: NetworkState['hidden'], k: number): void {
    const { hidden: H } = this.shape
    const { hs } = this.#context.at
    for (let b = 0; b < this.B; b++) {
      const [from, to] = [(this.#steps * this.B + b) * hs, (k * this.B + b) * H]
      for (let j = 0; j < H; j++) state[to + j] = rows[from + j]
    }
  }

  /** What dropout leaves of each layer's input, drawn layer after layer as the reference draws it; without it, all. */
  #drawMasks(dropout: Random | null): void {
    const { at } = this.#context
    const M = this.#steps * this.B
    const keep = 1 / (1 - this.#dropout)
    this.#views.forEach(({ mask }, k) => {
      const { width, inputStride } = at.layers[k]
      for (let m = 0; m < M && mask.length > 0; m++) {
        for (let i = m * inputStride; i < m * inputStride + width; i++) {
          mask[i] = dropout === null ? 1 : dropout.uniform() < this.#dropout ? 0 : keep
        }
      }
    })
  }
}
