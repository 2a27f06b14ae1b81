/** The way forward on a kernel, a block of time steps at a time: through each layer, then the decoder. */
import type { RecurrentShape } from '../recurrent/shape'
import type { KernelFunctions } from './kernel'
import type { KernelLayout } from './kernel-layout'
import type { ParameterPlaces } from './kernel-order'

/** Bytes of a float, and of sixteen: a packed panel's row. */
export const F = 4
export const PANEL_BYTES = 64

/** What all passes need of a network. */
export interface KernelContext {
  readonly run: KernelFunctions
  readonly shape: RecurrentShape
  readonly places: ParameterPlaces
  readonly at: KernelLayout
  readonly B: number
  readonly isDropped: boolean
}

/** Time steps from `first` to before `end`. */
export interface Block {
  readonly first: number
  readonly end: number
}

/** Where a layer's input of a time step lies, and how far apart its rows. */
export function inputOf({ at, B, isDropped }: KernelContext, k: number, t: number): readonly [number, number] {
  const layer = at.layers[k]
  if (k === 0 || isDropped) return [layer.input + t * B * layer.inputStride * F, layer.inputStride * F]
  return [at.layers[k - 1].hidden + (t + 1) * B * at.hs * F, at.hs * F]
}

/** Sums of the biases; GRU keeps b_hn apart. @param values where the parameters lie */
export function addBiases({ run, shape, places, at }: KernelContext, values: number): void {
  const { hp, rp, zeros } = at
  places.layers.forEach(({ biasIH, biasHH }, k) => {
    const { bias, recurrentBias } = at.layers[k]
    const [ih, hh] = [values + biasIH * F, values + biasHH * F]
    if (shape.cell !== 'gru') return run.add(bias, ih, hh, rp)
    const inner = 2 * hp * F
    run.add(bias, ih, hh, 2 * hp)
    run.add(bias + inner, ih + inner, zeros, hp)
    run.add(recurrentBias + inner, hh + inner, zeros, hp)
  })
}

export function layerForward(context: KernelContext, values: number, k: number, block: Block): void {
  const { run, shape, places, at, B, isDropped } = context
  const { hs, rp, rs, inputs } = at
  const layer = at.layers[k]
  const rows = (block.end - block.first) * B
  const { cell } = shape
  const weightIH = values + places.layers[k].weightIH * F
  /** Vanilla keeps no gates: they are a block's, or of a one-hot input a step's. */
  const isOneHot = layer.paddedWidth === 0
  const gatesOf = (t: number): number => {
    const step = cell !== 'vanilla' ? t : isOneHot ? 0 : t - block.first
    return layer.gates + step * B * rs * F
  }
  if (!isOneHot) {
    const [input, stride] = inputOf(context, k, block.first)
    if (k > 0 && isDropped) {
      const from = at.layers[k - 1].hidden + (block.first + 1) * B * hs * F
      run.multiply(input, from, layer.mask + block.first * B * hs * F, rows * hs)
    }
    const panel = layer.paddedWidth * PANEL_BYTES
    const [gates, { width, bias }] = [gatesOf(block.first), layer]
    // prettier-ignore
    run.product(rows, rp, width, input, stride, F, weightIH, PANEL_BYTES, panel, bias, 0, PANEL_BYTES, gates, rs * F, PANEL_BYTES)
  }
  for (let t = block.first; t < block.end; t++) {
    const gates = gatesOf(t)
    if (isOneHot) run.gather(gates, rs * F, weightIH, rp * F, inputs + t * B * F, layer.bias, B, rp)
    stepForward(context, values, k, t, gates)
  }
}

function stepForward(
  { run, shape, places, at, B }: KernelContext,
  values: number,
  k: number,
  t: number,
  gates: number,
) {
  const { hp, hs, rp, rs } = at
  const layer = at.layers[k]
  const { hidden: H, cell } = shape
  const [hStride, gStride, panel] = [hs * F, rs * F, hp * PANEL_BYTES]
  const here = t * B * hStride
  const [before, after] = [layer.hidden + here, layer.hidden + here + B * hStride]
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

export function decodeForward({ run, shape, places, at, B }: KernelContext, values: number, block: Block): void {
  const { hp, hs, vp, vs, layers } = at
  const rows = (block.end - block.first) * B
  const hidden = layers[layers.length - 1].hidden + (block.first + 1) * B * hs * F
  const logits = at.logits + block.first * B * vs * F
  const [weight, bias, panel] = [values + places.decoder * F, values + places.decoderBias * F, hp * PANEL_BYTES]
  // prettier-ignore
  run.product(rows, vp, shape.hidden, hidden, hs * F, F, weight, PANEL_BYTES, panel, bias, 0, PANEL_BYTES, logits, vs * F, PANEL_BYTES)
}
