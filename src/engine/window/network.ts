/**
 * The feed-forward window over T steps and B sequences, behind the interface of recurrent/network.ts, and the reference of
 * kernels/kernel-window-network.ts: h = tanh(W x + b) layer upon layer, x the last k tokens, oldest first (Bengio and others
 * 2003). No gradient runs from step to step; the whole batch is M = T·B independent rows.
 *
 * What is carried is the context of the tokens that come next: the last k − 1 tokens of every stream, as numbers (k−1, B),
 * t outermost, each a token plus one and 0 where there was none. So a state of zeros is a text's beginning, as it is for a
 * recurrent network; a token that is missing is a vector of zeros.
 */
import { tanh } from '../numerics/elementary'
import { createFloats } from '../numerics/floats'
import type { Floats, Precision } from '../numerics/floats'
import { addProduct, addRows, addTransposedProduct, transpose } from '../numerics/products'
import { softmaxCrossEntropy } from '../numerics/softmax'
import { drawDropoutMask } from '../random/dropout'
import type { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import { createLayout, offsetOf } from '../recurrent/shape'
import type { ParameterLayout } from '../recurrent/shape'
import type { NetworkRows } from '../recurrent/step-rows'
import { windowInputWidth } from './shape'
import type { WindowShape } from './shape'

interface WindowLayer {
  /** D */
  readonly width: number
  /** (T·B, D); empty where the input is one-hot. Its buffer takes its gradient on the way back. */
  readonly input: Floats
  /** (T·B, H) */
  readonly hidden: Floats
  /** (T·B, H): ∂L/∂h, then ∂L/∂(h before tanh). */
  readonly gradient: Floats
  /** (T·B, D): 0 or 1/(1−p); empty without dropout. */
  readonly mask: Floats
  /** (D, H): this step's weight, transposed once; empty where the input is one-hot. */
  readonly weight: Floats
}

export class WindowNetwork {
  readonly shape: WindowShape
  readonly layout: ParameterLayout
  readonly B: number
  readonly T: number
  /** (T·B, V): logits, and after `loss` probabilities. */
  readonly logits: Floats
  readonly #precision: Precision
  readonly #dropout: number
  readonly #decoderDropout: number
  /** (T·B, H): what dropout leaves of the top layer's h, and its mask, 0 or 1/(1−p); empty without dropout there. */
  readonly #decoderInput: Floats
  readonly #decoderMask: Floats
  readonly #layers: readonly WindowLayer[]
  readonly #decoder: Floats // (H, V), the decoder's weight transposed
  readonly #tokens: Uint32Array // (k−1+T, B): a token plus one, 0 for none
  #steps = 0

  constructor(shape: WindowShape, B: number, T: number, precision: Precision, dropout = 0, decoderDropout = 0) {
    this.shape = shape
    this.layout = createLayout(shape)
    this.B = B
    this.T = T
    this.#precision = precision
    this.#dropout = dropout
    this.#decoderDropout = decoderDropout
    const dropped = decoderDropout > 0 ? T * B * shape.hidden : 0
    this.#decoderInput = createFloats(precision, dropped)
    this.#decoderMask = createFloats(precision, dropped)
    this.#layers = Array.from({ length: shape.layers }, (_, n) => this.#createLayer(n))
    this.logits = createFloats(precision, T * B * shape.vocabulary)
    this.#decoder = createFloats(precision, shape.hidden * shape.vocabulary)
    this.#tokens = new Uint32Array((shape.window - 1 + T) * B)
  }

  #createLayer(n: number): WindowLayer {
    const make = (length: number): Floats => createFloats(this.#precision, length)
    const { hidden: H } = this.shape
    const M = this.T * this.B
    const width = windowInputWidth(this.shape, n)
    const isOneHot = n === 0 && this.shape.embedding === 0
    return {
      width,
      input: make(isOneHot ? 0 : M * width),
      hidden: make(M * H),
      gradient: make(M * H),
      mask: make(n > 0 && this.#dropout > 0 ? M * width : 0),
      weight: make(isOneHot ? 0 : width * H),
    }
  }

  /** No token yet. */
  createState(): NetworkState {
    const length = (this.shape.window - 1) * this.B
    return { hidden: createFloats(this.#precision, length), cell: createFloats(this.#precision, 0) }
  }

  /**
   * Reads `steps` ≤ T steps and leaves logits (steps·B, V).
   * @param inputs token ids (steps·B), t outermost
   * @param state the tokens before them; not changed
   * @param dropout drawn from where a random generator is given (training), else off
   */
  forward(
    values: Floats,
    inputs: ArrayLike<number>,
    state: NetworkState,
    steps = this.T,
    dropout: Random | null = null,
  ): void {
    this.#steps = steps
    const before = state.hidden.length
    this.#tokens.set(state.hidden)
    for (let i = 0; i < steps * this.B; i++) this.#tokens[before + i] = inputs[i] + 1
    this.#layers.forEach((layer, n) => {
      this.#readInput(values, layer, n, dropout)
      this.#runLayer(values, layer, n)
    })
    this.#decode(values, dropout)
  }

  /** The tokens before the next window's. */
  carry(state: NetworkState): void {
    const at = this.#steps * this.B
    state.hidden.set(this.#tokens.subarray(at, at + state.hidden.length))
  }

  /** What each step of the last window came to, of the first sequence. */
  rows(): NetworkRows {
    const { hidden: H, vocabulary: V } = this.shape
    return {
      logits: { values: this.logits, first: 0, stride: this.B * V },
      layers: this.#layers.map(({ hidden }) => ({
        hidden: { values: hidden, first: 0, stride: this.B * H },
        cell: null,
        gates: {},
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
    for (let n = this.#layers.length - 1; n >= 0; n--) this.#backwardLayer(values, gradients, n)
  }

  /** Calls back for every token of every row's window: its row, its place from the oldest (0), and which it is. */
  #eachToken(visit: (m: number, place: number, token: number) => void): void {
    for (let m = 0; m < this.#steps * this.B; m++) {
      for (let place = 0; place < this.shape.window; place++) {
        const token = this.#tokens[m + place * this.B]
        if (token > 0) visit(m, place, token - 1)
      }
    }
  }

  #readInput(values: Floats, { input, width, mask }: WindowLayer, n: number, dropout: Random | null): void {
    const M = this.#steps * this.B
    const { embedding: E } = this.shape
    if (n === 0) {
      if (E === 0) return
      const table = offsetOf(this.layout, 'embedding.weight')
      input.fill(0)
      this.#eachToken((m, place, token) => {
        input.set(values.subarray(table + token * E, table + (token + 1) * E), m * width + place * E)
      })
      return
    }
    input.set(this.#layers[n - 1].hidden.subarray(0, M * width))
    if (mask.length === 0) return
    drawDropoutMask(mask, M, width, width, this.#dropout, dropout)
    for (let i = 0; i < M * width; i++) input[i] *= mask[i]
  }

  #runLayer(values: Floats, { input, width, weight, hidden }: WindowLayer, n: number): void {
    const { hidden: H, vocabulary: V } = this.shape
    const M = this.#steps * this.B
    const at = offsetOf(this.layout, `hidden.${n}.weight`)
    const bias = offsetOf(this.layout, `hidden.${n}.bias`)
    for (let m = 0; m < M; m++) hidden.set(values.subarray(bias, bias + H), m * H)
    if (weight.length === 0) {
      this.#eachToken((m, place, token) => {
        const column = at + place * V + token
        for (let j = 0; j < H; j++) hidden[m * H + j] += values[column + j * width]
      })
    } else {
      transpose(weight, values, at, H, width)
      addProduct(hidden, 0, input, 0, weight, 0, M, width, H)
    }
    for (let i = 0; i < M * H; i++) hidden[i] = tanh(hidden[i])
  }

  #decode(values: Floats, dropout: Random | null): void {
    const { hidden: H, vocabulary: V, layers: L } = this.shape
    const { hidden } = this.#layers[L - 1]
    const M = this.#steps * this.B
    const bias = offsetOf(this.layout, 'decoder.bias')
    transpose(this.#decoder, values, offsetOf(this.layout, 'decoder.weight'), V, H)
    for (let m = 0; m < M; m++) this.logits.set(values.subarray(bias, bias + V), m * V)
    if (this.#decoderMask.length === 0) {
      addProduct(this.logits, 0, hidden, 0, this.#decoder, 0, M, H, V)
      return
    }
    drawDropoutMask(this.#decoderMask, M, H, H, this.#decoderDropout, dropout)
    for (let i = 0; i < M * H; i++) this.#decoderInput[i] = hidden[i] * this.#decoderMask[i]
    addProduct(this.logits, 0, this.#decoderInput, 0, this.#decoder, 0, M, H, V)
  }

  #decodeBackward(values: Floats, gradients: Floats, targets: ArrayLike<number>): void {
    const { hidden: H, vocabulary: V, layers: L } = this.shape
    const M = this.#steps * this.B
    const weight = offsetOf(this.layout, 'decoder.weight')
    const top = this.#layers[L - 1]
    const isDropped = this.#decoderMask.length > 0
    for (let m = 0; m < M; m++) {
      this.logits[m * V + targets[m]] -= 1
      for (let v = 0; v < V; v++) this.logits[m * V + v] /= M
    }
    addTransposedProduct(gradients, weight, this.logits, 0, isDropped ? this.#decoderInput : top.hidden, 0, M, V, H)
    addRows(gradients, offsetOf(this.layout, 'decoder.bias'), this.logits, 0, M, V)
    top.gradient.fill(0)
    addProduct(top.gradient, 0, this.logits, 0, values, weight, M, V, H)
    if (isDropped) for (let i = 0; i < M * H; i++) top.gradient[i] *= this.#decoderMask[i]
  }

  #backwardLayer(values: Floats, gradients: Floats, n: number): void {
    const { hidden: H, vocabulary: V } = this.shape
    const { input, width, hidden, gradient } = this.#layers[n]
    const M = this.#steps * this.B
    const at = offsetOf(this.layout, `hidden.${n}.weight`)
    for (let i = 0; i < M * H; i++) gradient[i] *= 1 - hidden[i] * hidden[i]
    addRows(gradients, offsetOf(this.layout, `hidden.${n}.bias`), gradient, 0, M, H)
    if (input.length === 0) {
      this.#eachToken((m, place, token) => {
        const column = at + place * V + token
        for (let j = 0; j < H; j++) gradients[column + j * width] += gradient[m * H + j]
      })
      return
    }
    addTransposedProduct(gradients, at, gradient, 0, input, 0, M, H, width)
    this.#inputBackward(values, gradients, n)
  }

  #inputBackward(values: Floats, gradients: Floats, n: number): void {
    const { hidden: H, embedding: E } = this.shape
    const { input, width, gradient, mask } = this.#layers[n]
    const M = this.#steps * this.B
    input.fill(0)
    addProduct(input, 0, gradient, 0, values, offsetOf(this.layout, `hidden.${n}.weight`), M, H, width)
    for (let i = 0; i < mask.length; i++) input[i] *= mask[i]
    if (n > 0) {
      this.#layers[n - 1].gradient.set(input.subarray(0, M * width))
      return
    }
    const table = offsetOf(this.layout, 'embedding.weight')
    this.#eachToken((m, place, token) => {
      const from = m * width + place * E
      for (let d = 0; d < E; d++) gradients[table + token * E + d] += input[from + d]
    })
  }
}
