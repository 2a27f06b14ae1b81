/**
 * Storkey's rule without N × N. With w_kk = 0 its step is, off the diagonal,
 * W ← (1 + 2/N) W + (1/N) (ξξᵀ − ξ uᵀ − u ξᵀ), u = Wξ, so that P pairs (ξ, u) hold W whole. The matrix's own step stays
 * beside it, as what the pairs are held against.
 */
import { EngineError } from '../error'
import { cellsOf, multiplyPatterns, turn } from './cells'
import { patternOverlaps } from './overlaps'
import { biasEnergy } from './rule'
import type { Memory } from './rule'

/** The pairs (ξ^μ, u^μ) kept at most, in cells: 128 MiB of u. */
const MOST_CELLS = 16_777_216

/** @throws EngineError E_NETWORK_TOO_LARGE */
export function assertStorkeyFits(N: number, P: number): void {
  const limit = Math.floor(MOST_CELLS / Math.max(1, P))
  if (N > limit) throw new EngineError('E_NETWORK_TOO_LARGE', { neurons: N, patterns: P, limit, rule: 'storkey' })
}

/** W_ij = Σ_μ scales_μ (ξ^μ_i ξ^μ_j − ξ^μ_i u^μ_j − u^μ_i ξ^μ_j), i ≠ j. */
export interface StorkeyPairs {
  /** u^μ, P of (N). */
  readonly fields: readonly Float64Array[]
  /** (1/N) (1 + 2/N)^(number of patterns after μ), (P). */
  readonly scales: Float64Array
  /** What the sum gives for i = j, where W has 0: (N). */
  readonly diagonal: Float64Array
}

/** @throws EngineError E_NETWORK_TOO_LARGE */
export function storkeyPairs(values: readonly Int8Array[], N: number): StorkeyPairs {
  const P = values.length
  assertStorkeyFits(N, P)
  const growth = 1 + 2 / N
  const fields: Float64Array[] = []
  const scales = new Float64Array(P)
  const diagonal = new Float64Array(N)
  const overlaps = patternOverlaps(values)
  values.forEach((pattern, m) => {
    const u = new Float64Array(N)
    for (let before = 0; before < m; before++) {
      const scale = scales[before]
      addPair(u, values[before], fields[before], pattern, { scale, product: N * overlaps[m * P + before] })
      scales[before] *= growth
    }
    scales[m] = 1 / N
    for (let i = 0; i < N; i++) {
      u[i] -= diagonal[i] * pattern[i]
      diagonal[i] = growth * diagonal[i] + (1 - 2 * pattern[i] * u[i]) / N
    }
    fields.push(u)
  })
  return { fields, scales, diagonal }
}

/** What one pair adds to u = W x. @param product ξ · x */
function addPair(
  u: Float64Array,
  pattern: Int8Array,
  field: Float64Array,
  x: Int8Array,
  { scale, product }: { scale: number; product: number },
): void {
  let pull = 0
  for (let j = 0; j < u.length; j++) pull += field[j] * x[j]
  const [along, against] = [scale * (product - pull), scale * product]
  for (let i = 0; i < u.length; i++) u[i] += along * pattern[i] - against * field[i]
}

/** A visit and a flip cost O(P). @throws EngineError E_NETWORK_TOO_LARGE */
export function createStorkey(patterns: readonly Int8Array[], N: number, bias: Float64Array): Memory {
  const P = patterns.length
  const { fields, scales, diagonal } = storkeyPairs(patterns, N)
  const cells = cellsOf(patterns, N) // (N, P)
  const moments = turn(fields, N, new Float64Array(N * P)) // u, (N, P)
  const trace = diagonal.reduce((sum, own) => sum + own, 0)
  const products = new Float64Array(P) // ξ^μ · s
  const pulls = new Float64Array(P) // u^μ · s
  let state: Int8Array = new Int8Array(N)
  return {
    neurons: N,
    isLinear: true,
    follow(next) {
      state = next
      multiplyPatterns(products, patterns, state)
      multiplyPatterns(pulls, fields, state)
    },
    field(i) {
      let sum = 0
      for (let m = 0, at = i * P; m < P; m++, at++) {
        sum += scales[m] * (cells[at] * (products[m] - pulls[m]) - moments[at] * products[m])
      }
      return sum - diagonal[i] * state[i] + bias[i]
    },
    flip(i) {
      const change = -2 * state[i]
      state[i] = -state[i]
      for (let m = 0, at = i * P; m < P; m++, at++) {
        products[m] += change * cells[at]
        pulls[m] += change * moments[at]
      }
    },
    energy() {
      let sum = -trace
      for (let m = 0; m < P; m++) sum += scales[m] * products[m] * (products[m] - 2 * pulls[m])
      return -0.5 * sum - biasEnergy(bias, state)
    },
  }
}

/** Storkey 1997 as it is written: patterns one after another, each with the local field of the weights so far; W (N, N). */
export function storkeyWeights(patterns: readonly Int8Array[], N: number): Float64Array {
  const w = new Float64Array(N * N)
  const net = new Float64Array(N)
  for (const x of patterns) {
    for (let i = 0; i < N; i++) {
      let sum = 0
      for (let k = 0; k < N; k++) sum += w[i * N + k] * x[k]
      net[i] = sum
    }
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < i; j++) {
        const hij = net[i] - w[i * N + j] * x[j]
        const hji = net[j] - w[i * N + j] * x[i]
        const change = (x[i] * x[j] - x[i] * hji - hij * x[j]) / N
        w[i * N + j] += change
        w[j * N + i] = w[i * N + j]
      }
    }
  }
  return w
}
