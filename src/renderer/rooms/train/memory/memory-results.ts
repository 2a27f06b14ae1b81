/** What a group of memory runs has found: the share right of each network at each distance. */
import type { RunId, TaskAnswers } from '../../../../shared'
import { variantKey } from './memory-setting'
import type { Variant } from './memory-setting'

export interface MemoryRun {
  readonly run: RunId
  readonly distance: number
  readonly variant: Variant
  /** null: not asked yet. */
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

/** Runs that differ in their seed alone are one point: the mean of those that are known. */
export function memoryResults(runs: readonly MemoryRun[]): MemoryResults {
  const distances = [...new Set(runs.map(({ distance }) => distance))].sort((a, b) => a - b)
  const keys = [...new Set(runs.map(({ variant }) => variantKey(variant)))]
  const lines = keys.map((key): MemoryLine => {
    const own = runs.filter(({ variant }) => variantKey(variant) === key)
    const at = distances.map((distance) => own.filter((run) => run.distance === distance))
    return {
      key,
      variant: own[0].variant,
      shares: at.map(meanShare),
      runs: at.map((here) => here[0]?.run ?? null),
    }
  })
  return { distances, lines }
}

function meanShare(runs: readonly MemoryRun[]): number {
  const known = runs.flatMap(({ answers }) => (answers === null ? [] : [answers.right / answers.answers]))
  return known.length === 0 ? NaN : known.reduce((sum, share) => sum + share, 0) / known.length
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
