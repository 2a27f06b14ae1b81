/**
 * The kernels of a training step, on raw pointers. All matrices are row-major float32 with a row stride in bytes; columns
 * are padded to 8 (logits) or 16, and the padding holds zeros. Letters are DESIGN's: B, T, H, V, G; M = T·B rows.
 */
import { exp4, madd, sigmoid4, tanh4 } from './arithmetic'
import { log } from './logarithm'
import { panel16, panel8 } from './tiles'

export { gatherWindow, scatterWindow } from './window'

/**
 * C (M, N) += A (M, K) · B (K, N), N a multiple of 8. A's element (m, k) lies at a + m·ars + k·aks, so that a transposed A
 * costs nothing; B's rows lie bks apart, its panels of 16 columns bps apart (64 where B is not packed). The inner index is
 * taken in blocks of kb, ascending: the sum's order is the same for every block size.
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
  c: usize,
  crs: usize,
  kb: i32,
): void {
  const isPacked = bks == 64
  for (let k0 = 0; k0 < k; k0 += kb) {
    const kk = min(kb, k - k0)
    const from = a + <usize>k0 * aks
    let at = 0
    let bp = b
    for (; at + 16 <= n; at += 16) {
      panel16(m, from, ars, aks, bp + <usize>k0 * bks, bks, c + ((<usize>at) << 2), crs, kk)
      bp += bps
    }
    if (at < n) {
      const narrow: usize = isPacked ? 32 : bks
      panel8(m, from, ars, aks, bp + <usize>k0 * narrow, narrow, c + ((<usize>at) << 2), crs, kk)
    }
  }
}

/**
 * Packs W (G·H, D) transposed into panels: B (K = D, N = G·hp), column g·hp + j being row g·H + j of W. A last panel of
 * eight columns is eight wide.
 */
export function packTransposed(target: usize, w: usize, g: i32, h: i32, hp: i32, d: i32): void {
  const n = g * hp
  memory.fill(target, 0, (<usize>(n * d)) << 2)
  for (let gate = 0; gate < g; gate++) {
    for (let j = 0; j < h; j++) {
      const column = gate * hp + j
      const panel = column >> 4
      const width = min(16, n - (panel << 4))
      let to = target + ((<usize>((panel << 4) * d + (column & 15))) << 2)
      let from = w + ((<usize>((gate * h + j) * d)) << 2)
      const step = (<usize>width) << 2
      for (let i = 0; i < d; i++) {
        store<f32>(to, load<f32>(from))
        from += 4
        to += step
      }
    }
  }
}

/** Packs W (G·H, D) as it is into panels: B (K = G·hp, N = dp), row g·hp + j being row g·H + j of W. */
export function packRows(target: usize, w: usize, g: i32, h: i32, hp: i32, d: i32, dp: i32): void {
  const k = g * hp
  memory.fill(target, 0, (<usize>(k * dp)) << 2)
  for (let start = 0; start < dp; start += 16) {
    const width = min(16, dp - start)
    const filled = min(width, d - start)
    const panel = target + ((<usize>(start * k)) << 2)
    for (let gate = 0; gate < g; gate++) {
      for (let j = 0; j < h; j++) {
        const to = panel + ((<usize>((gate * hp + j) * width)) << 2)
        const from = w + ((<usize>((gate * h + j) * d + start)) << 2)
        memory.copy(to, from, (<usize>filled) << 2)
      }
    }
  }
}

/** The table of one-hot inputs: row v, column g·hp + j is W (g·H + j, v). */
export function transposeTable(target: usize, stride: usize, w: usize, g: i32, h: i32, hp: i32, v: i32): void {
  for (let gate = 0; gate < g; gate++) {
    for (let j = 0; j < h; j++) {
      let to = target + ((<usize>(gate * hp + j)) << 2)
      let from = w + ((<usize>((gate * h + j) * v)) << 2)
      for (let i = 0; i < v; i++) {
        store<f32>(to, load<f32>(from))
        to += stride
        from += 4
      }
    }
  }
}

/** gradients (G·H, V) += the table's gradients (V, G·hp), transposed back. */
export function addTransposedTable(
  gradients: usize,
  table: usize,
  stride: usize,
  g: i32,
  h: i32,
  hp: i32,
  v: i32,
): void {
  for (let gate = 0; gate < g; gate++) {
    for (let j = 0; j < h; j++) {
      let from = table + ((<usize>(gate * hp + j)) << 2)
      let to = gradients + ((<usize>((gate * h + j) * v)) << 2)
      for (let i = 0; i < v; i++) {
        store<f32>(to, load<f32>(to) + load<f32>(from))
        to += 4
        from += stride
      }
    }
  }
}

/** gradients (G·H, D) += C (G·hp, D), whose rows lie crs apart. */
export function addUnpadded(gradients: usize, c: usize, crs: usize, g: i32, h: i32, hp: i32, d: i32): void {
  for (let gate = 0; gate < g; gate++) {
    for (let j = 0; j < h; j++) {
      let from = c + <usize>(gate * hp + j) * crs
      let to = gradients + ((<usize>((gate * h + j) * d)) << 2)
      let i = 0
      for (; i + 4 <= d; i += 4) {
        v128.store(to, f32x4.add(v128.load(to), v128.load(from)))
        to += 16
        from += 16
      }
      for (; i < d; i++) {
        store<f32>(to, load<f32>(to) + load<f32>(from))
        to += 4
        from += 4
      }
    }
  }
}

/** Every row becomes the same row of n columns (n a multiple of 4). */
export function fillRows(target: usize, stride: usize, row: usize, m: i32, n: i32): void {
  const bytes = (<usize>n) << 2
  for (let i = 0; i < m; i++) {
    memory.copy(target, row, bytes)
    target += stride
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
    const from = table + <usize>load<u32>(ids + ((<usize>i) << 2)) * tableStride
    for (let j = 0; j < n; j += 4) {
      const at = (<usize>j) << 2
      v128.store(target + at, f32x4.add(v128.load(row + at), v128.load(from + at)))
    }
    target += stride
  }
}

/** table[ids[m]] += source row m. */
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
    for (let j = 0; j < n; j += 4) {
      const at = (<usize>j) << 2
      v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(source + at)))
    }
    source += stride
  }
}

/** target (n) += the sum of the rows, n a multiple of 8. */
export function addRows(target: usize, source: usize, stride: usize, m: i32, n: i32): void {
  for (let j = 0; j < n; j += 8) {
    let from = source + ((<usize>j) << 2)
    let sum0 = f32x4.splat(0)
    let sum1 = f32x4.splat(0)
    for (let i = 0; i < m; i++) {
      sum0 = f32x4.add(sum0, v128.load(from))
      sum1 = f32x4.add(sum1, v128.load(from, 16))
      from += stride
    }
    const to = target + ((<usize>j) << 2)
    const total0 = f32x4.add(v128.load(to), sum0)
    const total1 = f32x4.add(v128.load(to, 16), sum1)
    v128.store(to, total0)
    v128.store(to, total1, 16)
  }
}

/** h = tanh(gates), n numbers, a multiple of 8: by pairs, which 256-bit vectors join. */
export function vanillaForward(gates: usize, hidden: usize, n: i32): void {
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 32) {
    const first = tanh4(v128.load(gates + i))
    const second = tanh4(v128.load(gates + i, 16))
    v128.store(hidden + i, first)
    v128.store(hidden + i, second, 16)
  }
}

/** ∂L/∂gates = (∂L/∂h from above + from later) (1 − h²); the carry is taken. */
export function vanillaBackward(gradGates: usize, gradHidden: usize, carry: usize, hidden: usize, n: i32): void {
  const one = f32x4.splat(1)
  const zero = f32x4.splat(0)
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 16) {
    const h = v128.load(hidden + i)
    const dh = f32x4.add(v128.load(gradHidden + i), v128.load(carry + i))
    v128.store(gradGates + i, f32x4.mul(dh, f32x4.sub(one, f32x4.mul(h, h))))
    v128.store(carry + i, zero)
  }
}

// @ts-ignore: decorator
@inline
function lstmUnits(gates: usize, block: usize, before: usize, cell: usize, inner: usize, hidden: usize): void {
  const i0 = sigmoid4(v128.load(gates))
  const i1 = sigmoid4(v128.load(gates, 16))
  v128.store(gates, i0)
  v128.store(gates, i1, 16)
  const f0 = sigmoid4(v128.load(gates + block))
  const f1 = sigmoid4(v128.load(gates + block, 16))
  v128.store(gates + block, f0)
  v128.store(gates + block, f1, 16)
  const g0 = tanh4(v128.load(gates + 2 * block))
  const g1 = tanh4(v128.load(gates + 2 * block, 16))
  v128.store(gates + 2 * block, g0)
  v128.store(gates + 2 * block, g1, 16)
  const o0 = sigmoid4(v128.load(gates + 3 * block))
  const o1 = sigmoid4(v128.load(gates + 3 * block, 16))
  v128.store(gates + 3 * block, o0)
  v128.store(gates + 3 * block, o1, 16)
  const c0 = madd(f0, v128.load(before), f32x4.mul(i0, g0))
  const c1 = madd(f1, v128.load(before, 16), f32x4.mul(i1, g1))
  v128.store(cell, c0)
  v128.store(cell, c1, 16)
  const s0 = tanh4(c0)
  const s1 = tanh4(c1)
  v128.store(inner, s0)
  v128.store(inner, s1, 16)
  v128.store(hidden, f32x4.mul(o0, s0))
  v128.store(hidden, f32x4.mul(o1, s1), 16)
}

/** One LSTM step: gates (B, 4·hp) i, f, g, o become activated; c, tanh c and h (B, hp) are written. */
export function lstmForward(
  gates: usize, gateStride: usize, before: usize, cell: usize, inner: usize, hidden: usize, stride: usize, b: i32, hp: i32,
): void {
  const block = (<usize>hp) << 2
  for (let r = 0; r < b; r++) {
    for (let j: usize = 0; j < block; j += 32) lstmUnits(gates + j, block, before + j, cell + j, inner + j, hidden + j)
    gates += gateStride
    before += stride
    cell += stride
    inner += stride
    hidden += stride
  }
}

export function lstmBackward(
  gradGates: usize,
  gates: usize,
  gateStride: usize,
  gradHidden: usize,
  carry: usize,
  gradCell: usize,
  before: usize,
  inner: usize,
  stride: usize,
  b: i32,
  hp: i32,
): void {
  const block = (<usize>hp) << 2
  const one = f32x4.splat(1)
  const zero = f32x4.splat(0)
  for (let r = 0; r < b; r++) {
    for (let j: usize = 0; j < block; j += 16) {
      const i = v128.load(gates + j)
      const f = v128.load(gates + block + j)
      const g = v128.load(gates + 2 * block + j)
      const o = v128.load(gates + 3 * block + j)
      const squashed = v128.load(inner + j)
      const dh = f32x4.add(v128.load(gradHidden + j), v128.load(carry + j))
      const through = f32x4.mul(f32x4.mul(dh, o), f32x4.sub(one, f32x4.mul(squashed, squashed)))
      const dc = f32x4.add(v128.load(gradCell + j), through)
      v128.store(gradGates + j, f32x4.mul(f32x4.mul(f32x4.mul(dc, g), i), f32x4.sub(one, i)))
      const c0 = v128.load(before + j)
      v128.store(gradGates + block + j, f32x4.mul(f32x4.mul(f32x4.mul(dc, c0), f), f32x4.sub(one, f)))
      v128.store(gradGates + 2 * block + j, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))))
      v128.store(gradGates + 3 * block + j, f32x4.mul(f32x4.mul(f32x4.mul(dh, squashed), o), f32x4.sub(one, o)))
      v128.store(gradCell + j, f32x4.mul(dc, f))
      v128.store(carry + j, zero)
    }
    gradGates += gateStride
    gates += gateStride
    gradHidden += stride
    carry += stride
    gradCell += stride
    before += stride
    inner += stride
  }
}

// @ts-ignore: decorator
@inline
function gruUnits(gates: usize, recurrent: usize, block: usize, before: usize, inner: usize, hidden: usize): void {
  const r0 = sigmoid4(f32x4.add(v128.load(gates), v128.load(recurrent)))
  const r1 = sigmoid4(f32x4.add(v128.load(gates, 16), v128.load(recurrent, 16)))
  v128.store(gates, r0)
  v128.store(gates, r1, 16)
  const z0 = sigmoid4(f32x4.add(v128.load(gates + block), v128.load(recurrent + block)))
  const z1 = sigmoid4(f32x4.add(v128.load(gates + block, 16), v128.load(recurrent + block, 16)))
  v128.store(gates + block, z0)
  v128.store(gates + block, z1, 16)
  const from0 = v128.load(recurrent + 2 * block)
  const from1 = v128.load(recurrent + 2 * block, 16)
  v128.store(inner, from0)
  v128.store(inner, from1, 16)
  const n0 = tanh4(madd(r0, from0, v128.load(gates + 2 * block)))
  const n1 = tanh4(madd(r1, from1, v128.load(gates + 2 * block, 16)))
  v128.store(gates + 2 * block, n0)
  v128.store(gates + 2 * block, n1, 16)
  const h0 = madd(z0, f32x4.sub(v128.load(before), n0), n0)
  const h1 = madd(z1, f32x4.sub(v128.load(before, 16), n1), n1)
  v128.store(hidden, h0)
  v128.store(hidden, h1, 16)
}

/** One GRU step: gates (B, 3·hp) r, z, n; `recurrent` is W_hh h (with b_hn in n's part). */
export function gruForward(
  gates: usize,
  gateStride: usize,
  recurrent: usize,
  recurrentStride: usize,
  before: usize,
  inner: usize,
  hidden: usize,
  stride: usize,
  b: i32,
  hp: i32,
): void {
  const block = (<usize>hp) << 2
  for (let row = 0; row < b; row++) {
    for (let j: usize = 0; j < block; j += 32) {
      gruUnits(gates + j, recurrent + j, block, before + j, inner + j, hidden + j)
    }
    gates += gateStride
    recurrent += recurrentStride
    before += stride
    inner += stride
    hidden += stride
  }
}

export function gruBackward(
  gradGates: usize,
  gradRecurrent: usize,
  gates: usize,
  gateStride: usize,
  gradHidden: usize,
  carry: usize,
  before: usize,
  inner: usize,
  stride: usize,
  b: i32,
  hp: i32,
): void {
  const block = (<usize>hp) << 2
  const one = f32x4.splat(1)
  for (let row = 0; row < b; row++) {
    for (let j: usize = 0; j < block; j += 16) {
      const r = v128.load(gates + j)
      const z = v128.load(gates + block + j)
      const n = v128.load(gates + 2 * block + j)
      const dh = f32x4.add(v128.load(gradHidden + j), v128.load(carry + j))
      const dn = f32x4.mul(f32x4.mul(dh, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(n, n)))
      const dz = f32x4.mul(f32x4.mul(f32x4.mul(dh, f32x4.sub(v128.load(before + j), n)), z), f32x4.sub(one, z))
      const dr = f32x4.mul(f32x4.mul(f32x4.mul(dn, v128.load(inner + j)), r), f32x4.sub(one, r))
      v128.store(gradGates + j, dr)
      v128.store(gradGates + block + j, dz)
      v128.store(gradGates + 2 * block + j, dn)
      v128.store(gradRecurrent + j, dr)
      v128.store(gradRecurrent + block + j, dz)
      v128.store(gradRecurrent + 2 * block + j, f32x4.mul(dn, r))
      v128.store(carry + j, f32x4.mul(dh, z))
    }
    gradGates += gateStride
    gradRecurrent += gateStride
    gates += gateStride
    gradHidden += stride
    carry += stride
    before += stride
    inner += stride
  }
}

/**
 * Softmax and cross-entropy of M rows of V logits: the rows become ∂(mean loss)/∂logits, scaled by `scale` = 1/M (0: they
 * stay probabilities).
 * @returns the sum of the losses in nats
 */
export function softmaxCrossEntropy(logits: usize, stride: usize, targets: usize, m: i32, v: i32, scale: f32): f64 {
  const padded = (v + 7) & ~7
  let total: f64 = 0
  for (let i = 0; i < m; i++) {
    // What lies behind the last symbol must weigh nothing.
    for (let j = v; j < padded; j++) store<f32>(logits + ((<usize>j) << 2), -1e30)
    let most4 = v128.load(logits)
    for (let j = 4; j < padded; j += 4) most4 = f32x4.max(most4, v128.load(logits + ((<usize>j) << 2)))
    const most = max(
      max(f32x4.extract_lane(most4, 0), f32x4.extract_lane(most4, 1)),
      max(f32x4.extract_lane(most4, 2), f32x4.extract_lane(most4, 3)),
    )
    const target = logits + ((<usize>load<u32>(targets + ((<usize>i) << 2))) << 2)
    const score = load<f32>(target)
    const shift = f32x4.splat(most)
    for (let j = 0; j < padded; j += 8) {
      const at = logits + ((<usize>j) << 2)
      const first = exp4(f32x4.sub(v128.load(at), shift))
      const second = exp4(f32x4.sub(v128.load(at, 16), shift))
      v128.store(at, first)
      v128.store(at, second, 16)
    }
    let sum4 = f32x4.splat(0)
    for (let j = 0; j < padded; j += 4) sum4 = f32x4.add(sum4, v128.load(logits + ((<usize>j) << 2)))
    const sum =
      f32x4.extract_lane(sum4, 0) +
      f32x4.extract_lane(sum4, 1) +
      (f32x4.extract_lane(sum4, 2) + f32x4.extract_lane(sum4, 3))
    total += log(<f64>sum) - (<f64>score - <f64>most)
    const factor = f32x4.splat((scale == 0 ? 1 : scale) / sum)
    for (let j = 0; j < padded; j += 4) {
      const at = logits + ((<usize>j) << 2)
      v128.store(at, f32x4.mul(v128.load(at), factor))
    }
    store<f32>(target, load<f32>(target) - scale)
    for (let j = v; j < padded; j++) store<f32>(logits + ((<usize>j) << 2), 0)
    logits += stride
  }
  return total
}

/** Σ g², in float64. */
export function sumOfSquares(values: usize, n: i32): f64 {
  let sum = f64x2.splat(0)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const x = v128.load(values + ((<usize>i) << 2))
    const low = f64x2.promote_low_f32x4(x)
    const high = f64x2.promote_low_f32x4(
      i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
    )
    sum = f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)))
  }
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
  for (; i < n; i++) {
    const x = <f64>load<f32>(values + ((<usize>i) << 2))
    total += x * x
  }
  return total
}

export function scaleAll(values: usize, n: i32, factor: f32): void {
  const by = f32x4.splat(factor)
  let i = 0
  for (; i + 4 <= n; i += 4) {
    const at = values + ((<usize>i) << 2)
    v128.store(at, f32x4.mul(v128.load(at), by))
  }
  for (; i < n; i++) {
    const at = values + ((<usize>i) << 2)
    store<f32>(at, load<f32>(at) * factor)
  }
}

/** Adam (Kingma and Ba 2015) with PyTorch's order; `n` is padded to 4 by the caller's buffers. */
export function adam(
  values: usize,
  gradients: usize,
  first: usize,
  second: usize,
  n: i32,
  stepSize: f32,
  correction: f32,
): void {
  const b1 = f32x4.splat(0.9)
  const b2 = f32x4.splat(0.999)
  const c1 = f32x4.splat(0.1)
  const c2 = f32x4.splat(0.001)
  const size = f32x4.splat(stepSize)
  const by = f32x4.splat(correction)
  const epsilon = f32x4.splat(1e-8)
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 16) {
    const g = v128.load(gradients + i)
    const m = madd(b1, v128.load(first + i), f32x4.mul(c1, g))
    const s = madd(b2, v128.load(second + i), f32x4.mul(f32x4.mul(c2, g), g))
    v128.store(first + i, m)
    v128.store(second + i, s)
    const under = f32x4.add(f32x4.div(f32x4.sqrt(s), by), epsilon)
    v128.store(values + i, f32x4.sub(v128.load(values + i), f32x4.div(f32x4.mul(size, m), under)))
  }
}

/** Σ a_i b_i for the probe: is a multiply-add rounded once? 2⁻⁴⁶ where it is, 0 where not. */
export function probe(): f64 {
  const x = f32x4.splat(1.0 + 1.1920928955078125e-7)
  const y = f32x4.splat(-(1.0 + 2.384185791015625e-7))
  return <f64>f32x4.extract_lane(madd(x, x, y), 0)
}

/** Where the kernel's own constants end: no buffer may begin before. */
export function constantsEnd(): usize {
  return __heap_base
}

export { multiplyAdds } from './peak'
