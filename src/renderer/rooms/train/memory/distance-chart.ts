/** The chart of right answers against distance: a line per network, chance across, and the trained range marked. */
import type { LineChartData, LineSeries } from '../../../charts/line-chart'
import type { DistanceRange } from '../../../../shared'

export interface DistanceChart {
  readonly lines: readonly (Pick<LineSeries, 'label' | 'colour' | 'dash'> & { readonly shares: readonly number[] })[]
  readonly distances: readonly number[]
  /** null where that isn't one number. */
  readonly chance: number | null
  /** null: each run has a distance of its own. */
  readonly trained: DistanceRange | null
  readonly words: { readonly distance: string; readonly chance: string; readonly trained: string }
  readonly formatX: (value: number) => string
  readonly formatY: (value: number) => string
}

/** Room at the right for the name of the dotted line. */
const MARGIN = 72

export function distanceChart(chart: DistanceChart): LineChartData {
  const { lines, distances, chance, trained, words, formatX, formatY } = chart
  const ends = trained === null ? [] : [...new Set([trained.shortest, trained.longest])]
  return {
    series: lines.map(({ shares, ...line }) => ({ ...line, dots: true, x: distances, y: shares })),
    floors: chance === null ? [] : [{ y: chance, label: words.chance }],
    bands: ends.length < 2 ? [] : [{ x: ends, low: [0, 0], high: [1, 1], colour: 'line-strong' }],
    marks: ends.map((x, place) => ({ x, label: place === 0 ? words.trained : '' })),
    xLabel: words.distance,
    xMin: 0,
    xMax: distances.at(-1) ?? 1,
    xWhole: true,
    yMin: 0,
    yMax: 1,
    yFixed: true,
    margin: MARGIN,
    formatX,
    formatY,
  }
}
