/**
 * A curve of any length for the eye: smoothed over all its points first, then of every bucket of neighbouring points the
 * first, the last, the smallest and the largest of each line kept, in their order.
 */
import type { ComparedCurve, RunCurve, RunId } from '../../shared'

export interface CurveChoice {
  readonly run: RunId
  readonly curve: Pick<RunCurve, 'step' | 'trainLoss' | 'validationLoss' | 'charactersPerSecond'>
  /** About how many pixels there are across. */
  readonly buckets: number
  /** From 0, not at all, to just below 1. */
  readonly smoothing: number
  /** Batch × sequence. */
  readonly tokensPerStep: number
  /** How long it trained in all: what the times are scaled to. */
  readonly seconds: number
}

export function decimateCurve({ run, curve, buckets, smoothing, tokensPerStep, seconds }: CurveChoice): ComparedCurve {
  const smoothed = smoothColumn(curve.trainLoss, smoothing)
  const times = elapsed(curve, seconds)
  const kept = keptIndices(curve.step.length, buckets, [curve.trainLoss, smoothed, curve.validationLoss])
  const column = (values: Float64Array): Float64Array => Float64Array.from(kept, (i) => values[i])
  return {
    run,
    step: column(curve.step),
    trainLoss: column(curve.trainLoss),
    smoothed: column(smoothed),
    validationLoss: column(curve.validationLoss),
    seconds: column(times),
    tokensPerStep,
  }
}

/** The weighted mean of all values so far, right from the first; what isn't finite is passed over. */
function smoothColumn(values: Float64Array, factor: number): Float64Array {
  const smoothed = new Float64Array(values.length).fill(Number.NaN)
  let [sum, weight] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue
    sum = factor * sum + (1 - factor) * values[i]
    weight = factor * weight + (1 - factor)
    smoothed[i] = sum / weight
  }
  return smoothed
}

/** A step takes as long as its speed says; where none was told, as long as the last. Their sum is the run's time. */
function elapsed({ step, charactersPerSecond }: CurveChoice['curve'], seconds: number): Float64Array {
  const times = new Float64Array(step.length)
  let [total, pace] = [0, 1]
  for (let i = 0; i < step.length; i++) {
    if (charactersPerSecond[i] > 0) pace = 1 / charactersPerSecond[i]
    total += (step[i] - (i === 0 ? 0 : step[i - 1])) * pace
    times[i] = total
  }
  if (total > 0) for (let i = 0; i < times.length; i++) times[i] *= seconds / total
  return times
}

function keptIndices(length: number, buckets: number, columns: readonly Float64Array[]): number[] {
  if (length <= buckets * 4) return Array.from({ length }, (_, i) => i)
  const kept: number[] = []
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * length) / buckets)
    const to = Math.floor(((bucket + 1) * length) / buckets)
    const chosen = new Set([from, to - 1])
    for (const column of columns) for (const i of extremes(column, from, to)) chosen.add(i)
    kept.push(...[...chosen].sort((a, b) => a - b))
  }
  return kept
}

/** Where the smallest and the largest finite value lie; nothing where there is none. */
function extremes(values: Float64Array, from: number, to: number): readonly number[] {
  let [low, high] = [-1, -1]
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(values[i])) continue
    if (low < 0 || values[i] < values[low]) low = i
    if (high < 0 || values[i] > values[high]) high = i
  }
  return low < 0 ? [] : [low, high]
}
