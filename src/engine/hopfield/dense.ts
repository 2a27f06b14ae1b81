/** Dense associative memory (Krotov and Hopfield 2016): E = −N Σ F(ξ·s/N), F(x) = xⁿ for x > 0, else 0. */
import { power } from '../numerics/elementary'
import { cellsOf, multiplyPatterns } from './cells'
import type { Memory } from './rule'

export function createDense(patterns: readonly Int8Array[], N: number, degree: number): Memory {
  const P = patterns.length
  const cells = cellsOf(patterns, N)
  const products = new Float64Array(P) // ξ^μ · s
  let state: Int8Array = new Int8Array(N)
  const F = (x: number): number => (x > 0 ? power(x, degree) : 0)
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
        sum += F((own + rest) / N) - F((rest - own) / N)
      }
      return sum
    },
    flip(i) {
      for (let m = 0; m < P; m++) products[m] -= 2 * cells[i * P + m] * state[i]
      state[i] = -state[i]
    },
    energy() {
      let sum = 0
      for (let m = 0; m < P; m++) sum += F(products[m] / N)
      return -N * sum
    },
  }
}
