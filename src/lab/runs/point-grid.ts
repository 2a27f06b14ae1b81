/**
 * Which steps a point covers, by the step alone (DESIGN, "A run's life"): each of the first 1,000, then ten at a time up
 * to step 100,000, then a hundred.
 */
const SINGLE_UNTIL = 1000
const TENS_UNTIL = 100_000

/** The last step of the point that covers this one. */
export function pointEnd(step: number): number {
  if (step <= SINGLE_UNTIL) return step
  const width = step <= TENS_UNTIL ? 10 : 100
  return Math.ceil(step / width) * width
}

/** Whether a point that ends here covers all its steps. */
export function isWholePoint(step: number): boolean {
  return pointEnd(step) === step
}
