/** W and b for the Memory view: whole for a small network, sampled for a large one, or the rows that are asked for. */
import { createWeightReader } from '../../engine'
import { LabError, MOST_NEURONS_IN_MAP } from '../../shared'
import type { RecallWeights, WeightsRequest } from '../../shared'
import { toNamedPatterns } from '../patterns/pattern-file'

/** `most` of N neurons as evenly spaced as whole numbers allow, the first among them. */
export function evenlySpaced(N: number, most: number): Uint32Array {
  const count = Math.min(N, most)
  return Uint32Array.from({ length: count }, (_, k) => Math.floor((k * N) / count))
}

/** @throws LabError E_PATTERN for a row that isn't there; EngineError of the patterns and the rule */
export function readWeights({ set, settings, rows: wished }: WeightsRequest): RecallWeights {
  const { neurons, bias, row } = createWeightReader(toNamedPatterns(set), settings)
  const missing = wished?.find((i) => i >= neurons)
  if (missing !== undefined) {
    throw new LabError('E_PATTERN', { name: 'W', reason: `there is no row ${missing}; there are ${neurons}` })
  }
  const rows = wished ? Uint32Array.from(wished) : evenlySpaced(neurons, MOST_NEURONS_IN_MAP)
  const columns = wished ? evenlySpaced(neurons, neurons) : rows
  const values = new Float64Array(rows.length * columns.length)
  rows.forEach((i, k) => {
    const whole = row(i)
    for (let c = 0; c < columns.length; c++) values[k * columns.length + c] = whole[columns[c]]
  })
  return { neurons, rows, columns, values, bias }
}
