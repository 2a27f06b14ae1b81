/**
 * What a curve is drawn from, in a form that is small for a million points: steps as stretches, validations where there are
 * any, and the time passed block by block. The same form is made of a run's rows and read from what was packed of them.
 */
import type { RunCurve } from '../../shared'

/** Points of so long a curve are packed, and their times told block by block. */
export const LEAST_PACKED = 20_000
const BLOCK = 64

/** The columns that a curve without ranges is drawn from; migration 0006 packs exactly these. */
export interface DrawnColumns {
  /** (N) nats per token; NaN where there is none. */
  readonly trainLoss: Float64Array
  /** (S · 3) of each stretch of points that cover equally many steps: its first point, that point's step, the width. */
  readonly stretches: Float64Array
  /** (M) points that hold a validation, ascending, and (M) their losses. */
  readonly validatedAt: Uint32Array
  readonly validationLoss: Float64Array
  /** (⌈N / block⌉) in a unit of its own: the time passed at each block's last point. */
  readonly elapsed: Float64Array
}

export interface DrawnCurve extends DrawnColumns {
  /** (N) of each point the smallest and the largest loss of its steps, NaN where it has no range; null: no point has one. */
  readonly range: { readonly min: Float64Array; readonly max: Float64Array } | null
}

export function rangeOf({
  minTrainLoss: min,
  maxTrainLoss: max,
}: Pick<RunCurve, 'minTrainLoss' | 'maxTrainLoss'>): DrawnCurve['range'] {
  return min.some(Number.isFinite) ? { min, max } : null
}

/** How many points a block of times covers. */
const blockOf = (length: number): number => (length < LEAST_PACKED ? 1 : BLOCK)

type Columns = Pick<RunCurve, 'step' | 'trainLoss' | 'validationLoss' | 'charactersPerSecond'>

export function drawnCurveOf({ step, trainLoss, validationLoss, charactersPerSecond }: Columns): DrawnColumns {
  const validated: number[] = []
  for (let i = 0; i < validationLoss.length; i++) if (Number.isFinite(validationLoss[i])) validated.push(i)
  const validatedAt = Uint32Array.from(validated)
  return {
    trainLoss,
    stretches: stretchesOf(step),
    validatedAt,
    validationLoss: Float64Array.from(validatedAt, (i) => validationLoss[i]),
    elapsed: elapsedOf(step, charactersPerSecond),
  }
}

function stretchesOf(step: Float64Array): Float64Array {
  const found: number[] = []
  for (let i = 0; i < step.length; i++) {
    const last = found.length - 3
    const expected = last < 0 ? NaN : found[last + 1] + (i - found[last]) * found[last + 2]
    if (step[i] === expected) continue
    found.push(i, step[i], i + 1 < step.length ? step[i + 1] - step[i] : 1)
  }
  return Float64Array.from(found)
}

/** A step takes as long as its speed says; where none was told, as long as the last, the first ones as the first that was. */
function elapsedOf(step: Float64Array, charactersPerSecond: Float64Array): Float64Array {
  const block = blockOf(step.length)
  const ends = new Float64Array(Math.ceil(step.length / block))
  let [total, pace] = [0, 1 / (charactersPerSecond.find((speed) => speed > 0) ?? 1)]
  for (let i = 0; i < step.length; i++) {
    if (charactersPerSecond[i] > 0) pace = 1 / charactersPerSecond[i]
    total += (step[i] - (i === 0 ? 0 : step[i - 1])) * pace
    ends[Math.floor(i / block)] = total
  }
  return ends
}

/** The steps of these points, which ascend. */
export function stepsAt({ stretches }: DrawnColumns, points: readonly number[]): Float64Array {
  let at = 0
  return Float64Array.from(points, (i) => {
    while (at + 3 < stretches.length && stretches[at + 3] <= i) at += 3
    return stretches[at + 1] + (i - stretches[at]) * stretches[at + 2]
  })
}

/** The time passed at these points, scaled so that the run took so many seconds in all. */
export function secondsAt(
  { elapsed, trainLoss }: DrawnColumns,
  points: readonly number[],
  seconds: number,
): Float64Array {
  const block = blockOf(trainLoss.length)
  const total = elapsed[elapsed.length - 1] ?? 0
  const scale = total > 0 ? seconds / total : 1
  return Float64Array.from(points, (i) => {
    const at = Math.floor(i / block)
    const before = at === 0 ? 0 : elapsed[at - 1]
    const inBlock = Math.min(block, trainLoss.length - at * block)
    return (before + ((elapsed[at] - before) * (i - at * block + 1)) / inBlock) * scale
  })
}

/** The validations at these points, which ascend; NaN where there is none. */
export function validationsAt({ validatedAt, validationLoss }: DrawnColumns, points: readonly number[]): Float64Array {
  let at = 0
  return Float64Array.from(points, (i) => {
    while (at < validatedAt.length && validatedAt[at] < i) at += 1
    return validatedAt[at] === i ? validationLoss[at] : NaN
  })
}
