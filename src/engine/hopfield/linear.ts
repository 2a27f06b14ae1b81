/**
 * The rules whose field is linear in the state, h = W s + b, E = −½ sᵀW s − bᵀs. Hebbian and pseudo-inverse never build W:
 * W s = (1/N) (ξ C)(ξᵀ s) − diagonal, with the P products ξᵀ s kept up to date: a visit and a flip cost O(P), not O(N).
 */
import { EngineError } from '../error'
import { cellsOf, multiplyPatterns } from './cells'
import { overlap } from './rule'
import type { Memory } from './rule'

/** b = (1/N) Σ ξ: the Hebbian weight from a unit that is always +1. */
export function hebbianBias(patterns: readonly Int8Array[], N: number): Float64Array {
  const bias = new Float64Array(N)
  for (const pattern of patterns) for (let i = 0; i < N; i++) bias[i] += pattern[i]
  return bias.map((sum) => sum / N)
}

function biasEnergy(bias: Float64Array, state: Int8Array): number {
  let sum = 0
  for (let i = 0; i < state.length; i++) sum += bias[i] * state[i]
  return sum
}

/**
 * W = (1/N) Σ_μν ξ^μ C_μν ξ^νᵀ with the diagonal taken out, C symmetric (P, P).
 * @param mixing C, row-major; null: the identity (Hebbian)
 */
function createProjectionMemory(
  patterns: readonly Int8Array[],
  N: number,
  mixing: Float64Array | null,
  bias: Float64Array,
): Memory {
  const P = patterns.length
  const cells = cellsOf(patterns, N)
  const weights = mixing === null ? cells : mixCells(cells, mixing, P) // (N, P), ξ C: a field is its product with ξ · s
  const diagonal = new Float64Array(N)
  for (let i = 0; i < N; i++) {
    for (let m = 0; m < P; m++) diagonal[i] += cells[i * P + m] * weights[i * P + m]
    diagonal[i] /= N
  }
  const products = new Float64Array(P) // ξ^μ · s
  let state: Int8Array = new Int8Array(N)
  return {
    neurons: N,
    isLinear: true,
    follow(next) {
      state = next
      multiplyPatterns(products, patterns, state)
    },
    field(i) {
      let sum = 0
      for (let m = 0, at = i * P; m < P; m++, at++) sum += weights[at] * products[m]
      return sum / N - diagonal[i] * state[i] + bias[i]
    },
    flip(i) {
      const change = -2 * state[i]
      state[i] = -state[i]
      for (let m = 0, at = i * P; m < P; m++, at++) products[m] += change * cells[at]
    },
    energy() {
      let own = 0
      for (let i = 0; i < N; i++) own += diagonal[i]
      return -0.5 * (quadraticForm(products, mixing) / N - own) - biasEnergy(bias, state)
    },
  }
}

/** x · C x */
function quadraticForm(x: Float64Array, mixing: Float64Array | null): number {
  const P = x.length
  let sum = 0
  for (let m = 0; m < P; m++) {
    let mixed = mixing === null ? x[m] : 0
    if (mixing !== null) for (let n = 0; n < P; n++) mixed += mixing[m * P + n] * x[n]
    sum += x[m] * mixed
  }
  return sum
}

/** ξ C, (N, P): C being symmetric, its rows are its columns. */
function mixCells(cells: Int8Array, mixing: Float64Array, P: number): Float64Array {
  const mixed = new Float64Array(cells.length)
  const row = new Float64Array(P)
  for (let at = 0; at < cells.length; at += P) {
    row.fill(0)
    for (let m = 0; m < P; m++) {
      const sign = cells[at + m]
      for (let n = 0, from = m * P; n < P; n++, from++) row[n] += sign * mixing[from]
    }
    mixed.set(row, at)
  }
  return mixed
}

/** W = (1/N) Σ ξξᵀ (Hopfield 1982). */
export function createHebbian(patterns: readonly Int8Array[], N: number, bias: Float64Array): Memory {
  return createProjectionMemory(patterns, N, null, bias)
}

/** W = (1/N) Σ ξ^μ (Q⁻¹)_μν ξ^νᵀ, Q_μν = (1/N) ξ^μ · ξ^ν (Kanter and Sompolinsky 1987). @throws EngineError E_PATTERNS_DEPENDENT */
export function createPseudoInverse(
  patterns: readonly Int8Array[],
  names: readonly string[],
  N: number,
  bias: Float64Array,
): Memory {
  return createProjectionMemory(patterns, N, invertOverlaps(patterns, names), bias)
}

/** A pivot smaller than this share means that a pattern is a combination of those before it. */
const DEPENDENT = 1e-9

/** Q⁻¹ by Gauss and Jordan; Q is positive definite unless the patterns depend on each other. */
export function invertOverlaps(patterns: readonly Int8Array[], names: readonly string[]): Float64Array {
  const P = patterns.length
  const q = new Float64Array(P * P)
  const inverse = new Float64Array(P * P)
  for (let m = 0; m < P; m++) {
    inverse[m * (P + 1)] = 1
    for (let n = 0; n <= m; n++) q[m * P + n] = q[n * P + m] = overlap(patterns[m], patterns[n])
  }
  for (let k = 0; k < P; k++) {
    const pivot = q[k * (P + 1)]
    if (pivot < DEPENDENT) throw new EngineError('E_PATTERNS_DEPENDENT', { name: names[k] })
    for (let n = 0; n < P; n++) {
      q[k * P + n] /= pivot
      inverse[k * P + n] /= pivot
    }
    for (let m = 0; m < P; m++) {
      const factor = q[m * P + k]
      if (m === k || factor === 0) continue
      for (let n = 0; n < P; n++) {
        q[m * P + n] -= factor * q[k * P + n]
        inverse[m * P + n] -= factor * inverse[k * P + n]
      }
    }
  }
  return inverse
}

/** The largest network whose N × N matrix is built. */
export const MOST_NEURONS_WITH_MATRIX = 4096

/** Storkey 1997: patterns one after another, each with the local field of the weights so far. Needs the matrix. */
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

/** @throws EngineError E_NETWORK_TOO_LARGE */
export function assertMatrixFits(N: number): void {
  if (N <= MOST_NEURONS_WITH_MATRIX) return
  throw new EngineError('E_NETWORK_TOO_LARGE', { neurons: N, limit: MOST_NEURONS_WITH_MATRIX, rule: 'storkey' })
}

/** @throws EngineError E_NETWORK_TOO_LARGE */
export function createStorkey(patterns: readonly Int8Array[], N: number, bias: Float64Array): Memory {
  assertMatrixFits(N)
  const w = storkeyWeights(patterns, N)
  const fields = new Float64Array(N) // W s, kept up to date
  let state: Int8Array = new Int8Array(N)
  return {
    neurons: N,
    isLinear: true,
    follow(next) {
      state = next
      for (let i = 0; i < N; i++) {
        let sum = 0
        for (let j = 0; j < N; j++) sum += w[i * N + j] * state[j]
        fields[i] = sum
      }
    },
    field: (i) => fields[i] + bias[i],
    flip(i) {
      const change = -2 * state[i]
      state[i] = -state[i]
      for (let j = 0; j < N; j++) fields[j] += change * w[i * N + j]
    },
    energy() {
      let sum = 0
      for (let i = 0; i < N; i++) sum += state[i] * fields[i]
      return -0.5 * sum - biasEnergy(bias, state)
    },
  }
}
