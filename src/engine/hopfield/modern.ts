/**
 * Modern Hopfield network (Ramsauer and others 2020) on bipolar states: s ← sign(Ξ softmax(β Ξᵀs)),
 * E = −(1/β) ln Σ exp(β ξ·s) + N/2 + (1/β) ln P + N/2.
 */
import { exp, log } from '../numerics/elementary'
import { cellsOf, multiplyPatterns } from './cells'
import type { Memory } from './rule'

/** ln Σ exp(β products), and exp(β products − the largest) of each in `weights` (P), with their sum. */
function weigh(weights: Float64Array, products: Float64Array, beta: number): { sum: number; logSum: number } {
  let most = -Infinity
  for (let m = 0; m < products.length; m++) most = Math.max(most, beta * products[m])
  let sum = 0
  for (let m = 0; m < products.length; m++) {
    weights[m] = exp(beta * products[m] - most)
    sum += weights[m]
  }
  return { sum, logSum: most + log(sum) }
}

/** E of a state of real numbers: −(1/β) ln Σ exp(β ξ·s) + ½ s·s + (1/β) ln P + N/2. @param square s · s */
export function modernEnergy(products: Float64Array, square: number, N: number, beta: number): number {
  const P = products.length
  return -weigh(new Float64Array(P), products, beta).logSum / beta + (square + N) / 2 + log(P) / beta
}

export function createModern(patterns: readonly Int8Array[], N: number, beta: number): Memory {
  const P = patterns.length
  const cells = cellsOf(patterns, N)
  const products = new Float64Array(P) // ξ^μ · s
  const attention = new Float64Array(P) // softmax(β products)
  let fresh = false
  let state: Int8Array = new Int8Array(N)

  /** Fills attention; answers ln Σ exp(β products). */
  function attend(): number {
    const { sum, logSum } = weigh(attention, products, beta)
    for (let m = 0; m < P; m++) attention[m] /= sum
    fresh = true
    return logSum
  }

  return {
    neurons: N,
    isLinear: false,
    follow(next) {
      state = next
      multiplyPatterns(products, patterns, state)
      fresh = false
    },
    field(i) {
      if (!fresh) attend()
      let sum = 0
      for (let m = 0; m < P; m++) sum += cells[i * P + m] * attention[m]
      return sum
    },
    flip(i) {
      for (let m = 0; m < P; m++) products[m] -= 2 * cells[i * P + m] * state[i]
      state[i] = -state[i]
      fresh = false
    },
    energy: () => -attend() / beta + N + log(P) / beta,
  }
}
