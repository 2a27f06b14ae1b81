/** Softmax and cross-entropy. */
import { log } from '../../numerics/elementary'
import { exp } from './arithmetic'
import type { Twin } from './memory'

const { fround } = Math

/** Stands behind the last symbol, where it weighs nothing. */
const NOTHING = fround(-1e30)

/**
 * Softmax and cross-entropy of M rows of V logits: the rows become ∂(mean loss)/∂logits, scaled by `scale` = 1/M (0: they
 * stay probabilities). Columns up to the next multiple of 8 end as 0.
 * @returns the sum of the losses in nats, in float64
 */
export const softmaxCrossEntropy: Twin<'softmaxCrossEntropy'> = (memory, logits, stride, targets, m, v, scale) => {
  const { floats, words } = memory
  const padded = (v + 7) & ~7
  const share = fround(scale)
  let total = 0
  for (let i = 0; i < m; i++) {
    const row = (logits + i * stride) >>> 2
    const target = row + words[(targets >>> 2) + i]
    for (let j = v; j < padded; j++) floats[row + j] = NOTHING
    const most = largest(floats, row, padded)
    const score = floats[target]
    for (let j = 0; j < padded; j++) floats[row + j] = exp(fround(floats[row + j] - most))
    const sum = sumByFours(floats, row, padded)
    total += log(sum) - (score - most)
    const factor = fround((share === 0 ? 1 : share) / sum)
    for (let j = 0; j < padded; j++) floats[row + j] *= factor
    floats[target] -= share
    for (let j = v; j < padded; j++) floats[row + j] = 0
  }
  return total
}

function largest(floats: Float32Array, row: number, n: number): number {
  let most = floats[row]
  for (let j = 1; j < n; j++) most = Math.max(most, floats[row + j])
  return most
}

/** Four sums, of every fourth number each, then the first two together, the last two, and both. */
function sumByFours(floats: Float32Array, row: number, n: number): number {
  let sum0 = 0
  let sum1 = 0
  let sum2 = 0
  let sum3 = 0
  for (let j = row; j < row + n; j += 4) {
    sum0 = fround(sum0 + floats[j])
    sum1 = fround(sum1 + floats[j + 1])
    sum2 = fround(sum2 + floats[j + 2])
    sum3 = fround(sum3 + floats[j + 3])
  }
  return fround(fround(sum0 + sum1) + fround(sum2 + sum3))
}
