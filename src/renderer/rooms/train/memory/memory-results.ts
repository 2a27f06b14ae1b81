/** What memory runs have found: the share right of each network at each distance. */
import type { DistanceRange, RunId, TaskAnswers } from '../../../../shared'
import { variantKey } from './memory-setting'
import type { Variant } from './memory-setting'

export interface MemoryRun {
  readonly run: RunId
  /** What the distances of its text were drawn from. */
  readonly trained: DistanceRange
  /** The distances at which it is tested. */
  readonly tested: readonly number[]
  readonly variant: Variant
  /** null: not tested yet. */
  readonly answers: TaskAnswers | null
}

export interface MemoryLine {
  readonly key: string
  readonly variant: Variant
  /** In the order of the distances; NaN where nothing is known yet. */
  readonly shares: readonly number[]
  /** The first run of each; null where there is none. */
  readonly runs: readonly (RunId | null)[]
}

export interface MemoryResults {
  /** Ascending. */
  readonly distances: readonly number[]
  readonly lines: readonly MemoryLine[]
}

/** Runs that differ in their seed alone are one line: the mean of those that are known. */
export function memoryResults(runs: readonly MemoryRun[]): MemoryResults {
  const distances = [...new Set(runs.flatMap(({ tested }) => tested))].sort((a, b) => a - b)
  const keys = [...new Set(runs.map(({ variant }) => variantKey(variant)))]
  const lines = keys.map((key): MemoryLine => {
    const own = runs.filter(({ variant }) => variantKey(variant) === key)
    const at = distances.map((distance) => own.filter(({ tested }) => tested.includes(distance)))
    return {
      key,
      variant: own[0].variant,
      shares: at.map((here, place) => meanShare(here, distances[place])),
      runs: at.map((here) => here[0]?.run ?? null),
    }
  })
  return { distances, lines }
}

function meanShare(runs: readonly MemoryRun[], distance: number): number {
  const known = runs.flatMap(({ answers }) => answers?.distances.filter((one) => one.distance === distance) ?? [])
  return meanOf(known.map(({ share }) => share))
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? NaN : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The range that all of them were trained on; null where they have different ones, or none is known. */
export function commonRange(runs: readonly MemoryRun[]): DistanceRange | null {
  const [first, ...others] = runs.map(({ trained }) => trained)
  if (!first) return null
  const isSame = ({ shortest, longest }: DistanceRange): boolean =>
    shortest === first.shortest && longest === first.longest
  return others.every(isSame) ? first : null
}

/** Parts of the tested distances: below the trained range, within it, and above it. */
export type RangePart = 'shorter' | 'within' | 'longer'
export const RANGE_PARTS: readonly RangePart[] = ['shorter', 'within', 'longer']

/** Mean shares of a line in each part; NaN where nothing is tested there, or nothing is known yet. */
export function sharesByPart(
  { shares }: MemoryLine,
  distances: readonly number[],
  { shortest, longest }: DistanceRange,
): Readonly<Record<RangePart, number>> {
  const within = (from: number, to: number): number =>
    meanOf(shares.filter((share, place) => distances[place] >= from && distances[place] <= to && !Number.isNaN(share)))
  return { shorter: within(0, shortest - 1), within: within(shortest, longest), longer: within(longest + 1, Infinity) }
}

/** From here on a network has it; below the other it hasn't. */
const REMEMBERS = 0.9
const FAILS = 0.5

export interface Parting {
  readonly distance: number
  readonly remember: readonly MemoryLine[]
  readonly fail: readonly MemoryLine[]
}

/** The longest distance at which some networks remember what others don't; null: there is none. */
export function partingOf({ distances, lines }: MemoryResults): Parting | null {
  for (let place = distances.length - 1; place >= 0; place--) {
    const remember = lines.filter(({ shares }) => shares[place] >= REMEMBERS)
    const fail = lines.filter(({ shares }) => shares[place] < FAILS)
    if (remember.length > 0 && fail.length > 0) return { distance: distances[place], remember, fail }
  }
  return null
}
