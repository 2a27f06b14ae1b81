/** Runs that were started as one action: what binds them, what they are to be, and how they stand against each other. */
import type { ComparedCurve, RunConfiguration, RunRow } from '../../../../shared'
import { valueAt } from '../../runs/compare/overlay'

/** Compared by their losses on one text, or by what they remember of texts made for it. */
export type GroupKind = 'group' | 'memory'
const KINDS: readonly GroupKind[] = ['group', 'memory']
/** Each waits with a thread and its memory until its turn comes. */
export const MOST_IN_GROUP = 12
export const LEAST_IN_GROUP = 2

export type Member = Pick<RunConfiguration, 'cell' | 'seed'>

/** Cells one after the other, each with as many seeds, counted on from the first. */
export function membersOf(cells: readonly RunConfiguration['cell'][], seeds: number, first: number): readonly Member[] {
  return cells.flatMap((cell) => Array.from({ length: seeds }, (_, i) => ({ cell, seed: first + i })))
}

export function groupOf({ tags }: Pick<RunRow, 'tags'>): string | null {
  return tags.find((tag) => KINDS.some((kind) => tag.startsWith(`${kind}:`))) ?? null
}

/** In the order in which they were started. @param newestFirst as the list of runs has them */
export function runsOfGroup(newestFirst: readonly RunRow[], group: string): readonly RunRow[] {
  return newestFirst.filter((row) => groupOf(row) === group).reverse()
}

export const isOfMemory = (group: string): boolean => group.startsWith('memory:')

/** `group:1`, `group:2` …: one that no run has. */
export function nextGroup(rows: Iterable<Pick<RunRow, 'tags'>>, kind: GroupKind = 'group'): string {
  const taken = new Set([...rows].flatMap(({ tags }) => tags))
  let number = 1
  while (taken.has(`${kind}:${number}`)) number += 1
  return `${kind}:${number}`
}

/** The loss of one run at three places; NaN of a run that hasn't begun. */
export interface RunStanding {
  readonly atStep: number
  readonly atTime: number
  readonly best: number
}

/** Which loss is told: on the held-out text, or the smoothed one of training where some run has no other there. */
export type Basis = 'validation' | 'training'

export interface GroupStandings {
  /** The last step, and the longest time, that every run which has begun has reached; null before the first has. */
  readonly step: number | null
  readonly seconds: number | null
  readonly basis: Readonly<Record<keyof RunStanding, Basis>>
  readonly runs: readonly RunStanding[]
}

const NOTHING: RunStanding = { atStep: NaN, atTime: NaN, best: NaN }

type Losses = Pick<ComparedCurve, 'step' | 'seconds'> & { readonly loss: Float64Array }

/** The points of a curve that have a loss of that kind. */
function lossesOf(curve: ComparedCurve, basis: Basis): Losses {
  const column = basis === 'validation' ? curve.validationLoss : curve.smoothed
  const held = Array.from(column.keys()).filter((i) => Number.isFinite(column[i]))
  const pick = (values: Float64Array): Float64Array => Float64Array.from(held, (i) => values[i])
  return { step: pick(curve.step), seconds: pick(curve.seconds), loss: pick(column) }
}

const lastShared = (columns: readonly Float64Array[]): number =>
  Math.min(...columns.map((values) => values.at(-1) ?? 0))

/** Between two points of a curve that is interpolated; before its first, or after its last, that one counts. */
function lossAt(x: Float64Array, loss: Float64Array, at: number): number {
  return x.length === 0 ? NaN : valueAt(x, loss, Math.min(x[x.length - 1], Math.max(x[0], at)))
}

/** Runs are held against each other by what all of them have: no validation is compared with a loss of training. */
function commonBasis(held: readonly Losses[], axis: 'step' | 'seconds' | null, at: number): Basis {
  const hasOne = ({ loss, ...x }: Losses): boolean => loss.length > 0 && (axis === null || x[axis][0] <= at)
  return held.every(hasOne) ? 'validation' : 'training'
}

/** @param curves one a run, null for one that has no points yet: it is left out until it has */
export function standingsOf(curves: readonly (ComparedCurve | null)[]): GroupStandings {
  const begun = curves.filter((curve) => curve !== null && curve.step.length > 0) as readonly ComparedCurve[]
  const held = begun.map((curve) => lossesOf(curve, 'validation'))
  const isHeldOut = begun.length > 0 && held.every(({ loss }) => loss.length > 0)
  const reached = isHeldOut ? held : begun
  const step = begun.length === 0 ? null : lastShared(reached.map((curve) => curve.step))
  const seconds = begun.length === 0 ? null : lastShared(reached.map((curve) => curve.seconds))
  const basis = {
    atStep: commonBasis(held, 'step', step ?? 0),
    atTime: commonBasis(held, 'seconds', seconds ?? 0),
    best: commonBasis(held, null, 0),
  }
  const runs = curves.map((curve): RunStanding => {
    if (curve === null || curve.step.length === 0) return NOTHING
    const of = (place: keyof RunStanding): Losses => lossesOf(curve, basis[place])
    const [atStep, atTime] = [of('atStep'), of('atTime')]
    return {
      atStep: step === null ? NaN : lossAt(atStep.step, atStep.loss, step),
      atTime: seconds === null ? NaN : lossAt(atTime.seconds, atTime.loss, seconds),
      best: of('best').loss.reduce((best, loss) => Math.min(best, loss), Infinity),
    }
  })
  return { step, seconds, basis, runs }
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
