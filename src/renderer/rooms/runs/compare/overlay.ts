/** Curves over each other: how each run looks, what lies below, and the mean and spread of runs that differ in their seed. */
import type { ColourName } from '../../../composables/use-theme-colours'
import type { ComparedCurve, RunDetail } from '../../../../shared'

export interface LineStyle {
  readonly colour: ColourName
  readonly dash: readonly number[]
}

const HUES = 8
const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [10, 3, 2, 3]]

/** Twenty runs, no two alike: eight hues, and a dash that changes with every hue and again with every round. */
export function lineStyle(place: number): LineStyle {
  const hue = (place % HUES) + 1
  return {
    colour: `series-${hue as 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}`,
    dash: DASHES[(place + Math.floor(place / HUES)) % DASHES.length],
  }
}

export type XAxis = 'step' | 'characters' | 'time'
export type Metric = 'smoothed' | 'validationLoss'

export function xOf(curve: ComparedCurve, axis: XAxis): Float64Array {
  if (axis === 'time') return curve.seconds
  return axis === 'step' ? curve.step : curve.step.map((step) => step * curve.tokensPerStep)
}

/** Between the points there are; NaN outside of them. Points whose y isn't finite are passed over. */
export function valueAt(x: ArrayLike<number>, y: ArrayLike<number>, at: number): number {
  let [low, high] = [0, x.length - 1]
  if (high < 0 || at < x[0] || at > x[high]) return Number.NaN
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x[middle] <= at) low = middle
    else high = middle
  }
  while (low > 0 && !Number.isFinite(y[low])) low -= 1
  while (high < x.length - 1 && !Number.isFinite(y[high])) high += 1
  if (!Number.isFinite(y[low]) || !Number.isFinite(y[high])) return Number.isFinite(y[low]) ? y[low] : y[high]
  const width = x[high] - x[low]
  return width === 0 ? y[low] : y[low] + ((y[high] - y[low]) * (at - x[low])) / width
}

/** Runs with the same setting and texts, by their places; what decides no bit of the setting is not looked at. */
export function seedGroups(details: readonly RunDetail[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>()
  details.forEach(({ configuration, corpora, run }, place) => {
    const { seed: _seed, workers: _workers, kernel: _kernel, checkpointEvery: _every, ...setting } = configuration ?? {}
    const key = configuration === null ? run : JSON.stringify([setting, corpora.map(({ sha256 }) => sha256)])
    groups.set(key, [...(groups.get(key) ?? []), place])
  })
  return [...groups.values()]
}

export interface Band {
  readonly x: Float64Array
  readonly mean: Float64Array
  /** One standard deviation below and above (of the sample; nothing for one run). */
  readonly low: Float64Array
  readonly high: Float64Array
}

const BAND_POINTS = 400

/** Over the stretch that all of them have. */
export function bandOf(curves: readonly { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }[]): Band {
  const from = Math.max(...curves.map(({ x }) => x[0] ?? Infinity))
  const to = Math.min(...curves.map(({ x }) => x[x.length - 1] ?? -Infinity))
  const count = from <= to ? BAND_POINTS : 0
  const x = Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (BAND_POINTS - 1))
  const [mean, low, high] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
  for (let i = 0; i < count; i++) {
    const values = curves.map((curve) => valueAt(curve.x, curve.y, x[i])).filter((value) => Number.isFinite(value))
    const n = values.length
    const middle = values.reduce((sum, value) => sum + value, 0) / n
    const spread =
      n < 2 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0) / (n - 1))
    mean[i] = n === 0 ? Number.NaN : middle
    low[i] = mean[i] - spread
    high[i] = mean[i] + spread
  }
  return { x, mean, low, high }
}

/**
 * Where the axis of the losses ends when some runs diverged: at the largest loss of the others, so that one loss beyond all
 * bounds doesn't press every curve onto the ground. Undefined where none diverged, or all did.
 */
export function lossCeiling(
  lines: readonly { readonly y: ArrayLike<number>; readonly hasDiverged: boolean }[],
): number | undefined {
  if (!lines.some(({ hasDiverged }) => hasDiverged)) return undefined
  let most = -Infinity
  for (const { y, hasDiverged } of lines) {
    if (hasDiverged) continue
    for (let i = 0; i < y.length; i++) if (Number.isFinite(y[i]) && y[i] > most) most = y[i]
  }
  return most === -Infinity ? undefined : Math.ceil(most * 2) / 2
}

const shortName = (name: string, most: number): string => {
  const signs = [...name]
  return signs.length <= most ? name : `${signs.slice(0, most - 1).join('')}…`
}

const PARTED = ' · '

/** Names that begin with their number, for the ends of lines: without the parts that all of them begin with, and short. */
export function lineLabels(names: readonly string[], most = 22): readonly string[] {
  const numbered = names.map((name) => /^(\d+) (.*)$/su.exec(name) ?? [name, '', name])
  const parted = numbered.map(([, , name]) => name.split(PARTED))
  const fewest = Math.min(...parted.map(({ length }) => length))
  let same = 0
  while (names.length > 1 && same < fewest - 1 && parted.every((parts) => parts[same] === parted[0][same])) same += 1
  return parted.map((parts, i) => shortName(`${numbered[i][1]} ${parts.slice(same).join(PARTED)}`.trim(), most))
}
