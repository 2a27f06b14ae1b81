/** Clipping and Adam, over all parameters at once. */
import { multiplyAdd } from './arithmetic'
import type { Twin } from './memory'

const { fround } = Math

/** Σ g² in float64: two sums, of the numbers at even and at odd places, four numbers a turn; then what is left over. */
export const sumOfSquares: Twin<'sumOfSquares'> = ({ floats }, values, n) => {
  const from = values >>> 2
  const inFours = n & ~3
  let even = 0
  let odd = 0
  for (let i = from; i < from + inFours; i += 4) {
    even += floats[i] * floats[i] + floats[i + 2] * floats[i + 2]
    odd += floats[i + 1] * floats[i + 1] + floats[i + 3] * floats[i + 3]
  }
  let total = even + odd
  for (let i = from + inFours; i < from + n; i++) total += floats[i] * floats[i]
  return total
}

export const scaleAll: Twin<'scaleAll'> = ({ floats }, values, n, factor) => {
  const from = values >>> 2
  const by = fround(factor)
  for (let i = 0; i < n; i++) floats[from + i] *= by
}

const BETA_1 = fround(0.9)
const BETA_2 = fround(0.999)
const REST_1 = fround(0.1)
const REST_2 = fround(0.001)
const EPSILON = fround(1e-8)

/** Adam (Kingma and Ba 2015) with PyTorch's order. */
export const adam: Twin<'adam'> = ({ floats }, values, gradients, first, second, n, stepSize, correction) => {
  const size = fround(stepSize)
  const by = fround(correction)
  const value = values >>> 2
  const gradient = gradients >>> 2
  const moment = first >>> 2
  const square = second >>> 2
  for (let i = 0; i < n; i++) {
    const g = floats[gradient + i]
    const m = multiplyAdd(BETA_1, floats[moment + i], fround(REST_1 * g))
    const s = multiplyAdd(BETA_2, floats[square + i], fround(fround(REST_2 * g) * g))
    floats[moment + i] = m
    floats[square + i] = s
    const under = fround(fround(fround(Math.sqrt(s)) / by) + EPSILON)
    floats[value + i] -= fround(fround(size * m) / under)
  }
}
