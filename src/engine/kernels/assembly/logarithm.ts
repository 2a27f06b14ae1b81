/** ln x of a float64, operation by operation as numerics/elementary.ts, so that losses have the same bits everywhere. */

const LN2_HIGH: f64 = 0.6931471803691238
const LN2_LOW: f64 = 1.9082149292705877e-10
const SQRT2: f64 = 1.4142135623730951

export function log(x: f64): f64 {
  if (x != x || x < 0) return NaN
  if (x == 0) return -Infinity
  if (x == Infinity) return x
  let exponent: f64 = 0
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984 // 2⁵⁴: out of the subnormal numbers
    exponent = -54
  }
  const bits = reinterpret<u64>(x)
  exponent += <f64>(<i32>((bits >> 52) & 2047) - 1023)
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000)
  if (m > SQRT2) {
    m *= 0.5
    exponent += 1
  }
  const s = (m - 1) / (m + 1)
  const s2 = s * s
  let tail: f64 = 0
  for (let k = 23; k >= 3; k -= 2) tail = (tail + 1 / <f64>k) * s2
  return exponent * LN2_HIGH + (2 * s + (2 * s * tail + exponent * LN2_LOW))
}
