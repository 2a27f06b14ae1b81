/**
 * What the mean-field theory of a Hebbian network says for N → ∞ at zero temperature (Amit, Gutfreund and Sompolinsky
 * 1985): the overlap of the state nearest to a stored pattern at load α = P/N, and the load beyond which there is none.
 */
import { exp } from '../../numerics/elementary'
import { erf } from '../../numerics/error-function'

/** The replica-symmetric theory's: beyond it no state stays near a pattern. */
export const CRITICAL_LOAD = 0.137906

const TWO_BY_ROOT_PI = 1.1283791670955126
/** Where the root is looked for, from above: the retrieval state is the largest. */
const MOST = 8
const STEP = 0.002
const HALVINGS = 60

/** erf y − y (√(2α) + (2/√π) e^{−y²}): zero at the states' y, of which m = erf y. */
function balance(load: number, y: number): number {
  return erf(y) - y * (Math.sqrt(2 * load) + TWO_BY_ROOT_PI * exp(-y * y))
}

/** m of the retrieval state; null beyond the critical load. */
export function meanFieldOverlap(load: number): number | null {
  if (load <= 0) return 1
  // For small loads the root lies beyond any bound that a scan would have: there m is 1 to the last digit.
  if (balance(load, MOST) > 0) return 1
  for (let high = MOST, low = MOST - STEP; low > 0; high = low, low -= STEP) {
    if (balance(load, low) <= 0) continue
    for (let i = 0; i < HALVINGS; i++) {
      const middle = (low + high) / 2
      if (balance(load, middle) > 0) low = middle
      else high = middle
    }
    return erf(low)
  }
  return null
}
