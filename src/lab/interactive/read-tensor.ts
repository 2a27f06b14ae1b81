/** A model's parameter as a matrix that a picture can show. */
import { createLayout } from '../../engine'
import { LabError, MOST_TENSOR_SIDE } from '../../shared'
import type { ModelTensor } from '../../shared'
import type { Model } from '../models/model-file'

/** @throws LabError E_TENSOR_UNKNOWN */
export function readTensor({ shape, parameters }: Pick<Model, 'shape' | 'parameters'>, name: string): ModelTensor {
  const tensor = createLayout(shape).byName.get(name)
  if (!tensor) throw new LabError('E_TENSOR_UNKNOWN', { name })
  const [rows, columns = 1] = tensor.shape
  const values = parameters.subarray(tensor.offset, tensor.offset + tensor.size)
  const shownRows = Math.min(rows, MOST_TENSOR_SIDE)
  const shownColumns = Math.min(columns, MOST_TENSOR_SIDE)
  const shown = blockMeans(values, { rows, columns, shownRows, shownColumns })
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return { name, rows, columns, values: shown, shownRows, shownColumns, greatest }
}

interface Sizes {
  readonly rows: number
  readonly columns: number
  readonly shownRows: number
  readonly shownColumns: number
}

/** (shownRows, shownColumns): the mean of each block of (rows, columns); a matrix that is small enough as it is. */
export function blockMeans(values: Float32Array, { rows, columns, shownRows, shownColumns }: Sizes): Float32Array {
  const sums = new Float64Array(shownRows * shownColumns)
  const counts = new Uint32Array(shownRows * shownColumns)
  for (let r = 0; r < rows; r++) {
    const row = Math.floor((r * shownRows) / rows) * shownColumns
    for (let c = 0; c < columns; c++) {
      const block = row + Math.floor((c * shownColumns) / columns)
      sums[block] += values[r * columns + c]
      counts[block] += 1
    }
  }
  return Float32Array.from(sums, (sum, block) => sum / counts[block])
}
