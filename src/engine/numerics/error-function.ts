/** The error function, by its series of positive terms: nothing cancels, however large x is. */
import { exp } from './elementary'

/** Beyond it 1 − erf x is below 2e-17. */
const ONE_FROM = 6
const TWO_BY_ROOT_PI = 1.1283791670955126
/** Enough for x < 6: a term is less than a rounding of the sum. */
const MOST_TERMS = 400

/** erf x = (2/√π) e^{−x²} Σ 2ⁿ x^{2n+1} / (1·3·…·(2n+1)) (Abramowitz and Stegun 7.1.6); relative error below 1e-14. */
export function erf(x: number): number {
  if (x < 0) return -erf(-x)
  if (x >= ONE_FROM) return 1
  let term = x
  let sum = x
  for (let n = 1; n < MOST_TERMS && term > sum * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return TWO_BY_ROOT_PI * exp(-x * x) * sum
}
