/**
 * A model's shape and where each of its tensors lies in one flat buffer. Names and shapes are PyTorch's state_dict's
 * (docs/notation.md): B batch, T time steps, V vocabulary, E embedding, H hidden units, L layers, G gates.
 */
import { windowTensors } from '../window/shape'
import type { WindowShape } from '../window/shape'

export type RecurrentCell = 'vanilla' | 'lstm' | 'gru'

export interface RecurrentShape {
  readonly cell: RecurrentCell
  readonly layers: number
  readonly hidden: number
  readonly vocabulary: number
  /** E; 0: the input is one-hot. */
  readonly embedding: number
}

export type ModelShape = RecurrentShape | WindowShape

export const GATES: Readonly<Record<RecurrentCell, readonly string[]>> = {
  vanilla: [],
  lstm: ['i', 'f', 'g', 'o'],
  gru: ['r', 'z', 'n'],
}

/** G: how many rows of H a weight has. */
export function gateCount(cell: RecurrentCell): number {
  return Math.max(1, GATES[cell].length)
}

export interface Tensor {
  readonly name: string
  /** One or two lengths. */
  readonly shape: readonly number[]
  readonly offset: number
  readonly size: number
}

export interface ParameterLayout {
  readonly tensors: readonly Tensor[]
  /** Elements in all. */
  readonly size: number
  readonly byName: ReadonlyMap<string, Tensor>
}

/** Width of a recurrent layer's input: V or E for the first, else H. */
export function inputWidth(shape: RecurrentShape, layer: number): number {
  return layer > 0 ? shape.hidden : shape.embedding || shape.vocabulary
}

function recurrentTensors(shape: RecurrentShape): [string, number[]][] {
  const rows = gateCount(shape.cell) * shape.hidden
  const named: [string, number[]][] = []
  for (let k = 0; k < shape.layers; k++) {
    named.push([`rnn.weight_ih_l${k}`, [rows, inputWidth(shape, k)]])
    named.push([`rnn.weight_hh_l${k}`, [rows, shape.hidden]])
    named.push([`rnn.bias_ih_l${k}`, [rows]])
    named.push([`rnn.bias_hh_l${k}`, [rows]])
  }
  return named
}

export function createLayout(shape: ModelShape): ParameterLayout {
  const named: [string, number[]][] = []
  if (shape.embedding > 0) named.push(['embedding.weight', [shape.vocabulary, shape.embedding]])
  named.push(...(shape.cell === 'window' ? windowTensors(shape) : recurrentTensors(shape)))
  named.push(['decoder.weight', [shape.vocabulary, shape.hidden]], ['decoder.bias', [shape.vocabulary]])
  let offset = 0
  const tensors = named.map(([name, lengths]) => {
    const size = lengths.reduce((product, length) => product * length, 1)
    const tensor: Tensor = { name, shape: lengths, offset, size }
    offset += size
    return tensor
  })
  return { tensors, size: offset, byName: new Map(tensors.map((tensor) => [tensor.name, tensor])) }
}

/** Where a tensor begins. A name the layout doesn't have is a defect. */
export function offsetOf(layout: ParameterLayout, name: string): number {
  const tensor = layout.byName.get(name)
  if (!tensor) throw new RangeError(`no tensor ${name}`)
  return tensor.offset
}
