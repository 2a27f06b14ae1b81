/**
 * A recurrent network on a kernel: the same passes as recurrent/network.ts, its reference, with matrix products in tiles,
 * one-hot inputs gathered, parameters in the order of kernel-order.ts, and blocks of time steps taken through all layers.
 */
import { drawDropoutMask } from '../random/dropout'
import type { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import { createLayout, GATES } from '../recurrent/shape'
import type { ParameterLayout, RecurrentShape } from '../recurrent/shape'
import type { NetworkRows } from '../recurrent/step-rows'
import type { Kernel } from './kernel'
import { beginBackward, decodeBackward, endBackward, layerBackward } from './kernel-backward'
import { addBiases, blocksOf, decodeForward, F, layerForward } from './kernel-forward'
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
  readonly #kernel: Kernel
  readonly #context: KernelContext
  readonly #dropout: number
  readonly #decoderDropout: number
  readonly #decoderMask: Float32Array // (T·B, H), empty without dropout before the decoder
  readonly #views: readonly LayerViews[]
  readonly #inputs: Uint32Array
  readonly #targets: Uint32Array

  constructor(shape: RecurrentShape, B: number, T: number, kernel: Kernel, dropout = 0, decoderDropout = 0) {
    this.shape = shape
    this.layout = createLayout(shape)
    this.B = B
    this.T = T
    this.#kernel = kernel
    this.#dropout = dropout
    this.#decoderDropout = decoderDropout
    const at = layOutNetwork(shape, B, T, kernel.take, dropout, decoderDropout)
    const places = placeParameters(shape)
    const blocks = blocksOf(T, at.blockSteps)
    const passes = { values: 0, gradients: 0, steps: T, blocks }
    const dropped = { isDropped: dropout > 0, isDecoderDropped: decoderDropout > 0 }
    this.#context = { run: kernel.run, shape, places, at, B, ...dropped, ...passes }
    const { hs } = at
    const isLstm = shape.cell === 'lstm'
    this.#views = at.layers.map(({ hidden, cell, carry, mask }, k) => ({
      hidden: kernel.floats(hidden, (T + 1) * B * hs),
      cell: kernel.floats(cell, isLstm ? (T + 1) * B * hs : 0),
      carry: kernel.floats(carry, shape.cell === 'vanilla' ? 0 : B * hs),
      mask: kernel.floats(mask, k > 0 && dropout > 0 ? T * B * hs : 0),
    }))
    this.#decoderMask = kernel.floats(at.decoderMask, decoderDropout > 0 ? T * B * hs : 0)
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
    context.values = values
    this.#takeSteps(steps)
    this.#inputs.set(inputs)
    for (let k = 0; k < at.layers.length; k++) {
      const { hidden, cell } = this.#views[k]
      this.#copyIn(hidden, state.hidden, k)
      if (cell.length > 0) this.#copyIn(cell, state.cell, k)
    }
    addBiases(context)
    this.#drawMasks(dropout)
    const { input, inputStride, paddedWidth } = at.layers[0]
    if (paddedWidth > 0) {
      const table = values + places.embedding * F
      run.gather(input, inputStride * F, table, paddedWidth * F, at.inputs, at.zeros, steps * this.B, paddedWidth)
    }
    for (let i = 0; i < context.blocks.length; i++) {
      const block = context.blocks[i]
      for (let k = 0; k < at.layers.length; k++) layerForward(context, k, block)
      decodeForward(context, block)
    }
  }

  carry(state: NetworkState): void {
    for (let k = 0; k < this.#views.length; k++) {
      const { hidden, cell } = this.#views[k]
      this.#copyOut(hidden, state.hidden, k)
      if (cell.length > 0) this.#copyOut(cell, state.cell, k)
    }
  }

  /** What each step of the last window came to, of the first sequence; vanilla keeps no gates. */
  rows(): NetworkRows {
    const { at } = this.#context
    const { cell } = this.shape
    const stride = this.B * at.hs
    return {
      logits: { values: this.#kernel.floats(at.logits, this.T * this.B * at.vs), first: 0, stride: this.B * at.vs },
      layers: at.layers.map((layer, k) => {
        const gates = this.#kernel.floats(layer.gates, cell === 'vanilla' ? 0 : this.T * this.B * at.rs)
        return {
          hidden: { values: this.#views[k].hidden, first: stride, stride },
          cell: cell === 'lstm' ? { values: this.#views[k].cell, first: stride, stride } : null,
          gates: Object.fromEntries(
            GATES[cell].map((name, g) => [name, { values: gates, first: g * at.hp, stride: this.B * at.rs }]),
          ),
        }
      }),
    }
  }

  /** Sum of the cross-entropy, nats; the logits become ∂(mean loss)/∂logits. */
  loss(targets: ArrayLike<number>): number {
    const { at, run, steps } = this.#context
    const M = steps * this.B
    this.#targets.set(targets)
    return run.softmaxCrossEntropy(at.logits, at.vs * F, at.targets, M, this.shape.vocabulary, 1 / M)
  }

  /** The gradient of the mean cross-entropy, in `gradients`, which hold zeros before; call after `loss`. */
  backward({ byteOffset: values }: Float32Array, { byteOffset: gradients }: Float32Array): void {
    const context = this.#context
    context.values = values
    context.gradients = gradients
    for (let k = 0; k < this.#views.length; k++) this.#views[k].carry.fill(0)
    beginBackward(context)
    for (let i = context.blocks.length - 1; i >= 0; i--) {
      const block = context.blocks[i]
      decodeBackward(context, block)
      for (let k = this.#views.length - 1; k >= 0; k--) layerBackward(context, k, block)
    }
    endBackward(context)
  }

  /** A window is T steps but for the last of a text that is read. */
  #takeSteps(steps: number): void {
    const context = this.#context
    if (steps !== context.steps) context.blocks = blocksOf(steps, context.at.blockSteps)
    context.steps = steps
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
    const { steps, at } = this.#context
    for (let b = 0; b < this.B; b++) {
      const from = (steps * this.B + b) * at.hs
      const to = (k * this.B + b) * H
      for (let j = 0; j < H; j++) state[to + j] = rows[from + j]
    }
  }

  /** The masks of all layers and of the decoder, drawn in the reference's order. */
  #drawMasks(dropout: Random | null): void {
    const { at, steps } = this.#context
    const rows = steps * this.B
    for (let k = 0; k < at.layers.length; k++) {
      const { mask } = this.#views[k]
      const { width, inputStride } = at.layers[k]
      if (mask.length > 0) drawDropoutMask(mask, rows, width, inputStride, this.#dropout, dropout)
    }
    if (this.#decoderMask.length === 0) return
    drawDropoutMask(this.#decoderMask, rows, this.shape.hidden, at.hs, this.#decoderDropout, dropout)
  }
}
