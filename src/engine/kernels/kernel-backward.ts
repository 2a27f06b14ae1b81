/**
 * The way back on a kernel: blocks of time steps from the last to the first, each through the decoder and all layers, its
 * weights' gradients among it, while the block is in the second cache. So a weight's gradient is the sum over blocks from
 * the last to the first, rows ascending within a block.
 */
import { decoderInputAt, F, inputAt, inputStrideOf, PANEL_BYTES } from './kernel-forward'
import type { Block, KernelContext } from './kernel-forward'
import type { KernelFunctions } from './kernel-functions'

/** The weights' transposes, packed for the way back. */
export function beginBackward({ run, places, at, values }: KernelContext): void {
  const { hp, rp, vp, layers } = at
  run.transposePanels(at.packedDecoderBack, values + places.decoder * F, hp, vp)
  for (let k = 0; k < layers.length; k++) {
    const { weightIH, weightHH } = places.layers[k]
    const { packedHHBack, packedIHBack, paddedWidth } = layers[k]
    run.transposePanels(packedHHBack, values + weightHH * F, hp, rp)
    run.transposePanels(packedIHBack, values + weightIH * F, paddedWidth, rp)
  }
}

export function decodeBackward(context: KernelContext, block: Block): void {
  const { run, shape, places, at, B, gradients, isDecoderDropped } = context
  const { hp, hs, vp, vs, zeros, packedDecoderBack: packed } = at
  const rows = (block.end - block.first) * B
  const gradHidden = at.layers[at.layers.length - 1].gradHidden[block.turn]
  const hidden = decoderInputAt(context, block.first)
  const logits = at.logits + block.first * B * vs * F
  const { vocabulary: V } = shape
  // prettier-ignore
  run.product(rows, hp, V, logits, vs * F, F, packed, PANEL_BYTES, vp * PANEL_BYTES, zeros, 0, PANEL_BYTES, gradHidden, hs * F, PANEL_BYTES)
  if (isDecoderDropped) run.multiply(gradHidden, gradHidden, at.decoderMask + block.first * B * hs * F, rows * hs)
  const target = gradients + places.decoder * F
  addWeightGradient(run, target, shape.hidden, hp, vp, hidden, hs * F, logits, vs * F, rows)
  run.addRows(gradients + places.decoderBias * F, logits, vs * F, rows, vp)
}

/** ∂L/∂W (D, N), packed as W is with D padded, += Xᵀ (D, rows) · ∂L/∂gates (rows, N). Strides in bytes. */
export function addWeightGradient(
  run: KernelFunctions,
  target: number,
  width: number,
  paddedWidth: number,
  columns: number,
  x: number,
  xStride: number,
  grad: number,
  gradStride: number,
  rows: number,
): void {
  const panel = paddedWidth * PANEL_BYTES
  // prettier-ignore
  run.product(width, columns, rows, x, F, xStride, grad, gradStride, PANEL_BYTES, target, PANEL_BYTES, panel, target, PANEL_BYTES, panel)
}

export function layerBackward(context: KernelContext, k: number, block: Block): void {
  const { run, shape, places, at, B, gradients } = context
  const { hp, hs, rp, rs, inputs } = at
  const layer = at.layers[k]
  const rows = (block.end - block.first) * B
  for (let t = block.end - 1; t >= block.first; t--) stepBackward(context, k, t, block)
  const begin = block.first * B
  const gates = shape.cell === 'vanilla' ? layer.gradHidden[block.turn] : layer.gates + begin * rs * F
  const { weightHH, weightIH, biasIH, biasHH } = places.layers[k]
  const before = layer.hidden + begin * hs * F
  const weight = gradients + weightHH * F
  const isGru = shape.cell === 'gru'
  const columns = isGru ? 2 * hp : rp
  addWeightGradient(run, weight, shape.hidden, hp, columns, before, hs * F, gates, rs * F, rows)
  if (isGru) {
    const inner = layer.inner + begin * hs * F
    addWeightGradient(run, weight + columns * hp * F, shape.hidden, hp, hp, before, hs * F, inner, hs * F, rows)
    run.addRows(gradients + (biasHH + columns) * F, inner, hs * F, rows, hp)
  }
  if (layer.paddedWidth === 0) {
    run.scatter(gradients + weightIH * F, rp * F, gates, rs * F, inputs + begin * F, rows, rp)
    return
  }
  run.addRows(gradients + biasIH * F, gates, rs * F, rows, rp)
  const input = inputAt(context, k, block.first)
  const stride = inputStrideOf(context, k)
  const target = gradients + weightIH * F
  addWeightGradient(run, target, layer.width, layer.paddedWidth, rp, input, stride, gates, rs * F, rows)
  inputBackward(context, k, block, gates)
}

/** ∂L/∂gates of a step: what comes from above and, of the step after it, through W_hh. */
function stepBackward({ run, shape, at, B, steps }: KernelContext, k: number, t: number, block: Block): void {
  const { hp, hs, rp, rs } = at
  const layer = at.layers[k]
  const hStride = hs * F
  const gStride = rs * F
  const panel = rp * PANEL_BYTES
  const { packedHHBack: packed, carry, inner } = layer
  const here = t * B * hStride
  const gates = layer.gates + t * B * gStride
  const grad = layer.gradHidden[block.turn] + (t - block.first) * B * hStride
  if (t < steps - 1) {
    const isLast = t === block.end - 1
    const isGru = shape.cell === 'gru'
    const vanilla = isLast ? layer.gradHidden[1 - block.turn] : grad + B * hStride
    const after = shape.cell === 'vanilla' ? vanilla : gates + B * gStride
    const K = shape.cell === 'vanilla' ? shape.hidden : isGru ? 2 * hp : rp
    // prettier-ignore
    run.product(B, hp, K, after, gStride, F, packed, PANEL_BYTES, panel, grad, hStride, PANEL_BYTES, grad, hStride, PANEL_BYTES)
    if (isGru) {
      const from = inner + here + B * hStride
      const rest = packed + K * PANEL_BYTES
      // prettier-ignore
      run.product(B, hp, hp, from, hStride, F, rest, PANEL_BYTES, panel, grad, hStride, PANEL_BYTES, grad, hStride, PANEL_BYTES)
    }
  }
  switch (shape.cell) {
    case 'vanilla':
      return run.vanillaBackward(grad, layer.hidden + here + B * hStride, B * hs)
    case 'lstm':
      return run.lstmBackward(gates, gStride, grad, carry, layer.cell + here, inner + here, hStride, B, hp)
    case 'gru':
      return run.gruBackward(gates, gStride, grad, carry, layer.hidden + here, inner + here, hStride, B, hp)
  }
}

/** ∂L/∂x: the layer below's ∂L/∂h, or, in the input's own place, the embedding's. */
function inputBackward(context: KernelContext, k: number, block: Block, gates: number): void {
  const { run, places, at, B, isDropped, gradients } = context
  const { hs, rp, rs, zeros, inputs } = at
  const { paddedWidth, packedIHBack: packed, mask, inputStride } = at.layers[k]
  const rows = (block.end - block.first) * B
  const to = k > 0 ? at.layers[k - 1].gradHidden[block.turn] : inputAt(context, k, block.first)
  const stride = inputStride * F
  const panel = rp * PANEL_BYTES
  // prettier-ignore
  run.product(rows, paddedWidth, rp, gates, rs * F, F, packed, PANEL_BYTES, panel, zeros, 0, PANEL_BYTES, to, stride, PANEL_BYTES)
  if (k > 0) {
    if (isDropped) run.multiply(to, to, mask + block.first * B * hs * F, rows * hs)
    return
  }
  run.scatter(
    gradients + places.embedding * F,
    paddedWidth * F,
    to,
    stride,
    inputs + block.first * B * F,
    rows,
    paddedWidth,
  )
}

/** The biases, from what has been added up already: a one-hot input's symbols add up to all rows. */
export function endBackward({ run, shape, places, at, gradients }: KernelContext): void {
  const { hp, rp } = at
  for (let k = 0; k < at.layers.length; k++) {
    const { weightIH, biasIH, biasHH } = places.layers[k]
    const ih = gradients + biasIH * F
    const hh = gradients + biasHH * F
    if (at.layers[k].paddedWidth === 0) run.addRows(ih, gradients + weightIH * F, rp * F, shape.vocabulary, rp)
    run.add(hh, hh, ih, shape.cell === 'gru' ? 2 * hp : rp)
  }
}
