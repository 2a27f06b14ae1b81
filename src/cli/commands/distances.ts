/** The option `--distance` of memory tasks: one distance, or a range that each problem's distance is drawn from. */
import { taskDistances } from '../../lab'
import { LONGEST_DISTANCE, parseDistances, printDistances } from '../../shared'
import type { DistanceRange, MemoryTask } from '../../shared'
import { valued } from '../frame/options'
import type { Option } from '../frame/options'
import { UsageError } from '../frame/usage-error'

/** A range, because a single distance can be passed without remembering. */
const DEFAULT_DISTANCES = '4-16'

/** @throws UsageError */
function asDistances(text: string, name: string): DistanceRange {
  const distances = parseDistances(text)
  if (distances === null) {
    throw new UsageError(
      `${name} must be a whole number from 1 to ${LONGEST_DISTANCE}, or a range from the shortest to the longest, such as 4-16, not ${JSON.stringify(text)}`,
    )
  }
  return distances
}

export function distanceOption(summary: string): Option<DistanceRange> {
  return {
    ...valued('N|A-B', summary, DEFAULT_DISTANCES, asDistances),
    read: (given, name) => asDistances(given[0] ?? DEFAULT_DISTANCES, name),
  }
}

/** What a single distance can't tell, with the remedy; null for a range. */
export function singleDistanceAdvice(task: MemoryTask, distances: DistanceRange): string | null {
  if (taskDistances(task, distances).length > 1) return null
  return `with one distance (${printDistances(distances)}) every answer comes at the same place, so a network that only counts time passes as well as one that remembers; give a range, such as --distance ${DEFAULT_DISTANCES}`
}
