/** Axes of a list in parallel coordinates: where every run's value lies, what is written beside it, where a brush can end. */
import type { RunValues } from '../../../../shared'

export interface Tick {
  readonly text: string
  readonly place: number
}

export interface ListAxis {
  readonly name: string
  /** A run each, from 0 at the bottom to 1; NaN where there is nothing. */
  readonly places: Float32Array
  readonly ticks: readonly Tick[]
  /** Ascending from 0 to 1: where the keyboard moves the end of a brush. */
  readonly stops: readonly number[]
}

/** So many different values stand beside each other with the same distance; more lie on a scale. */
const FEW_VALUES = 8
const SCALE_STOPS = 20
const SCALE_TICKS = 4
/** From this ratio on between the ends, tenfold is as far everywhere. */
const LOGARITHMIC_FROM = 50

export function axisOf({ name, values, words }: RunValues, format: (value: number) => string): ListAxis {
  const known = values.filter((value) => !Number.isNaN(value))
  const different = [...new Set(known)].sort((a, b) => a - b)
  const textOf = (value: number): string => (words ? words[value] : format(value))
  if (words !== null || different.length <= FEW_VALUES) return evenly(name, values, different, textOf)
  return onScale(name, values, different[0], different[different.length - 1], textOf)
}

function evenly(
  name: string,
  values: Float64Array,
  different: readonly number[],
  textOf: (value: number) => string,
): ListAxis {
  const last = different.length - 1
  const places = new Map(different.map((value, i) => [value, last === 0 ? 0.5 : i / last]))
  const ticks = different.map((value, i) => ({ text: textOf(value), place: last === 0 ? 0.5 : i / last }))
  return {
    name,
    places: Float32Array.from(values, (value) => places.get(value) ?? NaN),
    ticks,
    stops: [0, ...ticks.slice(1).map(({ place }, i) => (place + ticks[i].place) / 2), 1],
  }
}

function onScale(
  name: string,
  values: Float64Array,
  low: number,
  high: number,
  textOf: (value: number) => string,
): ListAxis {
  const isLogarithmic = low > 0 && high / low >= LOGARITHMIC_FROM
  const [from, to] = isLogarithmic ? [Math.log(low), Math.log(high)] : [low, high]
  const valueAt = (place: number): number => {
    const at = from + place * (to - from)
    return isLogarithmic ? Math.exp(at) : at
  }
  const isWhole = high - low >= SCALE_TICKS && values.every((value) => Number.isNaN(value) || Number.isInteger(value))
  return {
    name,
    places: Float32Array.from(values, (value) => ((isLogarithmic ? Math.log(value) : value) - from) / (to - from)),
    ticks: Array.from({ length: SCALE_TICKS + 1 }, (_, i) => {
      const place = i / SCALE_TICKS
      const value = isWhole ? Math.round(valueAt(place)) : valueAt(place)
      return { text: textOf(i === 0 ? low : i === SCALE_TICKS ? high : value), place }
    }),
    stops: Array.from({ length: SCALE_STOPS + 1 }, (_, i) => i / SCALE_STOPS),
  }
}

/** What is written nearest to a place. */
export function nearestTick({ ticks }: ListAxis, place: number): string {
  const nearest = ticks.reduce((best, tick) =>
    Math.abs(tick.place - place) < Math.abs(best.place - place) ? tick : best,
  )
  return nearest.text
}
