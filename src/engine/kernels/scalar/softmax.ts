/** Softmax and cross-entropy. */
import { log } from '../../numerics/elementary'
import { exp } from './arithmetic'
import type { Twin } from './memory'

const { fround } = Math

/** Stands behind the last symbol, where it weighs nothing. */
const NOTHING = fround(-1e30)
/** Rows whose losses are added together: first their scores, then their logarithms. */
const ROWS = 16
const LANES = 8
/** One number a lane; what each function leaves there the next begins anew. */
const lanes = new Float32Array(LANES)
const sums = new Float32Array(ROWS)

/**
 * Softmax and cross-entropy of M rows of V logits: the rows become ∂(mean loss)/∂logits, scaled by `scale` = 1/M (0: they
 * stay probabilities). Columns behind V, up to a multiple of 8, end as 0.
 * @returns the sum of the losses in nats, in float64
 */
export const softmaxCrossEntropy: Twin<'softmaxCrossEntropy'> = (memory, logits, stride, targets, m, v, scale) => {
  const { floats, words } = memory
  const padded = (v + LANES - 1) & ~(LANES - 1)
  const share = fround(scale)
  let total = 0
  for (let first = 0; first < m; first += ROWS) {
    const rows = Math.min(ROWS, m - first)
    for (let i = 0; i < rows; i++) {
      const row = (logits + (first + i) * stride) >>> 2
      floats.fill(NOTHING, row + v, row + padded)
      const most = largest(floats, row, padded)
      total -= floats[row + words[(targets >>> 2) + first + i]] - most
      for (let j = 0; j < padded; j++) floats[row + j] = exp(fround(floats[row + j] - most))
      floats.fill(0, row + v, row + padded)
      sums[i] = sumByEights(floats, row, padded)
    }
    for (let i = 0; i < rows; i++) {
      const row = (logits + (first + i) * stride) >>> 2
      total += log(sums[i])
      const factor = fround((share === 0 ? 1 : share) / sums[i])
      for (let j = 0; j < padded; j++) floats[row + j] *= factor
      floats[row + words[(targets >>> 2) + first + i]] -= share
    }
  }
  return total
}

/** The first where neither is greater, so that a NaN among the later ones is passed over. */
function greater(a: number, b: number): number {
  return a < b ? b : a
}

/** By lanes, the last eight first; then lanes r and r + 4, and of these 0 and 2, 1 and 3, and both. */
function largest(floats: Float32Array, row: number, n: number): number {
  const tail = row + n - LANES
  for (let r = 0; r < LANES; r++) {
    let most = floats[tail + r]
    for (let j = row; j < tail; j += LANES) most = greater(most, floats[j + r])
    lanes[r] = most
  }
  for (let r = 0; r < 4; r++) lanes[r] = greater(lanes[r], lanes[r + 4])
  return greater(greater(lanes[0], lanes[2]), greater(lanes[1], lanes[3]))
}

/** By lanes, each ascending from 0, the last eight at the end; then r and r + 4, and of these (0 + 1) + (2 + 3). */
function sumByEights(floats: Float32Array, row: number, n: number): number {
  const tail = row + n - LANES
  for (let r = 0; r < LANES; r++) {
    let sum = 0
    for (let j = row; j < tail; j += LANES) sum = fround(sum + floats[j + r])
    lanes[r] = sum + floats[tail + r]
  }
  for (let r = 0; r < 4; r++) lanes[r] += lanes[r + 4]
  return fround(fround(lanes[0] + lanes[1]) + fround(lanes[2] + lanes[3]))
}
