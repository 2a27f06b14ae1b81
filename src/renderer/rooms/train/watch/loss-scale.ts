/** The loss in the unit a person reads, and what lies below the curve: steps, characters or time. */
import type { RunCurve } from '../../../../shared'

export const LOSS_UNITS = ['nats', 'bits', 'perplexity'] as const
export type LossUnit = (typeof LOSS_UNITS)[number]

export const X_AXES = ['step', 'characters', 'time'] as const
export type XAxis = (typeof X_AXES)[number]

/** From nats per token. @param charactersPerToken below 1 where several tokens make a character */
export function inUnit(nats: number, unit: LossUnit, charactersPerToken: number): number {
  if (unit === 'bits') return nats / (Math.LN2 * charactersPerToken)
  return unit === 'perplexity' ? Math.exp(nats) : nats
}

export function columnInUnit(nats: Float64Array, unit: LossUnit, charactersPerToken: number): Float64Array {
  return unit === 'nats' ? nats : nats.map((value) => inUnit(value, unit, charactersPerToken))
}

/** Where each point lies: its step, the characters read until then, or the seconds that took. */
export function xColumn(
  { step, charactersPerSecond }: Pick<RunCurve, 'step' | 'charactersPerSecond'>,
  axis: XAxis,
  charactersPerStep: number,
): Float64Array {
  if (axis === 'step') return step
  if (axis === 'characters') return step.map((value) => value * charactersPerStep)
  return secondsColumn(step, charactersPerSecond, charactersPerStep)
}

/** A point without a speed went as fast as the one before it, the first ones as the first that has one. */
function secondsColumn(step: Float64Array, speed: Float64Array, charactersPerStep: number): Float64Array {
  const seconds = new Float64Array(step.length)
  let known = speed.find((value) => value > 0) ?? Number.NaN
  let [at, before] = [0, 0]
  for (let i = 0; i < step.length; i++) {
    if (speed[i] > 0) known = speed[i]
    at += ((step[i] - before) * charactersPerStep) / known
    before = step[i]
    seconds[i] = at
  }
  return seconds
}

/** Where a step lies on the axis, between the points around it; null before there are any. */
export function xOfStep(step: Float64Array, x: Float64Array, wanted: number): number | null {
  if (step.length === 0) return null
  const after = step.findIndex((value) => value >= wanted)
  if (after === 0) return (x[0] * wanted) / step[0]
  if (after < 0) return x[x.length - 1]
  const share = (wanted - step[after - 1]) / (step[after] - step[after - 1])
  return x[after - 1] + share * (x[after] - x[after - 1])
}
