/** Softmax and cross-entropy, the rows' gradients in their place. */
import { exp4 } from './arithmetic'
import { log } from './logarithm'

/** All bits for what stands before V, none for what stands behind: read from where V's place in a group of eight says. */
const MASKS: usize = memory.data<u32>([
  0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0, 0, 0, 0, 0, 0, 0, 0,
])
const LEAST: usize = memory.data<f32>([-1e30, -1e30, -1e30, -1e30, -1e30, -1e30, -1e30, -1e30])

/** Rows that go through each pass together, so that none waits for the one before; a number of each is kept. */
const ROWS: i32 = 16
const NUMBERS: usize = memory.data<f32>([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])

/**
 * Softmax and cross-entropy of M rows of V logits: the rows become ∂(mean loss)/∂logits, scaled by `scale` = 1/M (0: they
 * stay probabilities). Columns behind V, up to a multiple of 8, become zeros. A row's sum is that of its columns ≡ 0, 1, … 7
 * (mod 8), each ascending; then those of r and r + 4, and of these (0 + 1) + (2 + 3). Losses are added row after row.
 * @returns the sum of the losses in nats
 */
export function softmaxCrossEntropy(logits: usize, stride: usize, targets: usize, m: i32, v: i32, scale: f32): f64 {
  const end = (<usize>((v + 7) & ~7)) << 2
  const mask = MASKS + (end - ((<usize>v) << 2))
  let total: f64 = 0
  for (let m0 = 0; m0 < m; m0 += ROWS) {
    const rows = min(ROWS, m - m0)
    for (let i = 0; i < rows; i++) {
      const row = logits + <usize>i * stride
      const most = maximum(row, end, mask)
      const score = load<f32>(row + ((<usize>load<u32>(targets + ((<usize>i) << 2))) << 2))
      total -= <f64>score - <f64>most
      store<f32>(NUMBERS + ((<usize>i) << 2), most)
    }
    for (let i = 0; i < rows; i++) exponentials(logits + <usize>i * stride, end, NUMBERS + ((<usize>i) << 2))
    for (let i = 0; i < rows; i++) {
      const sum = sumOf(logits + <usize>i * stride, end, mask)
      total += log(<f64>sum)
      store<f32>(NUMBERS + ((<usize>i) << 2), (scale == 0 ? 1 : scale) / sum)
    }
    for (let i = 0; i < rows; i++) {
      const row = logits + <usize>i * stride
      const target = row + ((<usize>load<u32>(targets + ((<usize>i) << 2))) << 2)
      multiplyRow(row, end, NUMBERS + ((<usize>i) << 2))
      store<f32>(target, load<f32>(target) - scale)
    }
    logits += <usize>ROWS * stride
    targets += (<usize>ROWS) << 2
  }
  return total
}

/** The greatest of a row, after what lies behind V was made too little to weigh anything. */
// @ts-ignore: decorator
@inline
function maximum(row: usize, end: usize, mask: usize): f32 {
  const tail = row + end - 32
  const first = v128.bitselect(v128.load(tail), v128.load(LEAST), v128.load(mask))
  const second = v128.bitselect(v128.load(tail, 16), v128.load(LEAST, 16), v128.load(mask, 16))
  v128.store(tail, first)
  v128.store(tail, second, 16)
  let most0 = first
  let most1 = second
  for (let j: usize = 0; j < end - 32; j += 32) {
    most0 = f32x4.pmax(most0, v128.load(row + j))
    most1 = f32x4.pmax(most1, v128.load(row + j, 16))
  }
  const most4 = f32x4.pmax(most0, most1)
  const most2 = f32x4.pmax(most4, i32x4.shuffle(most4, most4, 2, 3, 2, 3))
  return f32x4.extract_lane(f32x4.pmax(most2, i32x4.shuffle(most2, most2, 1, 1, 1, 1)), 0)
}

/** Each number of the row becomes e to the power of what it lies above the number at `shift`. */
// @ts-ignore: decorator
@inline
function exponentials(row: usize, end: usize, shift: usize): void {
  for (let j: usize = 0; j < end; j += 32) {
    const first = exp4(f32x4.sub(v128.load(row + j), v128.load_splat<f32>(shift)))
    const second = exp4(f32x4.sub(v128.load(row + j, 16), v128.load_splat<f32>(shift)))
    v128.store(row + j, first)
    v128.store(row + j, second, 16)
  }
}

/** The sum of a row, after what lies behind V became zeros. */
// @ts-ignore: decorator
@inline
function sumOf(row: usize, end: usize, mask: usize): f32 {
  const tail = row + end - 32
  const first = v128.and(v128.load(tail), v128.load(mask))
  const second = v128.and(v128.load(tail, 16), v128.load(mask, 16))
  v128.store(tail, first)
  v128.store(tail, second, 16)
  let sum0 = f32x4.splat(0)
  let sum1 = f32x4.splat(0)
  for (let j: usize = 0; j < end - 32; j += 32) {
    sum0 = f32x4.add(sum0, v128.load(row + j))
    sum1 = f32x4.add(sum1, v128.load(row + j, 16))
  }
  const sum4 = f32x4.add(f32x4.add(sum0, first), f32x4.add(sum1, second))
  const pairs = f32x4.add(sum4, i32x4.shuffle(sum4, sum4, 1, 0, 3, 2))
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 2)
}

/** The row times the number at `factor`. */
// @ts-ignore: decorator
@inline
function multiplyRow(row: usize, end: usize, factor: usize): void {
  for (let j: usize = 0; j < end; j += 32) {
    const first = f32x4.mul(v128.load(row + j), v128.load_splat<f32>(factor))
    const second = f32x4.mul(v128.load(row + j, 16), v128.load_splat<f32>(factor))
    v128.store(row + j, first)
    v128.store(row + j, second, 16)
  }
}
