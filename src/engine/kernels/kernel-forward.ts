/** The way forward on a kernel, a block of time steps at a time: through each layer, then the decoder. */
import type { RecurrentShape } from '../recurrent/shape'
import type { KernelFunctions } from './kernel-functions'
import type { KernelLayout } from './kernel-layout'
import type { ParameterPlaces } from './kernel-order'

/** Bytes of a float, and of sixteen: a packed panel's row. */
export const F = 4
export const PANEL_BYTES = 64

/**
 * What all passes need of a network. Made once, and what changes is set in it: the passes make no objects, tuples or
 * closures, so that a step leaves nothing to collect.
 */
export interface KernelContext {
  readonly run: KernelFunctions
  readonly shape: RecurrentShape
  readonly places: ParameterPlaces
  readonly at: KernelLayout
  readonly B: number
  /** Dropout between layers, and before the decoder. */
  readonly isDropped: boolean
  readonly isDecoderDropped: boolean
  /** Where the parameters and their gradients lie. */
  values: number
  gradients: number
  /** Time steps of the window, and its blocks in their order. */
  steps: number
  blocks: readonly Block[]
}

/** Time steps from `first` to before `end`. */
export interface Block {
  readonly first: number
  readonly end: number
  /** Which of a layer's two blocks of ∂L/∂h is this one's. */
  readonly turn: 0 | 1
}

export function blocksOf(steps: number, blockSteps: number): readonly Block[] {
  return Array.from({ length: Math.ceil(steps / blockSteps) }, (_, i) => ({
    first: i * blockSteps,
    end: Math.min(steps, (i + 1) * blockSteps),
    turn: i % 2 === 0 ? 0 : 1,
  }))
}

/** Where a layer's input of a time step lies. */
export function inputAt({ at, B, isDropped }: KernelContext, k: number, t: number): number {
  const layer = at.layers[k]
  if (k === 0 || isDropped) return layer.input + t * B * layer.inputStride * F
  return at.layers[k - 1].hidden + (t + 1) * B * at.hs * F
}

/** How far apart the rows of a layer's input are. */
export function inputStrideOf({ at, isDropped }: KernelContext, k: number): number {
  return k === 0 || isDropped ? at.layers[k].inputStride * F : at.hs * F
}

/** Sums of the biases; GRU keeps b_hn apart. */
export function addBiases({ run, shape, places, at, values }: KernelContext): void {
  const { hp, rp, zeros } = at
  for (let k = 0; k < at.layers.length; k++) {
    const { bias, recurrentBias } = at.layers[k]
    const ih = values + places.layers[k].biasIH * F
    const hh = values + places.layers[k].biasHH * F
    if (shape.cell !== 'gru') {
      run.add(bias, ih, hh, rp)
      continue
    }
    const inner = 2 * hp * F
    run.add(bias, ih, hh, 2 * hp)
    run.add(bias + inner, ih + inner, zeros, hp)
    run.add(recurrentBias + inner, hh + inner, zeros, hp)
  }
}

export function layerForward(context: KernelContext, k: number, block: Block): void {
  const { run, places, at, B, isDropped, values } = context
  const { hs, rp, rs, inputs } = at
  const layer = at.layers[k]
  const rows = (block.end - block.first) * B
  const weightIH = values + places.layers[k].weightIH * F
  const isOneHot = layer.paddedWidth === 0
  if (!isOneHot) {
    const input = inputAt(context, k, block.first)
    const stride = inputStrideOf(context, k)
    if (k > 0 && isDropped) {
      const from = at.layers[k - 1].hidden + (block.first + 1) * B * hs * F
      run.multiply(input, from, layer.mask + block.first * B * hs * F, rows * hs)
    }
    const panel = layer.paddedWidth * PANEL_BYTES
    const gates = gatesOf(context, k, block, block.first)
    const { width, bias } = layer
    // prettier-ignore
    run.product(rows, rp, width, input, stride, F, weightIH, PANEL_BYTES, panel, bias, 0, PANEL_BYTES, gates, rs * F, PANEL_BYTES)
  }
  for (let t = block.first; t < block.end; t++) {
    const gates = gatesOf(context, k, block, t)
    if (isOneHot) run.gather(gates, rs * F, weightIH, rp * F, inputs + t * B * F, layer.bias, B, rp)
    stepForward(context, k, t, gates)
  }
}

/** Where the gates of a step lie. Vanilla keeps none: they are a block's, or of a one-hot input a step's. */
function gatesOf({ shape, at, B }: KernelContext, k: number, block: Block, t: number): number {
  const layer = at.layers[k]
  const step = shape.cell !== 'vanilla' ? t : layer.paddedWidth === 0 ? 0 : t - block.first
  return layer.gates + step * B * at.rs * F
}

function stepForward({ run, shape, places, at, B, values }: KernelContext, k: number, t: number, gates: number): void {
  const { hp, hs, rp, rs } = at
  const layer = at.layers[k]
  const { hidden: H, cell } = shape
  const hStride = hs * F
  const gStride = rs * F
  const panel = hp * PANEL_BYTES
  const here = t * B * hStride
  const before = layer.hidden + here
  const after = before + B * hStride
  const weight = values + places.layers[k].weightHH * F
  if (cell === 'gru') {
    const { recurrent, recurrentBias } = layer
    // prettier-ignore
    run.product(B, rp, H, before, hStride, F, weight, PANEL_BYTES, panel, recurrentBias, 0, PANEL_BYTES, recurrent, gStride, PANEL_BYTES)
    run.gruForward(gates, gStride, recurrent, gStride, before, layer.inner + here, after, hStride, B, hp)
    return
  }
  // prettier-ignore
  run.product(B, rp, H, before, hStride, F, weight, PANEL_BYTES, panel, gates, gStride, PANEL_BYTES, gates, gStride, PANEL_BYTES)
  if (cell === 'vanilla') run.vanillaForward(gates, after, B * hs)
  else {
    const cellBefore = layer.cell + here
    run.lstmForward(gates, gStride, cellBefore, cellBefore + B * hStride, layer.inner + here, after, hStride, B, hp)
  }
}

/** Where the decoder's input of a time step lies; its rows are as far apart as those of h. */
export function decoderInputAt({ at, B, isDecoderDropped }: KernelContext, t: number): number {
  if (isDecoderDropped) return at.decoderInput + t * B * at.hs * F
  return at.layers[at.layers.length - 1].hidden + (t + 1) * B * at.hs * F
}

export function decodeForward(context: KernelContext, block: Block): void {
  const { run, shape, places, at, B, values, isDecoderDropped } = context
  const { hp, hs, vp, vs, layers } = at
  const rows = (block.end - block.first) * B
  const hidden = decoderInputAt(context, block.first)
  if (isDecoderDropped) {
    const from = layers[layers.length - 1].hidden + (block.first + 1) * B * hs * F
    run.multiply(hidden, from, at.decoderMask + block.first * B * hs * F, rows * hs)
  }
  const logits = at.logits + block.first * B * vs * F
  const weight = values + places.decoder * F
  const bias = values + places.decoderBias * F
  const panel = hp * PANEL_BYTES
  // prettier-ignore
  run.product(rows, vp, shape.hidden, hidden, hs * F, F, weight, PANEL_BYTES, panel, bias, 0, PANEL_BYTES, logits, vs * F, PANEL_BYTES)
}
