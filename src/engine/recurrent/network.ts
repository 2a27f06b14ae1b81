/**
 * A recurrent network over a window of T steps and B sequences: forward, loss and backward by truncated back-propagation
 * through time (Werbos 1990; Williams and Peng 1990), on buffers that are made once. Parameters and gradients are flat
 * buffers of one layout.
 */
import { createFloats } from '../numerics/floats'
import type { Floats, Precision } from '../numerics/floats'
import { addProduct, addRows, addTransposedProduct, transpose } from '../numerics/products'
import { softmaxCrossEntropy } from '../numerics/softmax'
import { drawDropoutMask } from '../random/dropout'
import type { Random } from '../random/generator'
import { CELL_STEPS } from './cells'
import { createLayer } from './layer'
import type { Layer } from './layer'
import { createLayout, GATES, offsetOf } from './shape'
import type { ParameterLayout, RecurrentShape } from './shape'
import type { NetworkRows } from './step-rows'

/**
 * What is carried from window to window: h and, for LSTM, c; each (L, B, H). A feed-forward window carries tokens instead
 * (window/network.ts). All zero is the state before a text's first token.
 */
export interface NetworkState {
  readonly hidden: Floats
  readonly cell: Floats
}

export class RecurrentNetwork {
  readonly shape: RecurrentShape
  readonly layout: ParameterLayout
  readonly B: number
  readonly T: number
  readonly layers: readonly Layer[]
  /** (T·B, V): logits, and after `loss` probabilities. */
  readonly logits: Floats
  readonly #dropout: number
  readonly #decoderDropout: number
  /** (T·B, H): what dropout leaves of the top layer's h, and its mask, 0 or 1/(1−p); empty without dropout there. */
  readonly #decoderInput: Floats
  readonly #decoderMask: Floats
  readonly #decoder: Floats // (H, V), the decoder's weight transposed
  readonly #inputGradient: Floats // (V, G·H), for one-hot inputs
  #inputs: ArrayLike<number> = []
  #steps = 0

  constructor(shape: RecurrentShape, B: number, T: number, precision: Precision, dropout = 0, decoderDropout = 0) {
    this.shape = shape
    this.layout = createLayout(shape)
    this.B = B
    this.T = T
    this.#dropout = dropout
    this.#decoderDropout = decoderDropout
    const dropped = decoderDropout > 0 ? T * B * shape.hidden : 0
    this.#decoderInput = createFloats(precision, dropped)
    this.#decoderMask = createFloats(precision, dropped)
    this.layers = Array.from({ length: shape.layers }, (_, k) => createLayer(shape, k, B, T, precision, dropout))
    this.logits = createFloats(precision, T * B * shape.vocabulary)
    this.#decoder = createFloats(precision, shape.hidden * shape.vocabulary)
    this.#inputGradient = createFloats(precision, shape.embedding > 0 ? 0 : shape.vocabulary * this.layers[0].rows)
  }

  /** A state of zeros: h_0 = c_0 = 0. */
  createState(): NetworkState {
    const make = (layer: Layer, length: number): Floats =>
      layer.hidden.constructor === Float32Array ? new Float32Array(length) : new Float64Array(length)
    const size = this.shape.layers * this.B * this.shape.hidden
    return { hidden: make(this.layers[0], size), cell: make(this.layers[0], this.shape.cell === 'lstm' ? size : 0) }
  }

  /**
   * Reads `steps` ≤ T steps and leaves logits (steps·B, V).
   * @param inputs token ids (steps·B), t outermost
   * @param state where it begins; not changed
   * @param dropout drawn from where a random generator is given (training), else off
   */
  forward(
    values: Floats,
    inputs: ArrayLike<number>,
    state: NetworkState,
    steps = this.T,
    dropout: Random | null = null,
  ): void {
    this.#inputs = inputs
    this.#steps = steps
    const block = this.B * this.shape.hidden
    this.layers.forEach((layer, k) => {
      layer.hidden.set(state.hidden.subarray(k * block, (k + 1) * block))
      if (this.shape.cell === 'lstm') layer.cell.set(state.cell.subarray(k * block, (k + 1) * block))
      this.#readInput(values, layer, k, dropout)
      this.#runLayer(values, layer, k)
    })
    this.#decode(values, dropout)
  }

  /** The state after the window, to be given to the next. */
  carry(state: NetworkState): void {
    const block = this.B * this.shape.hidden
    const at = this.#steps * block
    this.layers.forEach((layer, k) => {
      state.hidden.set(layer.hidden.subarray(at, at + block), k * block)
      if (this.shape.cell === 'lstm') state.cell.set(layer.cell.subarray(at, at + block), k * block)
    })
  }

  /** What each step of the last window came to, of the first sequence. */
  rows(): NetworkRows {
    const { hidden: H, vocabulary: V, cell } = this.shape
    const block = this.B * H
    return {
      logits: { values: this.logits, first: 0, stride: this.B * V },
      layers: this.layers.map((layer) => ({
        hidden: { values: layer.hidden, first: block, stride: block },
        cell: cell === 'lstm' ? { values: layer.cell, first: block, stride: block } : null,
        gates: Object.fromEntries(
          GATES[cell].map((name, g) => [name, { values: layer.gates, first: g * H, stride: this.B * layer.rows }]),
        ),
      })),
    }
  }

  /** Sum of the cross-entropy over the window, nats; turns logits into probabilities. @param targets (steps·B) */
  loss(targets: ArrayLike<number>): number {
    return softmaxCrossEntropy(this.logits, targets, this.#steps * this.B, this.shape.vocabulary)
  }

  /** Adds the gradient of the mean cross-entropy to `gradients`; call after `loss`. */
  backward(values: Floats, gradients: Floats, targets: ArrayLike<number>): void {
    this.#decodeBackward(values, gradients, targets)
    for (let k = this.layers.length - 1; k >= 0; k--) this.backwardLayer(values, gradients, k)
  }

  get #top(): Layer {
    return this.layers[this.layers.length - 1]
  }

  #readInput(values: Floats, layer: Layer, k: number, dropout: Random | null): void {
    const M = this.#steps * this.B
    if (k === 0) {
      if (this.shape.embedding === 0) return
      const table = offsetOf(this.layout, 'embedding.weight')
      for (let m = 0; m < M; m++) {
        const from = table + this.#inputs[m] * layer.width
        layer.input.set(values.subarray(from, from + layer.width), m * layer.width)
      }
      return
    }
    const below = this.layers[k - 1]
    const start = this.B * below.H
    layer.input.set(below.hidden.subarray(start, start + M * below.H))
    if (layer.mask.length === 0) return
    drawDropoutMask(layer.mask, M, layer.width, layer.width, this.#dropout, dropout)
    for (let i = 0; i < M * layer.width; i++) layer.input[i] *= layer.mask[i]
  }

  #runLayer(values: Floats, layer: Layer, k: number): void {
    const { rows, width, gates, weightIH, weightHH, H } = layer
    const M = this.#steps * this.B
    const biasIH = offsetOf(this.layout, `rnn.bias_ih_l${k}`)
    const biasHH = offsetOf(this.layout, `rnn.bias_hh_l${k}`)
    transpose(weightIH, values, offsetOf(this.layout, `rnn.weight_ih_l${k}`), rows, width)
    transpose(weightHH, values, offsetOf(this.layout, `rnn.weight_hh_l${k}`), rows, H)
    // GRU's n gate adds b_hh inside the reset gate.
    const joined = this.shape.cell === 'gru' ? 2 * H : rows
    for (let m = 0; m < M; m++) {
      for (let j = 0; j < rows; j++) {
        gates[m * rows + j] = values[biasIH + j] + (j < joined ? values[biasHH + j] : 0)
      }
    }
    if (k === 0 && this.shape.embedding === 0) {
      for (let m = 0; m < M; m++) {
        const from = this.#inputs[m] * rows
        for (let j = 0; j < rows; j++) gates[m * rows + j] += weightIH[from + j]
      }
    } else {
      addProduct(gates, 0, layer.input, 0, weightIH, 0, M, width, rows)
    }
    const step = CELL_STEPS[this.shape.cell]
    for (let t = 0; t < this.#steps; t++) step.forward(layer, t, values, biasHH)
  }

  #decode(values: Floats, dropout: Random | null): void {
    const { hidden: H, vocabulary: V } = this.shape
    const M = this.#steps * this.B
    const bias = offsetOf(this.layout, 'decoder.bias')
    transpose(this.#decoder, values, offsetOf(this.layout, 'decoder.weight'), V, H)
    for (let m = 0; m < M; m++) for (let v = 0; v < V; v++) this.logits[m * V + v] = values[bias + v]
    if (this.#decoderMask.length === 0) {
      addProduct(this.logits, 0, this.#top.hidden, this.B * H, this.#decoder, 0, M, H, V)
      return
    }
    drawDropoutMask(this.#decoderMask, M, H, H, this.#decoderDropout, dropout)
    const start = this.B * H
    for (let i = 0; i < M * H; i++) this.#decoderInput[i] = this.#top.hidden[start + i] * this.#decoderMask[i]
    addProduct(this.logits, 0, this.#decoderInput, 0, this.#decoder, 0, M, H, V)
  }

  #decodeBackward(values: Floats, gradients: Floats, targets: ArrayLike<number>): void {
    const { hidden: H, vocabulary: V } = this.shape
    const M = this.#steps * this.B
    const weight = offsetOf(this.layout, 'decoder.weight')
    const isDropped = this.#decoderMask.length > 0
    const [read, from] = isDropped ? [this.#decoderInput, 0] : [this.#top.hidden, this.B * H]
    const { gradHidden } = this.#top
    for (let m = 0; m < M; m++) {
      this.logits[m * V + targets[m]] -= 1
      for (let v = 0; v < V; v++) this.logits[m * V + v] /= M
    }
    addTransposedProduct(gradients, weight, this.logits, 0, read, from, M, V, H)
    addRows(gradients, offsetOf(this.layout, 'decoder.bias'), this.logits, 0, M, V)
    gradHidden.fill(0)
    addProduct(gradHidden, 0, this.logits, 0, values, weight, M, V, H)
    if (isDropped) for (let i = 0; i < M * H; i++) gradHidden[i] *= this.#decoderMask[i]
  }

  /** One layer's time steps from last to first, then its weights over all rows at once. */
  backwardLayer(values: Floats, gradients: Floats, k: number): void {
    const layer = this.layers[k]
    const { H, rows } = layer
    const step = CELL_STEPS[this.shape.cell]
    const weightHH = offsetOf(this.layout, `rnn.weight_hh_l${k}`)
    layer.gradCarry.fill(0)
    layer.gradCell.fill(0)
    for (let t = this.#steps - 1; t >= 0; t--) {
      step.backward(layer, t)
      addProduct(layer.gradCarry, 0, layer.gradRecurrent, t * this.B * rows, values, weightHH, this.B, rows, H)
    }
    const M = this.#steps * this.B
    addTransposedProduct(gradients, weightHH, layer.gradRecurrent, 0, layer.hidden, 0, M, rows, H)
    addRows(gradients, offsetOf(this.layout, `rnn.bias_ih_l${k}`), layer.gradGates, 0, M, rows)
    addRows(gradients, offsetOf(this.layout, `rnn.bias_hh_l${k}`), layer.gradRecurrent, 0, M, rows)
    if (k === 0 && this.shape.embedding === 0) this.#scatterInput(gradients, layer)
    else this.#inputBackward(values, gradients, layer, k)
  }

  /** One-hot inputs: each row's gradient belongs to its token's column. */
  #scatterInput(gradients: Floats, layer: Layer): void {
    const { rows, gradGates } = layer
    const V = this.shape.vocabulary
    const sums = this.#inputGradient.fill(0)
    for (let m = 0; m < this.#steps * this.B; m++) {
      const to = this.#inputs[m] * rows
      for (let j = 0; j < rows; j++) sums[to + j] += gradGates[m * rows + j]
    }
    const at = offsetOf(this.layout, 'rnn.weight_ih_l0')
    for (let j = 0; j < rows; j++) for (let v = 0; v < V; v++) gradients[at + j * V + v] += sums[v * rows + j]
  }

  #inputBackward(values: Floats, gradients: Floats, layer: Layer, k: number): void {
    const { rows, width, input, gradGates, mask } = layer
    const M = this.#steps * this.B
    const weight = offsetOf(this.layout, `rnn.weight_ih_l${k}`)
    addTransposedProduct(gradients, weight, gradGates, 0, input, 0, M, rows, width)
    // The input has been used: its buffer takes its gradient.
    input.fill(0)
    addProduct(input, 0, gradGates, 0, values, weight, M, rows, width)
    if (mask.length > 0) for (let i = 0; i < M * width; i++) input[i] *= mask[i]
    if (k > 0) {
      this.layers[k - 1].gradHidden.set(input.subarray(0, M * width))
      return
    }
    const table = offsetOf(this.layout, 'embedding.weight')
    for (let m = 0; m < M; m++) {
      const to = table + this.#inputs[m] * width
      for (let d = 0; d < width; d++) gradients[to + d] += input[m * width + d]
    }
  }
}
