/**
 * W and b of the linear rules, read row by row without ever building N × N. All three are of low rank but for their
 * diagonal, which is 0. Storkey's too: with w_kk = 0 its step is, off the diagonal,
 * W ← (1 + 2/N) W + (1/N) (ξξᵀ − ξ uᵀ − u ξᵀ), u = Wξ, so that P pairs (ξ, u) hold it whole.
 */
import { EngineError } from '../error'
import { hebbianBias, invertOverlaps } from './linear'
import { assertPatterns } from './memory'
import type { MemorySettings, NamedPattern } from './memory'

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

/** w_ij = Σ_μ (c_μ/N) (ξ_i ξ_j − ξ_i u_j − u_i ξ_j), c_μ = (1 + 2/N)^(number of patterns after μ) */
function storkeyRows(values: readonly Int8Array[], N: number): FillRow {
  const growth = 1 + 2 / N
  const fields: Float64Array[] = [] // u^μ (N)
  const scales: number[] = [] // c_μ/N with the patterns so far
  for (const pattern of values) {
    fields.push(storkeyField(values, fields, scales, pattern, N))
    for (let m = 0; m < scales.length; m++) scales[m] *= growth
    scales.push(1 / N)
  }
  return (row, i) => {
    for (let m = 0; m < values.length; m++) {
      addScaled(row, values[m], scales[m] * (values[m][i] - fields[m][i]))
      addScaled(row, fields[m], -scales[m] * values[m][i])
    }
  }
}

/** u = W x with the weights of the patterns that came before: the low-rank product, less the diagonal that isn't there. */
function storkeyField(
  values: readonly Int8Array[],
  fields: readonly Float64Array[],
  scales: readonly number[],
  x: Int8Array,
  N: number,
): Float64Array {
  const u = new Float64Array(N)
  for (let m = 0; m < fields.length; m++) {
    const [pattern, field, scale] = [values[m], fields[m], scales[m]]
    let [overlap, moment] = [0, 0]
    for (let j = 0; j < N; j++) {
      overlap += pattern[j] * x[j]
      moment += field[j] * x[j]
    }
    for (let i = 0; i < N; i++) {
      const own = 1 - 2 * pattern[i] * field[i]
      u[i] += scale * (pattern[i] * (overlap - moment) - field[i] * overlap - own * x[i])
    }
  }
  return u
}

function addScaled(row: Float64Array, values: Int8Array | Float64Array, factor: number): void {
  for (let j = 0; j < row.length; j++) row[j] += factor * values[j]
}

const BITS = 32

/** m between every two patterns, (P, P), exact: agreements are counted 32 neurons at a time. */
export function patternOverlaps(patterns: readonly Int8Array[]): Float64Array {
  const P = patterns.length
  const overlaps = new Float64Array(P * P)
  if (P === 0) return overlaps
  const N = patterns[0].length
  const packed = patterns.map(packSigns)
  for (let m = 0; m < P; m++) {
    for (let n = 0; n <= m; n++) {
      const overlap = (N - 2 * countDifferences(packed[m], packed[n])) / N
      overlaps[m * P + n] = overlaps[n * P + m] = overlap
    }
  }
  return overlaps
}

/** One bit a neuron. */
function packSigns(values: Int8Array): Uint32Array {
  const words = new Uint32Array(Math.ceil(values.length / BITS))
  for (let i = 0; i < values.length; i++) if (values[i] > 0) words[i >>> 5] |= 1 << (i & 31)
  return words
}

/** The bits in which they differ (the classic sum of bit fields: Warren, Hacker's Delight, 5-1). */
function countDifferences(a: Uint32Array, b: Uint32Array): number {
  let count = 0
  for (let k = 0; k < a.length; k++) {
    let x = a[k] ^ b[k]
    x -= (x >>> 1) & 0x55555555
    x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
    count += Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}
