/** Dense associative memory (Krotov and Hopfield 2016): E = −N Σ F(ξ·s/N), F(x) = xⁿ for x > 0, else 0. */
import { power } from '../numerics/elementary'
import type { Memory } from './rule'

export function createDense(patterns: readonly Int8Array[], N: number, degree: number): Memory {
  const P = patterns.length
  const products = new Float64Array(P) // ξ^μ · s
  let state: Int8Array = new Int8Array(N)
  const F = (x: number): number => (x > 0 ? power(x, degree) : 0)
  return {
    neurons: N,
    isLinear: false,
    follow(next) {
      state = next
      for (let m = 0; m < P; m++) {
        let sum = 0
        for (let i = 0; i < N; i++) sum += patterns[m][i] * state[i]
        products[m] = sum
      }
    },
    /** Σ F((ξ_i + r_i)/N) − F((−ξ_i + r_i)/N), r_i the product without neuron i. */
    field(i) {
      let sum = 0
      for (let m = 0; m < P; m++) {
        const rest = products[m] - patterns[m][i] * state[i]
        sum += F((patterns[m][i] + rest) / N) - F((rest - patterns[m][i]) / N)
      }
      return sum
    },
    flip(i) {
      for (let m = 0; m < P; m++) products[m] -= 2 * patterns[m][i] * state[i]
      state[i] = -state[i]
    },
    energy() {
      let sum = 0
      for (let m = 0; m < P; m++) sum += F(products[m] / N)
      return -N * sum
    },
  }
}
