/** Softmax and cross-entropy, the rows' gradients in their place. */
import { exp4, log } from './arithmetic'

/** −1e30 for what lies behind the last symbol, so that it weighs nothing; four rows of masks, by V mod 4. */
const MASKS: usize = memory.data<u32>([
  0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
  0, 0, 0, 0, 0, 0, 0, 0,
])

// @ts-ignore: decorator
@inline
function pairMax(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  )
}

/**
 * Softmax and cross-entropy of M rows of V logits: the rows become ∂(mean loss)/∂logits, scaled by `scale` = 1/M (0: they
 * stay probabilities). Columns behind V, up to a multiple of 8, become zeros. A row's sum is that of its columns ≡ 0, 1, … 7
 * (mod 8), each ascending; then those of r and r + 4, and of these (0 + 1) + (2 + 3).
 * @returns the sum of the losses in nats
 */
export function softmaxCrossEntropy(logits: usize, stride: usize, targets: usize, m: i32, v: i32, scale: f32): f64 {
  const end = (<usize>((v + 7) & ~7)) << 2
  const last = end - 32
  const mask = MASKS + ((<usize>(end - ((<usize>v) << 2))))
  const low = v128.load(mask)
  const high = v128.load(mask, 16)
  const least = f32x4.splat(-1e30)
  let total: f64 = 0
  for (let i = 0; i < m; i++) {
    const tail = logits + last
    v128.store(tail, v128.bitselect(v128.load(tail), least, low))
    v128.store(tail, v128.bitselect(v128.load(tail, 16), least, high), 16)
    const target = logits + ((<usize>load<u32>(targets + ((<usize>i) << 2))) << 2)
    const score = load<f32>(target)
    let most0 = v128.load(logits)
    let most1 = v128.load(logits, 16)
    for (let j: usize = 32; j < end; j += 32) {
      most0 = f32x4.max(most0, v128.load(logits + j))
      most1 = f32x4.max(most1, v128.load(logits + j, 16))
    }
    const most = pairMax(f32x4.max(most0, most1))
    exponentials(logits, last, most)
    const end0 = v128.and(exp4(f32x4.sub(v128.load(tail), f32x4.splat(most))), low)
    const end1 = v128.and(exp4(f32x4.sub(v128.load(tail, 16), f32x4.splat(most))), high)
    v128.store(tail, end0)
    v128.store(tail, end1, 16)
    let sum0 = f32x4.splat(0)
    let sum1 = f32x4.splat(0)
    for (let j: usize = 0; j < end; j += 32) {
      sum0 = f32x4.add(sum0, v128.load(logits + j))
      sum1 = f32x4.add(sum1, v128.load(logits + j, 16))
    }
    const sum4 = f32x4.add(sum0, sum1)
    const sum =
      f32x4.extract_lane(sum4, 0) +
      f32x4.extract_lane(sum4, 1) +
      (f32x4.extract_lane(sum4, 2) + f32x4.extract_lane(sum4, 3))
    total += log(<f64>sum) - (<f64>score - <f64>most)
    const factor = f32x4.splat((scale == 0 ? 1 : scale) / sum)
    for (let j: usize = 0; j < end; j += 32) {
      const first = f32x4.mul(v128.load(logits + j), factor)
      const second = f32x4.mul(v128.load(logits + j, 16), factor)
      v128.store(logits + j, first)
      v128.store(logits + j, second, 16)
    }
    store<f32>(target, load<f32>(target) - scale)
    logits += stride
  }
  return total
}

/** The row's numbers up to `end` become e to the power of what they lie above `most`. */
// @ts-ignore: decorator
@inline
function exponentials(row: usize, end: usize, most: f32): void {
  const shift = f32x4.splat(most)
  for (let j: usize = 0; j < end; j += 32) {
    const first = exp4(f32x4.sub(v128.load(row + j), shift))
    const second = exp4(f32x4.sub(v128.load(row + j, 16), shift))
    v128.store(row + j, first)
    v128.store(row + j, second, 16)
  }
}
