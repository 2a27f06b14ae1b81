/**
 * One time step of each cell between its products, forward and back: (B, hp) units, rows of a state `stride` apart, rows of
 * gates (G·hp) `gateStride` apart. The definitions are recurrent/cells.ts'; here is the order of their operations.
 */
import { multiplyAdd, sigmoid, tanh } from './arithmetic'
import type { Twin } from './memory'

const { fround } = Math

/** h = tanh(gates), n numbers. */
export const vanillaForward: Twin<'vanillaForward'> = ({ floats }, gates, hidden, n) => {
  const from = gates >>> 2
  const to = hidden >>> 2
  for (let i = 0; i < n; i++) floats[to + i] = tanh(floats[from + i])
}

/** ∂L/∂gates = ∂L/∂h (1 − h²), in ∂L/∂h's place. */
export const vanillaBackward: Twin<'vanillaBackward'> = ({ floats }, grad, hidden, n) => {
  const at = grad >>> 2
  const after = hidden >>> 2
  for (let i = 0; i < n; i++) floats[at + i] *= slopeOfTanh(floats[after + i])
}

/** 1 − y² for y = tanh x */
function slopeOfTanh(y: number): number {
  return fround(1 - fround(y * y))
}

/** Gates i, f, g, o become activated; c, tanh c and h are written. */
export const lstmForward: Twin<'lstmForward'> = (
  { floats },
  gates,
  gateStride,
  before,
  cell,
  inner,
  hidden,
  stride,
  b,
  hp,
) => {
  for (let row = 0; row < b; row++) {
    const gate = (gates + row * gateStride) >>> 2
    const unit = (row * stride) >>> 2
    for (let j = 0; j < hp; j++) {
      const at = gate + j
      const here = unit + j
      const i = sigmoid(floats[at])
      const f = sigmoid(floats[at + hp])
      const g = tanh(floats[at + 2 * hp])
      const o = sigmoid(floats[at + 3 * hp])
      floats[at] = i
      floats[at + hp] = f
      floats[at + 2 * hp] = g
      floats[at + 3 * hp] = o
      const c = multiplyAdd(f, floats[(before >>> 2) + here], fround(i * g))
      const squashed = tanh(c)
      floats[(cell >>> 2) + here] = c
      floats[(inner >>> 2) + here] = squashed
      floats[(hidden >>> 2) + here] = o * squashed
    }
  }
}

/** The gates' gradients take the gates' place; gradCell becomes ∂L/∂c_{t−1}. */
export const lstmBackward: Twin<'lstmBackward'> = (
  { floats },
  gates,
  gateStride,
  gradHidden,
  gradCell,
  before,
  inner,
  stride,
  b,
  hp,
) => {
  for (let row = 0; row < b; row++) {
    const gate = (gates + row * gateStride) >>> 2
    const unit = (row * stride) >>> 2
    for (let j = 0; j < hp; j++) {
      const at = gate + j
      const here = unit + j
      const i = floats[at]
      const f = floats[at + hp]
      const g = floats[at + 2 * hp]
      const o = floats[at + 3 * hp]
      const squashed = floats[(inner >>> 2) + here]
      const dh = floats[(gradHidden >>> 2) + here]
      const through = fround(fround(dh * o) * slopeOfTanh(squashed))
      const dc = fround(floats[(gradCell >>> 2) + here] + through)
      floats[at] = fround(fround(dc * g) * i) * fround(1 - i)
      floats[at + hp] = fround(fround(dc * floats[(before >>> 2) + here]) * f) * fround(1 - f)
      floats[at + 2 * hp] = fround(dc * i) * slopeOfTanh(g)
      floats[at + 3 * hp] = fround(fround(dh * squashed) * o) * fround(1 - o)
      floats[(gradCell >>> 2) + here] = dc * f
    }
  }
}

/** Gates r, z, n become activated; `recurrent` is W_hh h_{t−1}, with b_hn in n's part, which is kept in `inner`. */
export const gruForward: Twin<'gruForward'> = (
  { floats },
  gates,
  gateStride,
  recurrent,
  recurrentStride,
  before,
  inner,
  hidden,
  stride,
  b,
  hp,
) => {
  for (let row = 0; row < b; row++) {
    const gate = (gates + row * gateStride) >>> 2
    const product = (recurrent + row * recurrentStride) >>> 2
    const unit = (row * stride) >>> 2
    for (let j = 0; j < hp; j++) {
      const at = gate + j
      const from = product + j
      const here = unit + j
      const r = sigmoid(fround(floats[at] + floats[from]))
      const z = sigmoid(fround(floats[at + hp] + floats[from + hp]))
      const reset = floats[from + 2 * hp]
      const n = tanh(multiplyAdd(r, reset, floats[at + 2 * hp]))
      floats[at] = r
      floats[at + hp] = z
      floats[at + 2 * hp] = n
      floats[(inner >>> 2) + here] = reset
      floats[(hidden >>> 2) + here] = multiplyAdd(z, fround(floats[(before >>> 2) + here] - n), n)
    }
  }
}

/**
 * The gates' gradients take the gates' place; `inner` (W_hn h + b_hn) becomes its own gradient; the carry becomes ∂L/∂h_{t−1}'s
 * direct part.
 */
export const gruBackward: Twin<'gruBackward'> = (
  { floats },
  gates,
  gateStride,
  gradHidden,
  carry,
  before,
  inner,
  stride,
  b,
  hp,
) => {
  for (let row = 0; row < b; row++) {
    const gate = (gates + row * gateStride) >>> 2
    const unit = (row * stride) >>> 2
    for (let j = 0; j < hp; j++) {
      const at = gate + j
      const here = unit + j
      const r = floats[at]
      const z = floats[at + hp]
      const n = floats[at + 2 * hp]
      const dh = fround(floats[(gradHidden >>> 2) + here] + floats[(carry >>> 2) + here])
      const dn = fround(fround(dh * fround(1 - z)) * slopeOfTanh(n))
      const away = fround(floats[(before >>> 2) + here] - n)
      floats[at] = fround(fround(dn * floats[(inner >>> 2) + here]) * r) * fround(1 - r)
      floats[at + hp] = fround(fround(dh * away) * z) * fround(1 - z)
      floats[at + 2 * hp] = dn
      floats[(inner >>> 2) + here] = dn * r
      floats[(carry >>> 2) + here] = dh * z
    }
  }
}
