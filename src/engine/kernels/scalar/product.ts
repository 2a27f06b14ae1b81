/** The matrix product of all passes, and the transpose of what is packed for it. */
import type { Twin } from './memory'

const { fround } = Math

/** Columns that one row of A is multiplied with at a time: as many sums as fit the registers with what they need. */
const COLUMNS = 4
const PANEL = 16
const NARROW = 8
/** Bytes of a packed panel's row. */
const PANEL_BYTES = 64

/**
 * C (M, N) = S + A (M, K) · B (K, N), N a multiple of 8. A (m, k) lies at a + m·ars + k·aks; B's rows bks apart, its panels of
 * sixteen columns bps apart; C's rows crs and its panels cps, S's srs and sps: S may be C itself, or one row for all. A last
 * panel of eight columns has rows of eight in a packed B (bks = 64), and in a packed C. Each element begins with S's and
 * adds a product after the other, k ascending.
 */
export const product: Twin<'product'> = ({ floats }, m, n, k, a, ars, aks, b, bks, bps, s, srs, sps, c, crs, cps) => {
  for (let at = 0, panel = 0; at < n; at += PANEL, panel++) {
    const width = Math.min(PANEL, n - at)
    const isNarrow = width === NARROW
    const isPackedC = isNarrow && crs === PANEL_BYTES && cps !== PANEL_BYTES
    const inner = isNarrow && bks === PANEL_BYTES ? bks / 2 : bks
    const rows = isPackedC ? crs / 2 : crs
    const starts = isPackedC && srs === crs ? srs / 2 : srs
    for (let row = 0; row < m; row++) {
      const from = (a + row * ars) >>> 2
      const start = (s + panel * sps + row * starts) >>> 2
      const to = (c + panel * cps + row * rows) >>> 2
      for (let j = 0; j < width; j += COLUMNS) {
        addFourSums(floats, k, from, aks >>> 2, ((b + panel * bps) >>> 2) + j, inner >>> 2, start + j, to + j)
      }
    }
  }
}

/** Four neighbours of a row of C = those of S + a row of A · four columns of B. Everything in elements. */
function addFourSums(
  floats: Float32Array,
  count: number,
  a: number,
  aStep: number,
  b: number,
  bStep: number,
  s: number,
  c: number,
): void {
  let sum0 = floats[s]
  let sum1 = floats[s + 1]
  let sum2 = floats[s + 2]
  let sum3 = floats[s + 3]
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

/** The packed transpose (N, K) of a packed B (K, N), K a multiple of 16 and N of 8. */
export const transposePanels: Twin<'transposePanels'> = ({ words }, target, source, k, n) => {
  for (let start = 0; start < n; start += PANEL) {
    const width = Math.min(PANEL, n - start)
    for (let i = 0; i < k; i++) {
      const from = (source >>> 2) + start * k + i * width
      const to = (target >>> 2) + (i >> 4) * n * PANEL + start * PANEL + (i & (PANEL - 1))
      for (let j = 0; j < width; j++) words[to + j * PANEL] = words[from + j]
    }
  }
}
