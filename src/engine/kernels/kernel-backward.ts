/**
 * The way back on a kernel: blocks of time steps from the last to the first, each through the decoder and all layers, its
 * weights' gradients among it, while the block is in the second cache. So a weight's gradient is the sum over blocks from
 * the last to the first, rows ascending within a block.
 */
import { F, inputOf, PANEL_BYTES } from './kernel-forward'
import type { Block, KernelContext } from './kernel-forward'

/** Rows (m, n) times a weight packed for the way back. */
interface BackwardContext extends KernelContext {
  /** Where the parameters and their gradients lie. */
  readonly values: number
  readonly gradients: number
  /** Time steps of the window. */
  readonly steps: number
}

export function beginBackward({ run, places, at, values }: BackwardContext): void {
  const { hp, rp, vp, layers } = at
  run.transposePanels(at.packedDecoderBack, values + places.decoder * F, hp, vp)
  places.layers.forEach(({ weightIH, weightHH }, k) => {
    const { packedHHBack, packedIHBack, paddedWidth } = layers[k]
    run.transposePanels(packedHHBack, values + weightHH * F, hp, rp)
    run.transposePanels(packedIHBack, values + weightIH * F, paddedWidth, rp)
  })
}

/** @param turn which of a layer's two blocks of ∂L/∂h is this one's */
export function decodeBackward(context: BackwardContext, block: Block, turn: 0 | 1): void {
  const { run, shape, places, at, B, gradients } = context
  const { hp, hs, vp, vs, zeros, packedDecoderBack: packed } = at
  const rows = (block.end - block.first) * B
  const top = at.layers[at.layers.length - 1]
  const hidden = top.hidden + (block.first + 1) * B * hs * F
  const logits = at.logits + block.first * B * vs * F
  const { vocabulary: V } = shape
  // prettier-ignore
  run.product(rows, hp, V, logits, vs * F, F, packed, PANEL_BYTES, vp * PANEL_BYTES, zeros, 0, PANEL_BYTES, top.gradHidden[turn], hs * F, PANEL_BYTES)
  addWeightGradient(context, places.decoder, [hidden, hs * F], [logits, vs * F], [shape.hidden, hp, vp, rows])
  run.addRows(gradients + places.decoderBias * F, logits, vs * F, rows, vp)
}

/** ∂L/∂W (D, N), packed as W is, += Xᵀ (D, rows) · ∂L/∂gates (rows, N). */
function addWeightGradient(
  { run, gradients }: BackwardContext,
  place: number,
  [x, xStride]: readonly [number, number],
  [grad, gradStride]: readonly [number, number],
  [width, paddedWidth, columns, rows]: readonly [number, number, number, number],
): void {
  const [c, panel] = [gradients + place * F, paddedWidth * PANEL_BYTES]
  // prettier-ignore
  run.product(width, columns, rows, x, F, xStride, grad, gradStride, PANEL_BYTES, c, PANEL_BYTES, panel, c, PANEL_BYTES, panel)
}

export function layerBackward(context: BackwardContext, k: number, block: Block, turn: 0 | 1): void {
  const { run, shape, places, at, B, gradients } = context
  const { hp, hs, rp, rs, inputs } = at
  const layer = at.layers[k]
  const rows = (block.end - block.first) * B
  for (let t = block.end - 1; t >= block.first; t--) stepBackward(context, k, t, block, turn)
  const begin = block.first * B
  const gates = shape.cell === 'vanilla' ? layer.gradHidden[turn] : layer.gates + begin * rs * F
  const { weightHH, weightIH, biasIH, biasHH } = places.layers[k]
  const before = [layer.hidden + begin * hs * F, hs * F] as const
  const isGru = shape.cell === 'gru'
  const columns = isGru ? 2 * hp : rp
  addWeightGradient(context, weightHH, before, [gates, rs * F], [shape.hidden, hp, columns, rows])
  if (isGru) {
    const inner = [layer.inner + begin * hs * F, hs * F] as const
    addWeightGradient(context, weightHH + columns * hp, before, inner, [shape.hidden, hp, hp, rows])
    run.addRows(gradients + (biasHH + columns) * F, inner[0], hs * F, rows, hp)
  }
  if (layer.paddedWidth === 0) {
    run.scatter(gradients + weightIH * F, rp * F, gates, rs * F, inputs + begin * F, rows, rp)
    return
  }
  run.addRows(gradients + biasIH * F, gates, rs * F, rows, rp)
  const { width, paddedWidth } = layer
  addWeightGradient(
    context,
    weightIH,
    inputOf(context, k, block.first),
    [gates, rs * F],
    [width, paddedWidth, rp, rows],
  )
  inputBackward(context, k, block, turn, gates)
}

/** ∂L/∂gates of a step: what comes from above and, of the step after it, through W_hh. */
function stepBackward(context: BackwardContext, k: number, t: number, block: Block, turn: 0 | 1): void {
  const { run, shape, at, B, steps } = context
  const { hp, hs, rp, rs } = at
  const layer = at.layers[k]
  const [hStride, gStride, panel] = [hs * F, rs * F, rp * PANEL_BYTES]
  const { packedHHBack: packed, carry, inner } = layer
  const here = t * B * hStride
  const gates = layer.gates + t * B * gStride
  const grad = layer.gradHidden[turn] + (t - block.first) * B * hStride
  if (t < steps - 1) {
    const isLast = t === block.end - 1
    const isGru = shape.cell === 'gru'
    const vanilla = isLast ? layer.gradHidden[1 - turn] : grad + B * hStride
    const after = shape.cell === 'vanilla' ? vanilla : gates + B * gStride
    const K = shape.cell === 'vanilla' ? shape.hidden : isGru ? 2 * hp : rp
    // prettier-ignore
    run.product(B, hp, K, after, gStride, F, packed, PANEL_BYTES, panel, grad, hStride, PANEL_BYTES, grad, hStride, PANEL_BYTES)
    if (isGru) {
      const [from, rest] = [inner + here + B * hStride, packed + K * PANEL_BYTES]
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
function inputBackward(context: BackwardContext, k: number, block: Block, turn: 0 | 1, gates: number): void {
  const { run, places, at, B, isDropped, gradients } = context
  const { hs, rp, rs, zeros, inputs } = at
  const { paddedWidth, packedIHBack: packed, mask, inputStride } = at.layers[k]
  const rows = (block.end - block.first) * B
  const [own] = inputOf(context, k, block.first)
  const to = k > 0 ? at.layers[k - 1].gradHidden[turn] : own
  const [stride, panel] = [inputStride * F, rp * PANEL_BYTES]
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
export function endBackward({ run, shape, places, at, gradients }: BackwardContext): void {
  const { hp, rp } = at
  places.layers.forEach(({ weightIH, biasIH, biasHH }, k) => {
    const [ih, hh] = [gradients + biasIH * F, gradients + biasHH * F]
    if (at.layers[k].paddedWidth === 0) run.addRows(ih, gradients + weightIH * F, rp * F, shape.vocabulary, rp)
    run.add(hh, hh, ih, shape.cell === 'gru' ? 2 * hp : rp)
  })
}
