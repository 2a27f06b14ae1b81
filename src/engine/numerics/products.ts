/**
 * Matrix products for row-major matrices that lie in larger buffers. Each output element is added up with its inner index
 * ascending, one rounding a multiply and one an add in the buffer's precision, so that every faster kernel can give the
 * same sum in the same order.
 */
import type { Floats } from './floats'

/** C (M, N) += A (M, K) · B (K, N). Offsets in elements. */
export function addProduct(
  c: Floats,
  cAt: number,
  a: Floats,
  aAt: number,
  b: Floats,
  bAt: number,
  M: number,
  K: number,
  N: number,
): void {
  for (let m = 0; m < M; m++) {
    const row = cAt + m * N
    for (let k = 0; k < K; k++) {
      const factor = a[aAt + m * K + k]
      const from = bAt + k * N
      for (let n = 0; n < N; n++) c[row + n] += factor * b[from + n]
    }
  }
}

/** C (K, N) += Aᵀ · B for A (M, K), B (M, N): the gradient of a weight over M rows. */
export function addTransposedProduct(
  c: Floats,
  cAt: number,
  a: Floats,
  aAt: number,
  b: Floats,
  bAt: number,
  M: number,
  K: number,
  N: number,
): void {
  for (let m = 0; m < M; m++) {
    for (let k = 0; k < K; k++) {
      const factor = a[aAt + m * K + k]
      const row = cAt + k * N
      const from = bAt + m * N
      for (let n = 0; n < N; n++) c[row + n] += factor * b[from + n]
    }
  }
}

/** target (N, M) = sourceᵀ for source (M, N). */
export function transpose(target: Floats, source: Floats, at: number, M: number, N: number): void {
  for (let m = 0; m < M; m++) for (let n = 0; n < N; n++) target[n * M + m] = source[at + m * N + n]
}

/** c (N) += the sum of the M rows of a (M, N). */
export function addRows(c: Floats, cAt: number, a: Floats, aAt: number, M: number, N: number): void {
  for (let m = 0; m < M; m++) for (let n = 0; n < N; n++) c[cAt + n] += a[aAt + m * N + n]
}
