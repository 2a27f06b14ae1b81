/**
 * A curve of any length for the eye: smoothed over all its points first, then of every bucket of neighbouring points the
 * first, the last, the smallest and the largest of each line kept, in their order.
 */
import type { ComparedCurve, RunId } from '../../shared'
import { secondsAt, stepsAt, validationsAt } from './drawn-curve'
import type { DrawnCurve } from './drawn-curve'

export interface CurveChoice {
  readonly run: RunId
  readonly curve: DrawnCurve
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
  const kept = keptPoints(curve, smoothed, buckets)
  return {
    run,
    step: stepsAt(curve, kept),
    trainLoss: Float64Array.from(kept, (i) => curve.trainLoss[i]),
    minTrainLoss: Float64Array.from(kept, (i) => curve.range?.min[i] ?? NaN),
    maxTrainLoss: Float64Array.from(kept, (i) => curve.range?.max[i] ?? NaN),
    smoothed: Float64Array.from(kept, (i) => smoothed[i]),
    validationLoss: validationsAt(curve, kept),
    seconds: secondsAt(curve, kept, seconds),
    tokensPerStep,
  }
}

/** The weighted mean of all values so far, right from the first; what isn't finite is passed over. */
function smoothColumn(values: Float64Array, factor: number): Float64Array {
  const smoothed = new Float64Array(values.length)
  const share = 1 - factor
  let sum = 0
  let weight = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (Number.isFinite(value)) {
      sum = factor * sum + share * value
      weight = factor * weight + share
      smoothed[i] = sum / weight
    } else smoothed[i] = NaN
  }
  return smoothed
}

function keptPoints(
  { trainLoss, validatedAt, validationLoss, range }: DrawnCurve,
  smoothed: Float64Array,
  buckets: number,
): number[] {
  const { length } = trainLoss
  if (length <= buckets * 4) return Array.from({ length }, (_, i) => i)
  const kept: number[] = []
  let validated = 0
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * length) / buckets)
    const to = Math.floor(((bucket + 1) * length) / buckets)
    const chosen = new Set([from, to - 1])
    addExtremes(chosen, trainLoss, from, to)
    addExtremes(chosen, smoothed, from, to)
    if (range !== null) {
      addExtremes(chosen, range.min, from, to)
      addExtremes(chosen, range.max, from, to)
    }
    const first = validated
    while (validated < validatedAt.length && validatedAt[validated] < to) validated += 1
    addExtremes(chosen, validationLoss, first, validated, validatedAt)
    kept.push(...[...chosen].sort((a, b) => a - b))
  }
  return kept
}

/**
 * Where the smallest and the largest finite value lie; nothing where there is none.
 * @param points to which point each value belongs; nothing: to that of its own number
 */
function addExtremes(
  chosen: Set<number>,
  values: Float64Array,
  from: number,
  to: number,
  points: Uint32Array | null = null,
): void {
  let low = -1
  let high = -1
  let least = Infinity
  let most = -Infinity
  for (let i = from; i < to; i++) {
    const value = values[i]
    if (value < least && value > -Infinity) {
      least = value
      low = i
    }
    if (value > most && value < Infinity) {
      most = value
      high = i
    }
  }
  for (const i of [low, high]) if (i >= 0) chosen.add(points ? points[i] : i)
}
