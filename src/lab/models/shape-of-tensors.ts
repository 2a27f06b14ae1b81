/**
 * What network the tensors of a file belong to, where nothing else in it says so: a state_dict as PyTorch has it. Rows and
 * columns tell cell and sizes; whether every tensor fits is looked at afterwards, as for any other file.
 */
import { gateCount } from '../../engine'
import type { ModelShape, RecurrentCell } from '../../engine'
import { MOST_LAYERS } from '../../shared'
import { FormatFailure } from './safetensors'
import type { TensorEntry } from './safetensors'

const RECURRENT_CELLS = ['vanilla', 'gru', 'lstm'] as const satisfies readonly RecurrentCell[]

/** @throws FormatFailure */
export function shapeOfTensors(tensors: readonly TensorEntry[]): ModelShape {
  const found = new Map(tensors.map(({ name, shape }) => [name, shape]))
  const has = (name: string): boolean => found.has(name)
  const [vocabulary, hidden] = matrix(found, 'decoder.weight')
  const embedding = has('embedding.weight') ? matrix(found, 'embedding.weight')[1] : 0
  const isWindow = has('hidden.0.weight')
  const layers = countLayers((layer) => has(isWindow ? `hidden.${layer}.weight` : `rnn.weight_hh_l${layer}`))
  if (layers > MOST_LAYERS) throw new FormatFailure('layers', { found: layers, expected: MOST_LAYERS })
  const sizes = { layers: Math.max(1, layers), hidden, vocabulary, embedding }
  if (isWindow) {
    const [, width] = matrix(found, 'hidden.0.weight')
    return { cell: 'window', window: Math.max(1, Math.round(width / (embedding || vocabulary))), ...sizes }
  }
  const [rows] = matrix(found, 'rnn.weight_hh_l0')
  return { cell: RECURRENT_CELLS.find((cell) => gateCount(cell) * hidden === rows) ?? 'vanilla', ...sizes }
}

function countLayers(has: (layer: number) => boolean): number {
  let layers = 0
  while (has(layers)) layers += 1
  return layers
}

/** Its two lengths, neither 0. */
function matrix(found: ReadonlyMap<string, readonly number[]>, name: string): readonly [number, number] {
  const shape = found.get(name)
  if (shape === undefined) throw new FormatFailure('tensorMissing', { tensor: name })
  const [rows, columns] = shape
  if (shape.length !== 2 || rows === 0 || columns === 0) throw new FormatFailure('tensorLengths', { tensor: name })
  return [rows, columns]
}
