/**
 * The first layer of a feed-forward window of k tokens on one-hot inputs: a sum of k rows of a table (k·V, n), and its
 * gradient. Row i of the batch sees the tokens ids[i], ids[i + b], … ids[i + (k−1)·b], oldest first: ids are rows of b
 * streams, one a time step. An id is a token plus one; 0 is no token, and adds nothing. n is a multiple of 16.
 */

/** target row i = row + Σ_s table[s·V + token s of row i]. */
export function gatherWindow(
  target: usize,
  stride: usize,
  table: usize,
  tableStride: usize,
  ids: usize,
  row: usize,
  m: i32,
  n: i32,
  b: i32,
  k: i32,
  v: i32,
): void {
  const idStride = (<usize>b) << 2
  const block = <usize>v * tableStride
  for (let i = 0; i < m; i++) {
    for (let j: usize = 0, end = (<usize>n) << 2; j < end; j += 64) {
      let sum0 = v128.load(row + j)
      let sum1 = v128.load(row + j, 16)
      let sum2 = v128.load(row + j, 32)
      let sum3 = v128.load(row + j, 48)
      let id = ids
      let slot = table + j
      for (let s = 0; s < k; s++) {
        const token = load<u32>(id)
        if (token != 0) {
          const from = slot + <usize>(token - 1) * tableStride
          sum0 = f32x4.add(sum0, v128.load(from))
          sum1 = f32x4.add(sum1, v128.load(from, 16))
          sum2 = f32x4.add(sum2, v128.load(from, 32))
          sum3 = f32x4.add(sum3, v128.load(from, 48))
        }
        id += idStride
        slot += block
      }
      v128.store(target + j, sum0)
      v128.store(target + j, sum1, 16)
      v128.store(target + j, sum2, 32)
      v128.store(target + j, sum3, 48)
    }
    target += stride
    ids += 4
  }
}

/** table[s·V + token s of row i] += source row i, for every s. */
export function scatterWindow(
  table: usize,
  tableStride: usize,
  source: usize,
  stride: usize,
  ids: usize,
  m: i32,
  n: i32,
  b: i32,
  k: i32,
  v: i32,
): void {
  const bytes = (<usize>n) << 2
  for (let s = 0; s < k; s++) {
    let from = source
    for (let i = 0; i < m; i++) {
      const token = load<u32>(ids + ((<usize>(i + s * b)) << 2))
      if (token != 0) {
        const to = table + <usize>(token - 1) * tableStride
        for (let j: usize = 0; j < bytes; j += 16) {
          v128.store(to + j, f32x4.add(v128.load(to + j), v128.load(from + j)))
        }
      }
      from += stride
    }
    table += <usize>v * tableStride
  }
}
