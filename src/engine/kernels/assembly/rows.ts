/** Rows added, gathered and scattered. Lengths are multiples of 8, taken as pairs of four that 256-bit vectors join. */

/** target = a + b, n numbers. */
export function add(target: usize, a: usize, b: usize, n: i32): void {
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 32) {
    const first = f32x4.add(v128.load(a + i), v128.load(b + i))
    const second = f32x4.add(v128.load(a + i, 16), v128.load(b + i, 16))
    v128.store(target + i, first)
    v128.store(target + i, second, 16)
  }
}

/** target = a ⊙ b, n numbers. */
export function multiply(target: usize, a: usize, b: usize, n: i32): void {
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 32) {
    const first = f32x4.mul(v128.load(a + i), v128.load(b + i))
    const second = f32x4.mul(v128.load(a + i, 16), v128.load(b + i, 16))
    v128.store(target + i, first)
    v128.store(target + i, second, 16)
  }
}

/** target row m = row + table[ids[m]]: a one-hot product, gathered. */
export function gather(
  target: usize,
  stride: usize,
  table: usize,
  tableStride: usize,
  ids: usize,
  row: usize,
  m: i32,
  n: i32,
): void {
  for (let i = 0; i < m; i++) {
    add(target, row, table + <usize>load<u32>(ids + ((<usize>i) << 2)) * tableStride, n)
    target += stride
  }
}

/** table[ids[m]] += source row m, m ascending. */
export function scatter(
  table: usize,
  tableStride: usize,
  source: usize,
  stride: usize,
  ids: usize,
  m: i32,
  n: i32,
): void {
  for (let i = 0; i < m; i++) {
    const to = table + <usize>load<u32>(ids + ((<usize>i) << 2)) * tableStride
    add(to, to, source, n)
    source += stride
  }
}

/** target (n) += the sum of the rows, m ascending. */
export function addRows(target: usize, source: usize, stride: usize, m: i32, n: i32): void {
  for (let j = 0; j < n; j += 8) {
    let from = source + ((<usize>j) << 2)
    const to = target + ((<usize>j) << 2)
    let sum0 = v128.load(to)
    let sum1 = v128.load(to, 16)
    for (let i = 0; i < m; i++) {
      sum0 = f32x4.add(sum0, v128.load(from))
      sum1 = f32x4.add(sum1, v128.load(from, 16))
      from += stride
    }
    v128.store(to, sum0)
    v128.store(to, sum1, 16)
  }
}
