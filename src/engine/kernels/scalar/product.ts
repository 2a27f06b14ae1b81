/** The matrix product of all passes. */
import type { Twin } from './memory'

const { fround } = Math

/** Columns that one row of A is multiplied with at a time: as many sums as fit the registers with what they need. */
const COLUMNS = 4
const PANEL = 16
const NARROW = 8
/** Bytes of a packed panel's row. */
const PANEL_BYTES = 64

/**
 * C (M, N) += A (M, K) · B (K, N), N a multiple of 8. A (m, k) lies at a + m·ars + k·aks; B's rows bks apart, its panels of
 * sixteen columns bps apart; in a packed B (bks = 64) a last panel of eight columns has rows of eight. Each element begins
 * with C's and adds a product after the other, k ascending; that K is taken in blocks of kb changes no sum.
 */
export const product: Twin<'product'> = ({ floats }, m, n, k, a, ars, aks, b, bks, bps, c, crs, kb) => {
  for (let k0 = 0; k0 < k; k0 += kb) {
    const count = Math.min(kb, k - k0)
    for (let at = 0; at < n; at += PANEL) {
      const width = Math.min(PANEL, n - at)
      const rowBytes = width === NARROW && bks === PANEL_BYTES ? PANEL_BYTES / 2 : bks
      const panel = (b + (at / PANEL) * bps + k0 * rowBytes) >>> 2
      for (let row = 0; row < m; row++) {
        const from = (a + row * ars + k0 * aks) >>> 2
        const to = ((c + row * crs) >>> 2) + at
        for (let j = 0; j < width; j += COLUMNS) {
          addFourSums(floats, count, from, aks >>> 2, panel + j, rowBytes >>> 2, to + j)
        }
      }
    }
  }
}

/** Four neighbours of a row of C += a row of A · four columns of B. Everything in elements. */
function addFourSums(
  floats: Float32Array,
  count: number,
  a: number,
  aStep: number,
  b: number,
  bStep: number,
  c: number,
): void {
  let sum0 = floats[c]
  let sum1 = floats[c + 1]
  let sum2 = floats[c + 2]
  let sum3 = floats[c + 3]
  for (let i = 0; i < count; i++) {
    const factor = floats[a]
    sum0 = fround(sum0 + fround(factor * floats[b]))
    sum1 = fround(sum1 + fround(factor * floats[b + 1]))
    sum2 = fround(sum2 + fround(factor * floats[b + 2]))
    sum3 = fround(sum3 + fround(factor * floats[b + 3]))
    a += aStep
    b += bStep
  }
  floats[c] = sum0
  floats[c + 1] = sum1
  floats[c + 2] = sum2
  floats[c + 3] = sum3
}
