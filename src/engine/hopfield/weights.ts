/**
 * W and b of the linear rules, read row by row without ever building N × N. All three are of low rank but for their
 * diagonal, which is 0.
 */
import { EngineError } from '../error'
import { hebbianBias, invertOverlaps } from './linear'
import { assertPatterns } from './memory'
import type { MemorySettings, NamedPattern } from './memory'
import { storkeyPairs } from './storkey'

export interface WeightReader {
  readonly neurons: number
  /** b (N); zeros where there is none. */
  readonly bias: Float64Array
  /** Row i of W (N). */
  readonly row: (i: number) => Float64Array
}

/** w_ij (j = 0 … N − 1) into a row whose own place is cleared by the caller. */
type FillRow = (row: Float64Array, i: number) => void

/** @throws EngineError as createMemory does; E_NOT_AVAILABLE for the rules whose field is not linear */
export function createWeightReader(patterns: readonly NamedPattern[], settings: MemorySettings): WeightReader {
  const N = assertPatterns(patterns)
  const values = patterns.map((pattern) => pattern.values)
  const fill = rowFiller(patterns, values, N, settings.rule)
  return {
    neurons: N,
    bias: settings.bias === 'hebbian' ? hebbianBias(values, N) : new Float64Array(N),
    row(i) {
      const row = new Float64Array(N)
      fill(row, i)
      row[i] = 0
      return row
    },
  }
}

function rowFiller(
  patterns: readonly NamedPattern[],
  values: readonly Int8Array[],
  N: number,
  rule: MemorySettings['rule'],
): FillRow {
  switch (rule) {
    case 'hebbian':
      return projectionRows(values, N, null)
    case 'pseudo-inverse': {
      const names = patterns.map(({ name }) => name)
      return projectionRows(values, N, invertOverlaps(values, names))
    }
    case 'storkey':
      return storkeyRows(values, N)
    case 'dense':
    case 'modern':
      throw new EngineError('E_NOT_AVAILABLE', { what: `A weight matrix of the ${rule} rule` })
  }
}

/** w_ij = (1/N) Σ_μν ξ_i^μ C_μν ξ_j^ν @param mixing C (P, P); null: the identity */
function projectionRows(values: readonly Int8Array[], N: number, mixing: Float64Array | null): FillRow {
  const P = values.length
  return (row, i) => {
    for (let n = 0; n < P; n++) {
      let factor = mixing === null ? values[n][i] : 0
      if (mixing !== null) for (let m = 0; m < P; m++) factor += values[m][i] * mixing[m * P + n]
      addScaled(row, values[n], factor / N)
    }
  }
}

/** w_ij = Σ_μ scales_μ (ξ_i ξ_j − ξ_i u_j − u_i ξ_j) */
function storkeyRows(values: readonly Int8Array[], N: number): FillRow {
  const { fields, scales } = storkeyPairs(values, N)
  return (row, i) => {
    for (let m = 0; m < values.length; m++) {
      addScaled(row, values[m], scales[m] * (values[m][i] - fields[m][i]))
      addScaled(row, fields[m], -scales[m] * values[m][i])
    }
  }
}

function addScaled(row: Float64Array, values: Int8Array | Float64Array, factor: number): void {
  for (let j = 0; j < row.length; j++) row[j] += factor * values[j]
}
