/** At which distances the room tests a network: those it was trained on, and shorter and longer ones. */
import { taskDistances } from '../../../../engine'
import { LONGEST_DISTANCE } from '../../../../shared'
import type { DistanceRange, MemoryTask } from '../../../../shared'

/** Enough points for a curve. */
const MOST = 24
/** The fewest that still show what is inside the range and beyond it. */
const LEAST = 7
/** Sum of all tested distances: networks are tested again and again while they learn. */
const MOST_SYMBOLS = 1000

/** By half of the longest distance on both sides, as far as there are such distances. */
function widened({ shortest, longest }: DistanceRange): DistanceRange {
  const beyond = Math.max(2, Math.ceil(longest / 2))
  return { shortest: Math.max(1, shortest - beyond), longest: Math.min(LONGEST_DISTANCE, longest + beyond) }
}

/** Ascending. The ends of the trained range are always among them; of a long range others are left out evenly. */
export function testedDistances(task: MemoryTask, trained: DistanceRange): readonly number[] {
  const own = taskDistances(task, trained)
  const all = taskDistances(task, widened(trained))
  const mean = (all[0] + all[all.length - 1]) / 2
  const count = Math.min(all.length, MOST, Math.max(LEAST, Math.floor(MOST_SYMBOLS / mean)))
  const spread = Array.from({ length: count }, (_, i) => all[Math.round((i * (all.length - 1)) / (count - 1))])
  return [...new Set([...spread, own[0], own[own.length - 1]])].sort((a, b) => a - b)
}

/** Whether counting time is enough to answer: all answers come at the same place of their line. */
export function isSingleDistance(task: MemoryTask, trained: DistanceRange): boolean {
  return taskDistances(task, trained).length === 1
}
