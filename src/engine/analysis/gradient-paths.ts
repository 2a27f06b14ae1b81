/**
 * How far back a prediction reaches, step by step and path by path. From step to step LSTM's gradient has two ways to go:
 * through the hidden state (W_hh and the gates) and through the cell state (the forget gate alone, Hochreiter and
 * Schmidhuber 1997). Beside the total both are told apart: what arrives when every link through time is of one kind.
 *
 * A text is read twice in pieces: forward, keeping only the state at each piece's beginning; then from its end, each piece
 * again with all that going back needs. So memory grows with the states alone, and whoever waits may turn away between two.
 */
import type { Floats } from '../numerics/floats'
import { addProduct } from '../numerics/products'
import { softmaxRow } from '../numerics/softmax'
import { CELL_STEPS } from '../recurrent/cells'
import { RecurrentNetwork } from '../recurrent/network'
import type { NetworkState } from '../recurrent/network'
import { gateCount, offsetOf } from '../recurrent/shape'
import type { RecurrentShape } from '../recurrent/shape'

/** Which links from step to step count. */
type Path = 'every' | 'hidden' | 'cell'

/** Of L = −ln p(x_T | x_1 … x_{T−1}); each [layer][lag], lag 0 … T−2, the step T−1−lag. */
export interface GradientPaths {
  /** ‖∂L/∂h‖₂, the total derivative. */
  readonly hidden: readonly Float64Array[]
  /** LSTM: ‖∂L/∂c‖₂, the total derivative; else null. */
  readonly cell: readonly Float64Array[] | null
  /** LSTM: ‖∂L/∂h‖₂ when c_{t−1} reaches no later step but through h. */
  readonly throughHidden: readonly Float64Array[] | null
  /** LSTM: ‖∂L/∂c‖₂ when h_{t−1} reaches no later step. */
  readonly throughCell: readonly Float64Array[] | null
}

/** Where the totals of a piece's steps go: (T·B, H) each. */
interface Totals {
  readonly hidden: Float64Array
  readonly cell: Float64Array | null
}

/** ∂L/∂h and ∂L/∂c that came out of the later piece: [layer] (H). */
interface Carried {
  readonly hidden: Float64Array
  readonly cell: Float64Array
}

const LONGEST_PIECE = 64
const SHORTEST_PIECE = 8
/** About so many products of the recurrent weights a piece: hundredths of a second. */
const PRODUCTS_A_PIECE = 4e6

/** Steps a piece: fewer of a large network, so that whoever waits is heard soon. */
function stepsInPiece({ hidden, cell }: RecurrentShape): number {
  const products = gateCount(cell) * hidden * hidden
  return Math.max(SHORTEST_PIECE, Math.min(LONGEST_PIECE, Math.floor(PRODUCTS_A_PIECE / products)))
}

/**
 * Yields the steps that were done, of twice T − 1.
 * @param values the parameters in the layout's order
 * @param tokens two or more: the last is the one predicted
 */
export function* gradientPieces(
  shape: RecurrentShape,
  values: Floats,
  tokens: Uint32Array,
): Generator<number, GradientPaths> {
  const T = tokens.length - 1
  const wide = Float64Array.from(values)
  const size = Math.min(T, stepsInPiece(shape))
  const network = new RecurrentNetwork(shape, 1, size, 'float64')
  const states = yield* readForward(network, wide, tokens)
  const paths: readonly Path[] = shape.cell === 'lstm' ? ['every', 'hidden', 'cell'] : ['every']
  const going = paths.map((path) => createWayBack(shape, T, path))
  const last = states.length - 1
  for (let piece = last; piece >= 0; piece--) {
    const from = piece * size
    const steps = Math.min(size, T - from)
    network.forward(wide, tokens.subarray(from, from + steps), states[piece], steps)
    const error = piece === last ? lastError(network, wide, steps, tokens[T]) : null
    for (const way of going) goBack(network, wide, way, { from, steps, error })
    yield 2 * T - from
  }
  const [every, hidden, cell] = going
  return {
    hidden: every.hidden,
    cell: cell ? every.cell : null,
    throughHidden: hidden?.hidden ?? null,
    throughCell: cell?.cell ?? null,
  }
}

/** The state at the beginning of every piece. */
function* readForward(
  network: RecurrentNetwork,
  values: Float64Array,
  tokens: Uint32Array,
): Generator<number, NetworkState[]> {
  const T = tokens.length - 1
  const states: NetworkState[] = []
  const state = network.createState()
  const size = network.T
  for (let from = 0; from < T; from += size) {
    states.push({ hidden: state.hidden.slice(), cell: state.cell.slice() })
    const steps = Math.min(size, T - from)
    if (from + steps === T) break // it is read on the way back anyway
    network.forward(values, tokens.subarray(from, from + steps), state, steps)
    network.carry(state)
    yield from + steps
  }
  return states
}

/** ∂L/∂h of the last step of the top layer, (H): p − 1 at the token that follows, through W_hy. */
function lastError(
  { shape, layout, logits }: RecurrentNetwork,
  values: Float64Array,
  steps: number,
  next: number,
): Float64Array {
  const { hidden: H, vocabulary: V } = shape
  const gradLogits = Float64Array.from(logits.subarray((steps - 1) * V, steps * V))
  softmaxRow(gradLogits, 0, V)
  gradLogits[next] -= 1
  const error = new Float64Array(H)
  addProduct(error, 0, gradLogits, 0, values, offsetOf(layout, 'decoder.weight'), 1, V, H)
  return error
}

interface WayBack {
  readonly path: Path
  readonly carried: readonly Carried[]
  /** [layer][lag] */
  readonly hidden: readonly Float64Array[]
  readonly cell: readonly Float64Array[]
}

function createWayBack({ layers, hidden: H, cell }: RecurrentShape, T: number, path: Path): WayBack {
  const each = (length: number) => Array.from({ length: layers }, () => new Float64Array(length))
  const cellSize = cell === 'lstm' ? H : 0
  return {
    path,
    carried: each(H).map((hidden) => ({ hidden, cell: new Float64Array(cellSize) })),
    hidden: each(T),
    cell: each(T),
  }
}

interface Piece {
  readonly from: number
  readonly steps: number
  /** Where the prediction was made in this piece: ∂L/∂h at its last step. */
  readonly error: Float64Array | null
}

function goBack(network: RecurrentNetwork, values: Float64Array, way: WayBack, { from, steps, error }: Piece): void {
  const { layers, shape } = network
  const H = shape.hidden
  const isGated = shape.cell === 'lstm'
  const totals: Totals = { hidden: new Float64Array(steps * H), cell: isGated ? new Float64Array(steps * H) : null }
  layers[layers.length - 1].gradHidden.fill(0)
  if (error) layers[layers.length - 1].gradHidden.set(error, (steps - 1) * H)
  for (let k = layers.length - 1; k >= 0; k--) {
    const { carried, hidden, cell } = way
    layers[k].gradCarry.set(carried[k].hidden)
    layers[k].gradCell.set(carried[k].cell)
    goThroughTime(network, values, k, steps, way.path, totals)
    carried[k].hidden.set(layers[k].gradCarry)
    carried[k].cell.set(layers[k].gradCell)
    for (let t = 0; t < steps; t++) {
      const lag = hidden[k].length - 1 - from - t
      hidden[k][lag] = norm(totals.hidden.subarray(t * H, (t + 1) * H))
      if (totals.cell) cell[k][lag] = norm(totals.cell.subarray(t * H, (t + 1) * H))
    }
    if (k > 0) passDown(network, values, k, steps)
  }
}

/**
 * One layer from its last step to its first: each step's total is what came from above (gradHidden) and from the step after
 * (gradCarry, gradCell: set before, and after it what goes to the step before the first).
 */
export function goThroughTime(
  { shape, layers, layout, B }: RecurrentNetwork,
  values: Floats,
  k: number,
  steps: number,
  path: Path,
  totals: Totals,
): void {
  const layer = layers[k]
  const block = B * shape.hidden
  const rows = gateCount(shape.cell) * shape.hidden
  const weight = offsetOf(layout, `rnn.weight_hh_l${k}`)
  for (let t = steps - 1; t >= 0; t--) {
    if (path === 'hidden') layer.gradCell.fill(0)
    for (let i = 0; i < block; i++) {
      totals.hidden[t * block + i] = layer.gradHidden[t * block + i] + layer.gradCarry[i]
    }
    if (totals.cell) addCellTotals(layer, t, block, totals.hidden, totals.cell)
    CELL_STEPS[shape.cell].backward(layer, t)
    if (path === 'cell') continue
    addProduct(layer.gradCarry, 0, layer.gradRecurrent, t * B * rows, values, weight, B, rows, shape.hidden)
  }
}

/** ∂L/∂c_t: what the step after handed on, and what goes through h_t = o tanh(c_t). */
function addCellTotals(
  { H, rows, gates, inner, gradCell }: RecurrentNetwork['layers'][number],
  t: number,
  block: number,
  hidden: Float64Array,
  cell: Float64Array,
): void {
  for (let i = 0; i < block; i++) {
    const at = t * block + i
    const b = Math.floor(i / H)
    const o = gates[(t * (block / H) + b) * rows + 3 * H + (i - b * H)]
    cell[at] = gradCell[i] + hidden[at] * o * (1 - inner[at] * inner[at])
  }
}

/** From a layer's gates to the hidden states below it. */
export function passDown(
  { layers, layout, shape, B }: RecurrentNetwork,
  values: Floats,
  k: number,
  steps: number,
): void {
  const below = layers[k - 1].gradHidden
  const weight = offsetOf(layout, `rnn.weight_ih_l${k}`)
  below.fill(0)
  addProduct(below, 0, layers[k].gradGates, 0, values, weight, steps * B, layers[k].rows, shape.hidden)
}

/** ‖x‖₂, scaled so that the squares of vanishing gradients don't underflow. */
function norm(x: Float64Array): number {
  let most = 0
  for (const value of x) most = Math.max(most, Math.abs(value))
  if (most === 0 || !Number.isFinite(most)) return most
  let sum = 0
  for (const value of x) sum += (value / most) * (value / most)
  return most * Math.sqrt(sum)
}
