/**
 * The matrix product of all passes, and the packing it wants. A packed B (K, N) lies in panels of sixteen columns, row
 * after row, a last panel of eight columns being eight wide.
 */
import { panel16, panel8, rowOfPanels } from './tiles'

/** Up to this many rows of A are one block; longer ones go by blocks of ROWS, so that a block of A stays in the first cache. */
const ROWS_AT_ONCE: i32 = 56
const ROWS: i32 = 48
/** Numbers of a block of A: 24 KB. */
const BLOCK: i32 = 6144

/**
 * C (M, N) = S + A (M, K) · B (K, N), N a multiple of 8. A's element (m, k) lies at a + m·ars + k·aks, so that a transposed
 * A costs nothing. B's rows lie bks apart, its panels of 16 columns bps apart (bks is 64 where B is packed). C's rows lie
 * crs apart and its panels cps; S's srs and sps, so that S may be C itself, or one row for all (srs 0). Each element is
 * S's and then the products added with k ascending, whatever the blocks.
 */
export function product(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  ars: usize,
  aks: usize,
  b: usize,
  bks: usize,
  bps: usize,
  s: usize,
  srs: usize,
  sps: usize,
  c: usize,
  crs: usize,
  cps: usize,
): void {
  if (m == 1) return oneRow(n, k, a, aks, b, bks, bps, s, sps, c, cps)
  const rows = m <= ROWS_AT_ONCE ? m : ROWS
  const kb = k * rows <= BLOCK * 4 / 3 ? k : max(32, (BLOCK / rows) & ~15)
  for (let k0 = 0; k0 < k; k0 += kb) {
    const kk = min(kb, k - k0)
    const ak = a + <usize>k0 * aks
    for (let m0 = 0; m0 < m; ) {
      const mm = m - m0 <= ROWS_AT_ONCE ? m - m0 : ROWS
      panels(m0, mm, n, k0, kk, ak + <usize>m0 * ars, ars, aks, b, bks, bps, s, srs, sps, c, crs, cps)
      m0 += mm
    }
    // What has been added so far lies in C.
    s = c
    srs = crs
    sps = cps
  }
}

/** Rows m0 to m0 + m, inner indices k0 to k0 + kk, all columns. */
// @ts-ignore: decorator
@inline
function panels(
  m0: i32, m: i32, n: i32, k0: i32, kk: i32, a: usize, ars: usize, aks: usize, b: usize, bks: usize, bps: usize,
  s: usize, srs: usize, sps: usize, c: usize, crs: usize, cps: usize,
): void {
  let at = 0
  let from = b + <usize>k0 * bks
  for (; at + 16 <= n; at += 16) {
    panel16(m, a, ars, aks, from, bks, s + <usize>m0 * srs, srs, c + <usize>m0 * crs, crs, kk)
    from += bps
    s += sps
    c += cps
  }
  if (at == n) return
  // The last panel of what is packed is as narrow as it is.
  const isPackedC = crs == 64 && cps != 64
  const rows: usize = isPackedC ? 32 : crs
  const starts: usize = isPackedC && srs == crs ? 32 : srs
  const inner: usize = bks == 64 ? 32 : bks
  from -= <usize>k0 * (bks - inner)
  panel8(m, a, ars, aks, from, inner, s + <usize>m0 * starts, starts, c + <usize>m0 * rows, rows, kk)
}

/** One row: several panels at a time, so that sums do not wait for each other. */
function oneRow(
  n: i32, k: i32, a: usize, aks: usize, b: usize, bks: usize, bps: usize,
  s: usize, sps: usize, c: usize, cps: usize,
): void {
  const whole = n >> 4
  rowOfPanels(whole, a, aks, b, bks, bps, s, sps, c, cps, k)
  if (whole << 4 == n) return
  const inner: usize = bks == 64 ? 32 : bks
  panel8(1, a, 0, aks, b + <usize>whole * bps, inner, s + <usize>whole * sps, 0, c + <usize>whole * cps, 0, k)
}

// @ts-ignore: decorator
@inline
function pick(a: v128, b: v128, isHigh: bool): v128 {
  return isHigh ? i32x4.shuffle(a, b, 2, 3, 6, 7) : i32x4.shuffle(a, b, 0, 1, 4, 5)
}

/** The packed transpose (N, K) of a packed B (K, N), K a multiple of 16 and N of 8, by squares of four. */
export function transposePanels(target: usize, source: usize, k: i32, n: i32): void {
  const panelBytes = (<usize>n) << 6
  for (let start = 0; start < n; start += 16) {
    const width = (<usize>min(16, n - start)) << 2
    for (let i = 0; i < k; i += 4) {
      const rows = target + <usize>(i >> 4) * panelBytes + ((<usize>start) << 6) + ((<usize>(i & 15)) << 2)
      for (let j: usize = 0; j < width; j += 16) {
        const at = source + j
        const r0 = v128.load(at)
        const r1 = v128.load(at + width)
        const r2 = v128.load(at + 2 * width)
        const r3 = v128.load(at + 3 * width)
        const low0 = i32x4.shuffle(r0, r1, 0, 4, 1, 5)
        const low1 = i32x4.shuffle(r2, r3, 0, 4, 1, 5)
        const high0 = i32x4.shuffle(r0, r1, 2, 6, 3, 7)
        const high1 = i32x4.shuffle(r2, r3, 2, 6, 3, 7)
        const to = rows + (j << 4)
        v128.store(to, pick(low0, low1, false))
        v128.store(to, pick(low0, low1, true), 64)
        v128.store(to, pick(high0, high1, false), 128)
        v128.store(to, pick(high0, high1, true), 192)
      }
      source += 4 * width
    }
  }
}
