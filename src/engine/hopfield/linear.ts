/**
 * The rules whose field is linear in the state, h = W s + b, E = −½ sᵀW s − bᵀs. Hebbian and pseudo-inverse never build W:
 * W s = (1/N) (ξ C)(ξᵀ s) − diagonal, with the P products ξᵀ s kept up to date: a visit and a flip cost O(P), not O(N).
 */
import { EngineError } from '../error'
import { cellsOf, multiplyPatterns } from './cells'
import { patternOverlaps } from './overlaps'
import { biasEnergy } from './rule'
import type { Memory } from './rule'

/** b = (1/N) Σ ξ: the Hebbian weight from a unit that is always +1. */
export function hebbianBias(patterns: readonly Int8Array[], N: number): Float64Array {
  const bias = new Float64Array(N)
  for (const pattern of patterns) for (let i = 0; i < N; i++) bias[i] += pattern[i]
  return bias.map((sum) => sum / N)
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
  const weights = mixing === null ? cells : new Float64Array(N * P) // (N, P), ξ C: a field is its product with ξ · s
  const diagonal = new Float64Array(N).fill(mixing === null ? P / N : NaN)
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
      if (mixing !== null && Number.isNaN(diagonal[i])) diagonal[i] = mixRow(weights, cells, mixing, i) / N
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
      // P is what the diagonal sums to: the trace of ξξᵀ/N, and of ξ Q⁻¹ ξᵀ/N, which is that of Q⁻¹ Q.
      return -0.5 * (quadraticForm(products, mixing) / N - P) - biasEnergy(bias, state)
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

/**
 * Row i of ξ C into weights (N, P): C being symmetric, its rows are its columns. A row costs P², so each is computed when its
 * neuron is first asked: a recall of a large network begins at once.
 * @returns its product with ξ_i: N times what W_ii would be
 */
function mixRow(weights: Float64Array | Int8Array, cells: Int8Array, mixing: Float64Array, i: number): number {
  const P = Math.sqrt(mixing.length)
  const start = i * P
  for (let m = 0, from = 0; m < P; m++) {
    const sign = cells[start + m]
    for (let n = start; n < start + P; n++, from++) weights[n] += sign * mixing[from]
  }
  let own = 0
  for (let at = start; at < start + P; at++) own += cells[at] * weights[at]
  return own
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
  const q = patternOverlaps(patterns)
  const inverse = new Float64Array(P * P)
  for (let m = 0; m < P; m++) inverse[m * (P + 1)] = 1
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
