/** How long a run still takes at the speed it had so far; null until there is enough to tell. */
import type { RunRow } from '../../shared'

const ENOUGH_SECONDS = 3

export function secondsLeft(row: Pick<RunRow, 'steps' | 'totalSteps' | 'seconds'>): number | null {
  if (row.totalSteps === null || row.steps === 0 || row.seconds < ENOUGH_SECONDS) return null
  return Math.max(0, ((row.totalSteps - row.steps) * row.seconds) / row.steps)
}
