/**
 * The rules whose field is linear in the state, h = W s + b, E = −½ sᵀW s − bᵀs. Hebbian and pseudo-inverse never build W:
 * W s = Σ_μ ξ^μ a_μ − diagonal, with a = M ξ s kept up to date, O(P) a neuron (P patterns) instead of O(N).
 */
import { EngineError } from '../error'
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
 * W = (1/N) Σ_μν ξ^μ C_μν ξ^νᵀ with the diagonal taken out, C symmetric (P, P): the identity for Hebbian.
 * @param mixing C, row-major
 */
function createProjectionMemory(
  patterns: readonly Int8Array[],
  N: number,
  mixing: Float64Array,
  bias: Float64Array,
): Memory {
  const P = patterns.length
  const products = new Float64Array(P) // ξ^μ · s, whole numbers
  const mixed = new Float64Array(P) // C products
  const diagonal = new Float64Array(N)
  const column = new Float64Array(P)
  for (let i = 0; i < N; i++) {
    for (let m = 0; m < P; m++) {
      for (let n = 0; n < P; n++) diagonal[i] += patterns[m][i] * mixing[m * P + n] * patterns[n][i]
    }
    diagonal[i] /= N
  }
  let state: Int8Array = new Int8Array(N)

  function remix(): void {
    for (let m = 0; m < P; m++) {
      let sum = 0
      for (let n = 0; n < P; n++) sum += mixing[m * P + n] * products[n]
      mixed[m] = sum
    }
  }

  const isHebbian = mixing.every((value, k) => value === (k % (P + 1) === 0 ? 1 : 0))
  return {
    neurons: N,
    isLinear: true,
    follow(next) {
      state = next
      for (let m = 0; m < P; m++) {
        let sum = 0
        for (let i = 0; i < N; i++) sum += patterns[m][i] * state[i]
        products[m] = sum
      }
      remix()
    },
    field(i) {
      let sum = 0
      for (let m = 0; m < P; m++) sum += patterns[m][i] * mixed[m]
      return sum / N - diagonal[i] * state[i] + bias[i]
    },
    flip(i) {
      const change = -2 * state[i]
      state[i] = -state[i]
      for (let m = 0; m < P; m++) column[m] = change * patterns[m][i]
      for (let m = 0; m < P; m++) products[m] += column[m]
      if (isHebbian) mixed.set(products)
      else for (let m = 0; m < P; m++) for (let n = 0; n < P; n++) mixed[m] += mixing[m * P + n] * column[n]
    },
    energy() {
      remix()
      let sum = 0
      for (let m = 0; m < P; m++) sum += products[m] * mixed[m]
      let own = 0
      for (let i = 0; i < N; i++) own += diagonal[i]
      return -0.5 * (sum / N - own) - biasEnergy(bias, state)
    },
  }
}

/** W = (1/N) Σ ξξᵀ (Hopfield 1982). */
export function createHebbian(patterns: readonly Int8Array[], N: number, bias: Float64Array): Memory {
  const P = patterns.length
  const identity = new Float64Array(P * P)
  for (let m = 0; m < P; m++) identity[m * (P + 1)] = 1
  return createProjectionMemory(patterns, N, identity, bias)
}

/** W = (1/N) Σ ξ^μ (Q⁻¹)_μν ξ^νᵀ, Q_μν = (1/N) ξ^μ · ξ^ν (Kanter and Sompolinsky 1987). @throws EngineError E_PATTERNS_DEPENDENT */
export function createPseudoInverse(
  patterns: readonly Int8Array[],
  names: readonly string[],
  N: number,
  bias: Float64Array,
): Memory {
  return createProjectionMemory(patterns, N, invertOverlaps(patterns, names, N), bias)
}

/** A pivot smaller than this share means that a pattern is a combination of those before it. */
const DEPENDENT = 1e-9

/** Q⁻¹ by Gauss and Jordan; Q is positive definite unless the patterns depend on each other. */
function invertOverlaps(patterns: readonly Int8Array[], names: readonly string[], N: number): Float64Array {
  const P = patterns.length
  const q = new Float64Array(P * P)
  const inverse = new Float64Array(P * P)
  for (let m = 0; m < P; m++) {
    inverse[m * (P + 1)] = 1
    for (let n = 0; n < P; n++) {
      let sum = 0
      for (let i = 0; i < N; i++) sum += patterns[m][i] * patterns[n][i]
      q[m * P + n] = sum / N
    }
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
export function createStorkey(patterns: readonly Int8Array[], N: number, bias: Float64Array): Memory {
  if (N > MOST_NEURONS_WITH_MATRIX) {
    throw new EngineError('E_NETWORK_TOO_LARGE', { neurons: N, limit: MOST_NEURONS_WITH_MATRIX, rule: 'storkey' })
  }
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
