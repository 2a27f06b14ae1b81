/** Runs that were started as one action: what binds them, what they are to be, and how they stand against each other. */
import type { ComparedCurve, RunConfiguration, RunRow } from '../../../../shared'
import { valueAt } from '../../runs/compare/overlay'

const PREFIX = 'group:'
/** Each waits with a thread and its memory until its turn comes. */
export const MOST_IN_GROUP = 12
export const LEAST_IN_GROUP = 2

export type Member = Pick<RunConfiguration, 'cell' | 'seed'>

/** Cells one after the other, each with as many seeds, counted on from the first. */
export function membersOf(cells: readonly RunConfiguration['cell'][], seeds: number, first: number): readonly Member[] {
  return cells.flatMap((cell) => Array.from({ length: seeds }, (_, i) => ({ cell, seed: first + i })))
}

export function groupOf({ tags }: Pick<RunRow, 'tags'>): string | null {
  return tags.find((tag) => tag.startsWith(PREFIX)) ?? null
}

/** `group:1`, `group:2` …: one that no run has. */
export function nextGroup(rows: Iterable<Pick<RunRow, 'tags'>>): string {
  const taken = new Set([...rows].flatMap(({ tags }) => tags))
  let number = 1
  while (taken.has(`${PREFIX}${number}`)) number += 1
  return `${PREFIX}${number}`
}

/** The loss of one run at three places; NaN where it hasn't come so far. */
export interface RunStanding {
  readonly atStep: number
  readonly atTime: number
  readonly best: number
}

export interface GroupStandings {
  /** The last step, and the longest time, that every run has reached; null before all of them have begun. */
  readonly step: number | null
  readonly seconds: number | null
  readonly runs: readonly RunStanding[]
}

const NOTHING: RunStanding = { atStep: NaN, atTime: NaN, best: NaN }

/** Held-out losses where there are any, else the smoothed ones of training. */
function lossesOf(curve: ComparedCurve): Pick<ComparedCurve, 'step' | 'seconds'> & { readonly loss: Float64Array } {
  const held = Array.from(curve.validationLoss.keys()).filter((i) => Number.isFinite(curve.validationLoss[i]))
  if (held.length === 0) return { step: curve.step, seconds: curve.seconds, loss: curve.smoothed }
  const pick = (column: Float64Array): Float64Array => Float64Array.from(held, (i) => column[i])
  return { step: pick(curve.step), seconds: pick(curve.seconds), loss: pick(curve.validationLoss) }
}

/** @param curves one a run, null for one that has no points yet */
export function standingsOf(curves: readonly (ComparedCurve | null)[]): GroupStandings {
  const all = curves.map((curve) => (curve === null || curve.step.length === 0 ? null : lossesOf(curve)))
  const isComplete = all.every((losses) => losses !== null)
  const shortest = (name: 'step' | 'seconds'): number | null =>
    isComplete ? Math.min(...all.map((losses) => losses?.[name].at(-1) ?? NaN)) : null
  const [step, seconds] = [shortest('step'), shortest('seconds')]
  const runs = all.map((losses): RunStanding => {
    if (losses === null) return NOTHING
    return {
      atStep: step === null ? NaN : valueAt(losses.step, losses.loss, step),
      atTime: seconds === null ? NaN : valueAt(losses.seconds, losses.loss, seconds),
      best: losses.loss.reduce((best, loss) => (loss < best || Number.isNaN(best) ? loss : best), NaN),
    }
  })
  return { step, seconds, runs }
}

export interface MeanAndSpread {
  readonly mean: number
  /** Standard deviation of the sample; null of one run. */
  readonly spread: number | null
}

/** NaN as soon as one of them is. */
export function meanOf(values: readonly number[]): MeanAndSpread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length < 2) return { mean, spread: null }
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0)
  return { mean, spread: Math.sqrt(squares / (values.length - 1)) }
}
