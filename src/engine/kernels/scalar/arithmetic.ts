/**
 * One lane of assembly/arithmetic.ts: multiply-add, tanh, sigmoid and exp, every operation rounded to float32 where the
 * vectors round. Arguments are float32 numbers. Two of them added, multiplied or divided in float64 and then rounded give
 * what float32 gives (float64 has more than twice its digits), so `fround` after each operation is that operation.
 */
const { fround } = Math

/**
 * The largest errors over all float32 arguments, by how often a multiply-add rounds: absolute for tanh and sigmoid,
 * relative for exp on [−87, 88].
 */
export const LARGEST_ERRORS = {
  once: { tanh: 3e-7, sigmoid: 1.75e-7, exp: 1.2e-7 },
  twice: { tanh: 4.2e-7, sigmoid: 2.3e-7, exp: 1.2e-7 },
} as const

/** a · b + c, rounded twice. */
export function multiplyAdd(a: number, b: number, c: number): number {
  return fround(fround(a * b) + c)
}

/** NaN stays NaN. */
function clamp(x: number, least: number, most: number): number {
  const below = most < x ? most : x
  return below < least ? least : below
}

const TANH_LIMIT = fround(7.905311107635498)
const P13 = fround(-2.76076847742355e-16)
const P11 = fround(2.00018790482477e-13)
const P9 = fround(-8.60467152213735e-11)
const P7 = fround(5.12229709037114e-8)
const P5 = fround(1.48572235717979e-5)
const P3 = fround(6.37261928875436e-4)
const P1 = fround(4.89352455891786e-3)
const Q6 = fround(1.19825839466702e-6)
const Q4 = fround(1.18534705686654e-4)
const Q2 = fround(2.268434632439e-3)
const Q0 = fround(4.89352518554385e-3)

/** A rational function of degree 13/6 on [−7.905, 7.905], beyond which it holds. */
export function tanh(x: number): number {
  x = clamp(x, -TANH_LIMIT, TANH_LIMIT)
  const x2 = fround(x * x)
  let p = multiplyAdd(x2, P13, P11)
  p = multiplyAdd(x2, p, P9)
  p = multiplyAdd(x2, p, P7)
  p = multiplyAdd(x2, p, P5)
  p = multiplyAdd(x2, p, P3)
  p = multiplyAdd(x2, p, P1)
  p = fround(x * p)
  let q = multiplyAdd(x2, Q6, Q4)
  q = multiplyAdd(x2, q, Q2)
  q = multiplyAdd(x2, q, Q0)
  return fround(p / q)
}

/** σ(x) = ½ tanh(½ x) + ½ */
export function sigmoid(x: number): number {
  return multiplyAdd(0.5, tanh(fround(0.5 * x)), 0.5)
}

const EXP_LEAST = -87
const EXP_MOST = 88
const ONE_BY_LN2 = fround(1.4426950408889634)
const MINUS_LN2_HIGH = -0.693359375
const MINUS_LN2_LOW = fround(2.1219444e-4)
/** 1.5 · 2²³: adding it rounds to a whole number, which then lies in the lowest bits. */
const ROUNDING = 12582912
const E6 = fround(1.98756915e-4)
const E5 = fround(1.3981999507e-3)
const E4 = fround(8.3334519073e-3)
const E3 = fround(4.1665795894e-2)
const E2 = fround(1.6666665459e-1)
const E1 = fround(5.0000001201e-1)

const number = new Float32Array(1)
const bits = new Int32Array(number.buffer)
const BITS_OF_ONE = 0x3f800000

/** eˣ by x = n ln 2 + r and a polynomial of degree 6 in r; below −87 and above 88 it holds. */
export function exp(x: number): number {
  x = clamp(x, EXP_LEAST, EXP_MOST)
  const shifted = multiplyAdd(x, ONE_BY_LN2, ROUNDING)
  const n = fround(shifted - ROUNDING)
  const r = multiplyAdd(n, MINUS_LN2_LOW, multiplyAdd(n, MINUS_LN2_HIGH, x))
  let p = multiplyAdd(E6, r, E5)
  p = multiplyAdd(p, r, E4)
  p = multiplyAdd(p, r, E3)
  p = multiplyAdd(p, r, E2)
  p = multiplyAdd(p, r, E1)
  p = multiplyAdd(p, fround(r * r), fround(r + 1))
  number[0] = shifted
  bits[0] = (bits[0] << 23) + BITS_OF_ONE // 2ⁿ
  return fround(p * number[0])
}
