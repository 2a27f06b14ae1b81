/** How wide a basin is: the share of flipped cells at which half of the cues still come back. */
import type { BasinPoint } from '../../../../engine'

const HALF = 0.5

/**
 * Read off between the two shares where it first falls below one half.
 * @param points by share, ascending
 */
export function halfWidth(points: readonly BasinPoint[]): number | 'always' | 'never' {
  const below = points.findIndex(({ recalled }) => recalled < HALF)
  if (below < 0) return 'always'
  if (below === 0) return 'never'
  const [before, after] = [points[below - 1], points[below]]
  const way = (before.recalled - HALF) / (before.recalled - after.recalled)
  return before.flipped + way * (after.flipped - before.flipped)
}
