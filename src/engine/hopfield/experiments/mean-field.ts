/**
 * What theory says of a Hebbian network of infinitely many neurons at temperature 0 (Amit, Gutfreund and Sompolinsky 1985,
 * replica symmetric): with load α a state near a pattern overlaps with it by m = erf y, where
 *
 *     y (√(2α) + (2/√π) e^{−y²}) = erf y.
 *
 * Solved for √(2α) the equation is g(y) = erf y / y − (2/√π) e^{−y²}. It rises to one maximum and falls; the states that
 * are recalled lie where it falls, so no load above g's maximum squared by two has any.
 */
import { exp } from '../../numerics/elementary'
import { erf } from '../../numerics/error-function'

const TWO_BY_ROOT_PI = 1.1283791670955126
/** Halvings of an interval until no number lies within it. */
const HALVINGS = 100

function g(y: number): number {
  return erf(y) / y - TWO_BY_ROOT_PI * exp(-y * y)
}

/** y² g′(y) */
function slope(y: number): number {
  return TWO_BY_ROOT_PI * y * (1 + 2 * y * y) * exp(-y * y) - erf(y)
}

/** Where a falling function crosses zero between two arguments. */
function crossing(falling: (y: number) => number, from: number, to: number): number {
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (from + to) / 2
    if (falling(middle) > 0) from = middle
    else to = middle
  }
  return (from + to) / 2
}

const TOP = crossing(slope, 1, 3)

/** α_c ≈ 0.1379: beyond it no pattern is recalled at all. */
export const CRITICAL_LOAD = (g(TOP) * g(TOP)) / 2

/** m of a pattern that is recalled at this load; null beyond the critical one. @param load α > 0 */
export function meanFieldOverlap(load: number): number | null {
  if (load > CRITICAL_LOAD) return null
  const wanted = Math.sqrt(2 * load)
  // g(y) < 1/y, so that the crossing lies before 1/√(2α).
  return erf(crossing((y) => g(y) - wanted, TOP, Math.max(TOP, 1 / wanted)))
}
