/**
 * One step of each cell, forward and back, on B rows padded to hp. Eight numbers a turn, as pairs of four that 256-bit
 * vectors join. A gradient takes the place of what it is the gradient of, where that is needed no more.
 */
import { madd, one4, sigmoid4, tanh4 } from './arithmetic'
import { multiply } from './rows'

/** h = tanh(gates), n numbers, a multiple of 8: by pairs, which 256-bit vectors join. */
export function vanillaForward(gates: usize, hidden: usize, n: i32): void {
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 32) {
    const first = tanh4(v128.load(gates + i))
    const second = tanh4(v128.load(gates + i, 16))
    v128.store(hidden + i, first)
    v128.store(hidden + i, second, 16)
  }
}

// @ts-ignore: decorator
@inline
function vanillaSlope(h: v128, dh: v128): v128 {
  return f32x4.mul(dh, f32x4.sub(one4(), f32x4.mul(h, h)))
}

/** ∂L/∂gates = ∂L/∂h (1 − h²), in ∂L/∂h's place. */
export function vanillaBackward(grad: usize, hidden: usize, n: i32): void {
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 32) {
    const first = vanillaSlope(v128.load(hidden + i), v128.load(grad + i))
    const second = vanillaSlope(v128.load(hidden + i, 16), v128.load(grad + i, 16))
    v128.store(grad + i, first)
    v128.store(grad + i, second, 16)
  }
}

/** Short loops over one thing each: pairs within them are joined, those of one long loop with many stores are not. */
// @ts-ignore: decorator
@inline
function tanhRow(to: usize, from: usize, end: usize): void {
  for (let j: usize = 0; j < end; j += 32) {
    const first = tanh4(v128.load(from + j))
    const second = tanh4(v128.load(from + j, 16))
    v128.store(to + j, first)
    v128.store(to + j, second, 16)
  }
}

// @ts-ignore: decorator
@inline
function sigmoidRow(row: usize, end: usize): void {
  for (let j: usize = 0; j < end; j += 32) {
    const first = sigmoid4(v128.load(row + j))
    const second = sigmoid4(v128.load(row + j, 16))
    v128.store(row + j, first)
    v128.store(row + j, second, 16)
  }
}

/** c = f ⊙ c + i ⊙ g */
// @ts-ignore: decorator
@inline
function cellRow(cell: usize, gates: usize, before: usize, block: usize): void {
  const f = gates + block
  const g = gates + 2 * block
  for (let j: usize = 0; j < block; j += 32) {
    const first = madd(v128.load(f + j), v128.load(before + j), f32x4.mul(v128.load(gates + j), v128.load(g + j)))
    const second = madd(
      v128.load(f + j, 16),
      v128.load(before + j, 16),
      f32x4.mul(v128.load(gates + j, 16), v128.load(g + j, 16)),
    )
    v128.store(cell + j, first)
    v128.store(cell + j, second, 16)
  }
}

/** One LSTM step: gates (B, 4·hp) i, f, g, o become activated; c, tanh c and h (B, hp) are written. */
export function lstmForward(
  gates: usize,
  gateStride: usize,
  before: usize,
  cell: usize,
  inner: usize,
  hidden: usize,
  stride: usize,
  b: i32,
  hp: i32,
): void {
  const block = (<usize>hp) << 2
  for (let r = 0; r < b; r++) {
    const squashed = gates + 2 * block
    const opened = gates + 3 * block
    sigmoidRow(gates, 2 * block)
    tanhRow(squashed, squashed, block)
    sigmoidRow(opened, block)
    cellRow(cell, gates, before, block)
    tanhRow(inner, cell, block)
    multiply(hidden, opened, inner, hp)
    gates += gateStride
    before += stride
    cell += stride
    inner += stride
    hidden += stride
  }
}

// @ts-ignore: decorator
@inline
function slope(x: v128): v128 {
  return f32x4.sub(one4(), x)
}

// @ts-ignore: decorator
@inline
function lstmBackwardUnits(gates: usize, block: usize, gradHidden: usize, gradCell: usize, before: usize, inner: usize): void {
  const i0 = v128.load(gates)
  const i1 = v128.load(gates, 16)
  const f0 = v128.load(gates + block)
  const f1 = v128.load(gates + block, 16)
  const g0 = v128.load(gates + 2 * block)
  const g1 = v128.load(gates + 2 * block, 16)
  const o0 = v128.load(gates + 3 * block)
  const o1 = v128.load(gates + 3 * block, 16)
  const s0 = v128.load(inner)
  const s1 = v128.load(inner, 16)
  const dh0 = v128.load(gradHidden)
  const dh1 = v128.load(gradHidden, 16)
  const dc0 = f32x4.add(v128.load(gradCell), f32x4.mul(f32x4.mul(dh0, o0), slope(f32x4.mul(s0, s0))))
  const dc1 = f32x4.add(v128.load(gradCell, 16), f32x4.mul(f32x4.mul(dh1, o1), slope(f32x4.mul(s1, s1))))
  v128.store(gates + 3 * block, f32x4.mul(f32x4.mul(f32x4.mul(dh0, s0), o0), slope(o0)))
  v128.store(gates + 3 * block, f32x4.mul(f32x4.mul(f32x4.mul(dh1, s1), o1), slope(o1)), 16)
  v128.store(gates, f32x4.mul(f32x4.mul(f32x4.mul(dc0, g0), i0), slope(i0)))
  v128.store(gates, f32x4.mul(f32x4.mul(f32x4.mul(dc1, g1), i1), slope(i1)), 16)
  const c0 = v128.load(before)
  const c1 = v128.load(before, 16)
  v128.store(gates + block, f32x4.mul(f32x4.mul(f32x4.mul(dc0, c0), f0), slope(f0)))
  v128.store(gates + block, f32x4.mul(f32x4.mul(f32x4.mul(dc1, c1), f1), slope(f1)), 16)
  v128.store(gates + 2 * block, f32x4.mul(f32x4.mul(dc0, i0), slope(f32x4.mul(g0, g0))))
  v128.store(gates + 2 * block, f32x4.mul(f32x4.mul(dc1, i1), slope(f32x4.mul(g1, g1))), 16)
  v128.store(gradCell, f32x4.mul(dc0, f0))
  v128.store(gradCell, f32x4.mul(dc1, f1), 16)
}

/** The gates' gradients take the gates' place; ∂L/∂c goes on to the step before. */
export function lstmBackward(
  gates: usize,
  gateStride: usize,
  gradHidden: usize,
  gradCell: usize,
  before: usize,
  inner: usize,
  stride: usize,
  b: i32,
  hp: i32,
): void {
  const block = (<usize>hp) << 2
  for (let r = 0; r < b; r++) {
    for (let j: usize = 0; j < block; j += 32) {
      lstmBackwardUnits(gates + j, block, gradHidden + j, gradCell + j, before + j, inner + j)
    }
    gates += gateStride
    gradHidden += stride
    gradCell += stride
    before += stride
    inner += stride
  }
}

/** r or z: σ(x's part + h's part). */
// @ts-ignore: decorator
@inline
function sigmoidSumRow(row: usize, other: usize, end: usize): void {
  for (let j: usize = 0; j < end; j += 32) {
    const first = sigmoid4(f32x4.add(v128.load(row + j), v128.load(other + j)))
    const second = sigmoid4(f32x4.add(v128.load(row + j, 16), v128.load(other + j, 16)))
    v128.store(row + j, first)
    v128.store(row + j, second, 16)
  }
}

/** n = tanh(x's part + r ⊙ h's part), in x's part's place. */
// @ts-ignore: decorator
@inline
function candidateRow(gates: usize, block: usize, from: usize): void {
  const row = gates + 2 * block
  for (let j: usize = 0; j < block; j += 32) {
    const first = tanh4(madd(v128.load(gates + j), v128.load(from + j), v128.load(row + j)))
    const second = tanh4(madd(v128.load(gates + j, 16), v128.load(from + j, 16), v128.load(row + j, 16)))
    v128.store(row + j, first)
    v128.store(row + j, second, 16)
  }
}

/** h = n + z ⊙ (h − n) */
// @ts-ignore: decorator
@inline
function mixRow(hidden: usize, gates: usize, block: usize, before: usize): void {
  const z = gates + block
  const n = gates + 2 * block
  for (let j: usize = 0; j < block; j += 32) {
    const n0 = v128.load(n + j)
    const n1 = v128.load(n + j, 16)
    const first = madd(v128.load(z + j), f32x4.sub(v128.load(before + j), n0), n0)
    const second = madd(v128.load(z + j, 16), f32x4.sub(v128.load(before + j, 16), n1), n1)
    v128.store(hidden + j, first)
    v128.store(hidden + j, second, 16)
  }
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
    const from = recurrent + 2 * block
    sigmoidSumRow(gates, recurrent, 2 * block)
    candidateRow(gates, block, from)
    mixRow(hidden, gates, block, before)
    memory.copy(inner, from, block)
    gates += gateStride
    recurrent += recurrentStride
    before += stride
    inner += stride
    hidden += stride
  }
}

// @ts-ignore: decorator
@inline
function gruBackwardUnits(gates: usize, block: usize, gradHidden: usize, carry: usize, before: usize, inner: usize): void {
  const r0 = v128.load(gates)
  const r1 = v128.load(gates, 16)
  const z0 = v128.load(gates + block)
  const z1 = v128.load(gates + block, 16)
  const n0 = v128.load(gates + 2 * block)
  const n1 = v128.load(gates + 2 * block, 16)
  const dh0 = f32x4.add(v128.load(gradHidden), v128.load(carry))
  const dh1 = f32x4.add(v128.load(gradHidden, 16), v128.load(carry, 16))
  v128.store(carry, f32x4.mul(dh0, z0))
  v128.store(carry, f32x4.mul(dh1, z1), 16)
  const dn0 = f32x4.mul(f32x4.mul(dh0, slope(z0)), slope(f32x4.mul(n0, n0)))
  const dn1 = f32x4.mul(f32x4.mul(dh1, slope(z1)), slope(f32x4.mul(n1, n1)))
  const to0 = f32x4.sub(v128.load(before), n0)
  const to1 = f32x4.sub(v128.load(before, 16), n1)
  v128.store(gates + block, f32x4.mul(f32x4.mul(f32x4.mul(dh0, to0), z0), slope(z0)))
  v128.store(gates + block, f32x4.mul(f32x4.mul(f32x4.mul(dh1, to1), z1), slope(z1)), 16)
  const from0 = v128.load(inner)
  const from1 = v128.load(inner, 16)
  v128.store(gates, f32x4.mul(f32x4.mul(f32x4.mul(dn0, from0), r0), slope(r0)))
  v128.store(gates, f32x4.mul(f32x4.mul(f32x4.mul(dn1, from1), r1), slope(r1)), 16)
  v128.store(gates + 2 * block, dn0)
  v128.store(gates + 2 * block, dn1, 16)
  v128.store(inner, f32x4.mul(dn0, r0))
  v128.store(inner, f32x4.mul(dn1, r1), 16)
}

/**
 * The gates' gradients take the gates' place; `inner` (W_hn h + b_hn) becomes its own gradient; the carry, what goes from h
 * straight to the h before, is taken and given anew.
 */
export function gruBackward(
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
  for (let row = 0; row < b; row++) {
    for (let j: usize = 0; j < block; j += 32) {
      gruBackwardUnits(gates + j, block, gradHidden + j, carry + j, before + j, inner + j)
    }
    gates += gateStride
    gradHidden += stride
    carry += stride
    before += stride
    inner += stride
  }
}
