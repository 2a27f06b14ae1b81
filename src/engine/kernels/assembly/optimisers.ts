/**
 * Clipping and the optimisers (PyTorch's formulas) on flat buffers of n numbers, a multiple of 8. Gradients are taken times
 * `scale`, with which clipping shortens them.
 */
import { madd } from './arithmetic'

const EPSILON: f32 = 1e-8

// @ts-ignore: decorator
@inline
function squares(sum: v128, at: usize): v128 {
  const low = f64x2.promote_low_f32x4(v128.load64_zero(at))
  const high = f64x2.promote_low_f32x4(v128.load64_zero(at, 8))
  return f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)))
}

/** Σ g² in float64, n a multiple of 16: four sums of pairs, of the fours ≡ 0, 1, 2, 3 (mod 4), then (0 + 1) + (2 + 3). */
export function sumOfSquares(values: usize, n: i32): f64 {
  let sum0 = f64x2.splat(0)
  let sum1 = f64x2.splat(0)
  let sum2 = f64x2.splat(0)
  let sum3 = f64x2.splat(0)
  for (let at = values, end = values + ((<usize>n) << 2); at < end; at += 64) {
    sum0 = squares(sum0, at)
    sum1 = squares(sum1, at + 16)
    sum2 = squares(sum2, at + 32)
    sum3 = squares(sum3, at + 48)
  }
  const sum = f64x2.add(f64x2.add(sum0, sum1), f64x2.add(sum2, sum3))
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}

/** values −= rate · gradients */
export function sgd(values: usize, gradients: usize, n: i32, scale: f32, rate: f32): void {
  const by = f32x4.splat(scale)
  const size = f32x4.splat(rate)
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 16) {
    const g = f32x4.mul(v128.load(gradients + i), by)
    v128.store(values + i, f32x4.sub(v128.load(values + i), f32x4.mul(size, g)))
  }
}

/** velocity = keep · velocity + gradients; values −= rate · velocity */
export function momentum(
  values: usize, gradients: usize, velocity: usize, n: i32, scale: f32, rate: f32, keep: f32,
): void {
  const by = f32x4.splat(scale)
  const size = f32x4.splat(rate)
  const kept = f32x4.splat(keep)
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 16) {
    const v = madd(kept, v128.load(velocity + i), f32x4.mul(v128.load(gradients + i), by))
    v128.store(velocity + i, v)
    v128.store(values + i, f32x4.sub(v128.load(values + i), f32x4.mul(size, v)))
  }
}

/** square = keep · square + take · gradients²; values −= rate · gradients / (√square + ε). Adagrad keeps and takes all. */
export function rmsprop(
  values: usize, gradients: usize, square: usize, n: i32, scale: f32, rate: f32, keep: f32, take: f32,
): void {
  const by = f32x4.splat(scale)
  const size = f32x4.splat(rate)
  const kept = f32x4.splat(keep)
  const taken = f32x4.splat(take)
  const epsilon = f32x4.splat(EPSILON)
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 16) {
    const g = f32x4.mul(v128.load(gradients + i), by)
    const s = madd(kept, v128.load(square + i), f32x4.mul(f32x4.mul(taken, g), g))
    v128.store(square + i, s)
    const step = f32x4.div(f32x4.mul(size, g), f32x4.add(f32x4.sqrt(s), epsilon))
    v128.store(values + i, f32x4.sub(v128.load(values + i), step))
  }
}

/**
 * Adam (Kingma and Ba 2015): first = 0.9 first + 0.1 g, second = 0.999 second + 0.001 g², values = keep · values −
 * size · first / (√second + ε). PyTorch divides √second by its correction; here that is multiplied into `size` and
 * `epsilon`, a division fewer. `keep` is 1 but for AdamW's decay.
 */
export function adam(
  values: usize, gradients: usize, first: usize, second: usize, n: i32, scale: f32, stepSize: f32, epsilon: f32, keep: f32,
): void {
  const by = f32x4.splat(scale)
  const b1 = f32x4.splat(0.9)
  const b2 = f32x4.splat(0.999)
  const c1 = f32x4.splat(0.1)
  const c2 = f32x4.splat(0.001)
  const size = f32x4.splat(stepSize)
  const little = f32x4.splat(epsilon)
  const kept = f32x4.splat(keep)
  for (let i: usize = 0, end = (<usize>n) << 2; i < end; i += 16) {
    const g = f32x4.mul(v128.load(gradients + i), by)
    const m = madd(b1, v128.load(first + i), f32x4.mul(c1, g))
    const s = madd(b2, v128.load(second + i), f32x4.mul(f32x4.mul(c2, g), g))
    v128.store(first + i, m)
    v128.store(second + i, s)
    const step = f32x4.div(f32x4.mul(size, m), f32x4.add(f32x4.sqrt(s), little))
    v128.store(values + i, f32x4.sub(f32x4.mul(kept, v128.load(values + i)), step))
  }
}
