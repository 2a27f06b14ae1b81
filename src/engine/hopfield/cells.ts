/** The stored patterns neuron by neuron: a visit reads P neighbours instead of P places far apart. */

/** (N, P): what every pattern says of neuron 0, of neuron 1 … */
export function cellsOf(patterns: readonly Int8Array[], N: number): Int8Array {
  const P = patterns.length
  const cells = new Int8Array(N * P)
  patterns.forEach((pattern, m) => {
    for (let i = 0; i < N; i++) cells[i * P + m] = pattern[i]
  })
  return cells
}

/** products (P) = ξ^μ · s, whole numbers. */
export function multiplyPatterns(products: Float64Array, patterns: readonly Int8Array[], state: Int8Array): void {
  patterns.forEach((pattern, m) => {
    let sum = 0
    for (let i = 0; i < state.length; i++) sum += pattern[i] * state[i]
    products[m] = sum
  })
}
