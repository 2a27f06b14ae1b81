/** The norm for clipping, and the optimisers over all parameters at once. Gradients are taken times `scale`. */
import { multiplyAdd } from './arithmetic'
import type { Twin } from './memory'

const { fround } = Math

const FOUR = 4
/** Four sums of fours at a time. */
const TURN = 16
const sums = new Float64Array(8)

/** Σ g² in float64, n a multiple of 16: by fours ≡ 0, 1, 2, 3 (mod 4), even and odd places apart, then all together. */
export const sumOfSquares: Twin<'sumOfSquares'> = ({ floats }, values, n) => {
  sums.fill(0)
  for (let at = values >>> 2, end = at + n; at < end; at += TURN) {
    for (let four = 0; four < FOUR; four++) {
      const i = at + four * FOUR
      sums[four] += floats[i] * floats[i] + floats[i + 2] * floats[i + 2]
      sums[four + FOUR] += floats[i + 1] * floats[i + 1] + floats[i + 3] * floats[i + 3]
    }
  }
  return together(0) + together(FOUR)
}

const together = (from: number): number => sums[from] + sums[from + 1] + (sums[from + 2] + sums[from + 3])

/** values −= rate · gradients */
export const sgd: Twin<'sgd'> = ({ floats }, values, gradients, n, scale, rate) => {
  const by = fround(scale)
  const size = fround(rate)
  for (let i = 0; i < n; i++) {
    const g = fround(floats[(gradients >>> 2) + i] * by)
    floats[(values >>> 2) + i] -= fround(size * g)
  }
}

/** velocity = keep · velocity + gradients; values −= rate · velocity */
export const momentum: Twin<'momentum'> = ({ floats }, values, gradients, velocity, n, scale, rate, keep) => {
  const by = fround(scale)
  const size = fround(rate)
  const kept = fround(keep)
  for (let i = 0; i < n; i++) {
    const g = fround(floats[(gradients >>> 2) + i] * by)
    const v = multiplyAdd(kept, floats[(velocity >>> 2) + i], g)
    floats[(velocity >>> 2) + i] = v
    floats[(values >>> 2) + i] -= fround(size * v)
  }
}

const EPSILON = fround(1e-8)

/** square = keep · square + take · gradients²; values −= rate · gradients / (√square + ε). Adagrad keeps and takes all. */
export const rmsprop: Twin<'rmsprop'> = ({ floats }, values, gradients, square, n, scale, rate, keep, take) => {
  const by = fround(scale)
  const size = fround(rate)
  const kept = fround(keep)
  const taken = fround(take)
  for (let i = 0; i < n; i++) {
    const g = fround(floats[(gradients >>> 2) + i] * by)
    const s = multiplyAdd(kept, floats[(square >>> 2) + i], fround(fround(taken * g) * g))
    floats[(square >>> 2) + i] = s
    floats[(values >>> 2) + i] -= fround(fround(size * g) / fround(fround(Math.sqrt(s)) + EPSILON))
  }
}

const BETA_1 = fround(0.9)
const BETA_2 = fround(0.999)
const REST_1 = fround(0.1)
const REST_2 = fround(0.001)

/** Adam (Kingma and Ba 2015), √second's correction within `stepSize` and `epsilon`; `keep` is 1 but for AdamW's decay. */
export const adam: Twin<'adam'> = ({ floats }, values, gradients, first, second, n, scale, stepSize, epsilon, keep) => {
  const by = fround(scale)
  const size = fround(stepSize)
  const little = fround(epsilon)
  const kept = fround(keep)
  for (let i = 0; i < n; i++) {
    const g = fround(floats[(gradients >>> 2) + i] * by)
    const m = multiplyAdd(BETA_1, floats[(first >>> 2) + i], fround(REST_1 * g))
    const s = multiplyAdd(BETA_2, floats[(second >>> 2) + i], fround(fround(REST_2 * g) * g))
    floats[(first >>> 2) + i] = m
    floats[(second >>> 2) + i] = s
    const step = fround(fround(size * m) / fround(fround(Math.sqrt(s)) + little))
    floats[(values >>> 2) + i] = fround(kept * floats[(values >>> 2) + i]) - step
  }
}
