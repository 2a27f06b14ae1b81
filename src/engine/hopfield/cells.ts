/** The stored patterns neuron by neuron: a visit reads P neighbours instead of P places far apart. */

/** (N, P): what every pattern says of neuron 0, of neuron 1 … */
export function cellsOf(patterns: readonly Int8Array[], N: number): Int8Array {
  return turn(patterns, N, new Int8Array(N * patterns.length))
}

/** Neurons turned at a time: what is written of them stays in the processor's cache. */
const BLOCK = 64

/** Vectors of N one beside the other as (N, P). */
export function turn<Turned extends Int8Array | Float64Array>(
  vectors: readonly Turned[],
  N: number,
  turned: Turned,
): Turned {
  const P = vectors.length
  for (let first = 0; first < N; first += BLOCK) {
    const end = Math.min(N, first + BLOCK)
    for (let m = 0; m < P; m++) {
      const vector = vectors[m]
      for (let i = first, at = first * P + m; i < end; i++, at += P) turned[at] = vector[i]
    }
  }
  return turned
}

/** products (P) = ξ^μ · s, of patterns or of other vectors of N. */
export function multiplyPatterns(
  products: Float64Array,
  patterns: readonly (Int8Array | Float64Array)[],
  state: Int8Array,
): void {
  patterns.forEach((pattern, m) => {
    let sum = 0
    for (let i = 0; i < state.length; i++) sum += pattern[i] * state[i]
    products[m] = sum
  })
}
