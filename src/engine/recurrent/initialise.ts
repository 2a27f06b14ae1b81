/**
 * First parameters: PyTorch's default (uniform within ±1/√H for every recurrent weight and bias and for the decoder,
 * within ±1/√D for a window's layer that reads D numbers, standard normal for an embedding), or recurrent weights that are
 * orthogonal (Saxe and others 2014) or the identity (Le and others 2015), gate by gate; and a constant added to LSTM's
 * forget or GRU's update gate.
 */
import type { Floats } from '../numerics/floats'
import type { Random } from '../random/generator'
import { windowInputWidth } from '../window/shape'
import { gateCount } from './shape'
import type { ModelShape, ParameterLayout, Tensor } from './shape'

export interface Initialisation {
  readonly recurrent: 'default' | 'orthogonal' | 'identity'
  readonly gateBias: number
}

export function initialise(
  values: Floats,
  shape: ModelShape,
  layout: ParameterLayout,
  random: Random,
  how: Initialisation,
): void {
  for (const tensor of layout.tensors) {
    const bound = 1 / Math.sqrt(boundedBy(shape, tensor))
    const normal = tensor.name === 'embedding.weight'
    for (let i = 0; i < tensor.size; i++) {
      values[tensor.offset + i] = normal ? random.normal() : (2 * random.uniform() - 1) * bound
    }
  }
  if (shape.cell === 'window') return // it has no W_hh and no gate
  for (const tensor of layout.tensors) {
    if (tensor.name.startsWith('rnn.weight_hh') && how.recurrent !== 'default') {
      for (let g = 0; g < gateCount(shape.cell); g++)
        setRecurrent(values, tensor, g, shape.hidden, random, how.recurrent)
    }
    if (tensor.name.startsWith('rnn.bias_ih') && shape.cell !== 'vanilla') {
      // The second gate of both: LSTM's f, GRU's z.
      for (let i = 0; i < shape.hidden; i++) values[tensor.offset + shape.hidden + i] += how.gateBias
    }
  }
}

/** PyTorch bounds recurrent layers by their units, linear ones by the numbers they read. */
function boundedBy(shape: ModelShape, { name }: Tensor): number {
  return shape.cell === 'window' && name.startsWith('hidden.0.') ? windowInputWidth(shape, 0) : shape.hidden
}

function setRecurrent(
  values: Floats,
  tensor: Tensor,
  gate: number,
  H: number,
  random: Random,
  kind: 'orthogonal' | 'identity',
): void {
  const matrix = kind === 'identity' ? identity(H) : orthogonal(H, random)
  values.set(matrix, tensor.offset + gate * H * H)
}

function identity(H: number): Float64Array {
  const matrix = new Float64Array(H * H)
  for (let i = 0; i < H; i++) matrix[i * (H + 1)] = 1
  return matrix
}

/** A random orthogonal matrix: the rows of a normal one, made orthonormal (modified Gram and Schmidt, twice for accuracy). */
function orthogonal(H: number, random: Random): Float64Array {
  const matrix = Float64Array.from({ length: H * H }, () => random.normal())
  for (let i = 0; i < H; i++) {
    const row = matrix.subarray(i * H, (i + 1) * H)
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) subtractProjection(row, matrix.subarray(j * H, (j + 1) * H))
      const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0))
      for (let k = 0; k < H; k++) row[k] /= length
    }
  }
  return matrix
}

function subtractProjection(row: Float64Array, unit: Float64Array): void {
  let dot = 0
  for (let k = 0; k < row.length; k++) dot += row[k] * unit[k]
  for (let k = 0; k < row.length; k++) row[k] -= dot * unit[k]
}
