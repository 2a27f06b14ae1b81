/**
 * exp, log, tanh, sigmoid and cos in float64, from +, −, ×, ÷ and √ alone. ECMAScript leaves the last bits of Math.exp and
 * its kin to each engine; these give the same bits everywhere. Errors are below 2 ulp for exp and log, 4 ulp for tanh and
 * sigmoid, and 4e-16 for cos.
 */

const LN2_HIGH = 0.6931471803691238 // the first 32 bits of ln 2, so that n × LN2_HIGH is exact
const LN2_LOW = 1.9082149292705877e-10
const ONE_BY_LN2 = 1.4426950408889634

const double = new Float64Array(1)
const halves = new Uint32Array(double.buffer) // little-endian, as on every platform Electron runs on

/** 2ⁿ for −1022 ≤ n ≤ 1023, from its bits. */
function powerOfTwo(n: number): number {
  halves[0] = 0
  halves[1] = (n + 1023) << 20
  return double[0]
}

/** 1/k! for k = 2…13, smallest last. */
const INVERSE_FACTORIALS = [2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800, 39916800, 479001600, 6227020800].map(
  (k) => 1 / k,
)

/** eˣ by x = n ln 2 + r, |r| ≤ ½ ln 2, and the Taylor series of eʳ − 1 to r¹³. */
export function exp(x: number): number {
  if (x !== x) return x
  if (x > 709.782712893384) return Infinity
  if (x < -745.1332191019411) return 0
  const n = Math.floor(x * ONE_BY_LN2 + 0.5)
  const r = x - n * LN2_HIGH - n * LN2_LOW
  let tail = 0
  for (let k = INVERSE_FACTORIALS.length - 1; k >= 0; k--) tail = (tail + INVERSE_FACTORIALS[k]) * r
  const value = 1 + (r + r * tail)
  if (n > 1023) return value * powerOfTwo(1023) * powerOfTwo(n - 1023)
  return n < -1022 ? value * powerOfTwo(n + 54) * powerOfTwo(-54) : value * powerOfTwo(n)
}

/** ln x by x = 2ᵉ m, √½ ≤ m < √2, and ln m = 2 artanh((m − 1)/(m + 1)) as a series to the 23rd power. */
export function log(x: number): number {
  if (x !== x || x < 0) return NaN
  if (x === 0) return -Infinity
  if (x === Infinity) return x
  let exponent = 0
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984 // 2⁵⁴: out of the subnormal numbers
    exponent = -54
  }
  double[0] = x
  exponent += ((halves[1] >>> 20) & 2047) - 1023
  halves[1] = (halves[1] & 0x000fffff) | 0x3ff00000
  let m = double[0]
  if (m > Math.SQRT2) {
    m *= 0.5
    exponent += 1
  }
  const s = (m - 1) / (m + 1)
  const s2 = s * s
  let tail = 0
  for (let k = 23; k >= 3; k -= 2) tail = (tail + 1 / k) * s2
  return exponent * LN2_HIGH + (2 * s + (2 * s * tail + exponent * LN2_LOW))
}

/** tanh x: Lambert's continued fraction near 0, where 1 − 2/(e²ˣ + 1) would cancel. */
export function tanh(x: number): number {
  const size = Math.abs(x)
  if (size > 20) return x > 0 ? 1 : -1
  if (size < 0.625) {
    const x2 = x * x
    let fraction = 19
    for (let k = 17; k >= 1; k -= 2) fraction = k + x2 / fraction
    return x / fraction
  }
  const result = 1 - 2 / (exp(2 * size) + 1)
  return x > 0 ? result : -result
}

/** 1/(1 + e⁻ˣ) */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x))
  const e = exp(x)
  return e / (1 + e)
}

/** cos(π x) for 0 ≤ x ≤ 1, by its Taylor series on [0, ½] and symmetry. */
export function cosPi(x: number): number {
  if (x > 0.5) return -cosPi(1 - x)
  const y2 = Math.PI * x * (Math.PI * x)
  let sum = 0
  for (let k = 20; k >= 2; k -= 2) sum = (-y2 / (k * (k - 1))) * (1 + sum)
  return 1 + sum
}

/** bⁿ for a whole n ≥ 0, by squaring. */
export function power(base: number, n: number): number {
  let result = 1
  for (let square = base; n > 0; n = Math.floor(n / 2), square *= square) if (n % 2 === 1) result *= square
  return result
}
