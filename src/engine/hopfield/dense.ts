/** Dense associative memory (Krotov and Hopfield 2016): E = −N Σ F(ξ·s/N), F(x) = xⁿ for x > 0, else 0. */
import { power } from '../numerics/elementary'
import { cellsOf, multiplyPatterns } from './cells'
import type { Memory } from './rule'

/** F(x) = xⁿ for x > 0, else 0. */
function rectified(x: number, degree: number): number {
  return x > 0 ? power(x, degree) : 0
}

/** E = −N Σ F(ξ·s/N), also of a state of real numbers. @param products ξ^μ · s */
export function denseEnergy(products: Float64Array, N: number, degree: number): number {
  let sum = 0
  for (let m = 0; m < products.length; m++) sum += rectified(products[m] / N, degree)
  return -N * sum
}

export function createDense(patterns: readonly Int8Array[], N: number, degree: number): Memory {
  const P = patterns.length
  const cells = cellsOf(patterns, N)
  const products = new Float64Array(P) // ξ^μ · s
  // (2N + 3) F(k/N) for every product k there can be, one beyond at either end: a visit looks up what it would raise.
  const raised = Float64Array.from({ length: 2 * N + 3 }, (_, at) => rectified((at - N - 1) / N, degree))
  const zero = N + 1
  let state: Int8Array = new Int8Array(N)
  return {
    neurons: N,
    isLinear: false,
    follow(next) {
      state = next
      multiplyPatterns(products, patterns, state)
    },
    /** Σ F((ξ_i + r_i)/N) − F((−ξ_i + r_i)/N), r_i the product without neuron i. */
    field(i) {
      let sum = 0
      for (let m = 0; m < P; m++) {
        const own = cells[i * P + m]
        const rest = products[m] - own * state[i]
        sum += raised[zero + rest + own] - raised[zero + rest - own]
      }
      return sum
    },
    flip(i) {
      for (let m = 0; m < P; m++) products[m] -= 2 * cells[i * P + m] * state[i]
      state[i] = -state[i]
    },
    energy() {
      let sum = 0
      for (let m = 0; m < P; m++) sum += raised[zero + products[m]]
      return -N * sum
    },
  }
}
