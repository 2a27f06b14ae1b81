/** The one place that knows Chart.js. */
import {
  Chart,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js'
import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js'
import type { ColourName, ThemeColours } from '../composables/use-theme-colours'
import type { PictureSource } from '../saving/picture'
import { decimate } from './decimate'
import type { ChartPoint, Columns } from './decimate'
import { placeNames } from './place-names'

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale, Tooltip, Legend)

export interface LineSeries extends Columns {
  readonly label: string
  readonly colour: ColourName
  readonly dash?: readonly number[]
  readonly width?: number
  /** Drawn thin and light, without a name at its end: the raw values behind a smooth line. */
  readonly raw?: boolean
  /** A dot at the last point, and a name there. */
  readonly named?: boolean
  readonly dot?: boolean
  /** A dot at every point: few values that were measured. */
  readonly dots?: boolean
}

/** A dotted line across, with its name at the right. */
export interface Floor {
  readonly y: number
  readonly label: string
}

/** What lies between two curves over the same x. */
export interface Band {
  readonly x: ArrayLike<number>
  readonly low: ArrayLike<number>
  readonly high: ArrayLike<number>
  readonly colour: ColourName
}

/** A dotted line upwards, with its name at the bottom, or, of a point of the curve, a ring there and its name at the top. */
export interface Mark {
  readonly x: number
  readonly label: string
  /** Where the ring is drawn, and in which colour. */
  readonly point?: { readonly y: number; readonly colour: ColourName }
}

export interface LineChartData {
  readonly series: readonly LineSeries[]
  readonly bands?: readonly Band[]
  readonly marks?: readonly Mark[]
  readonly floors?: readonly Floor[]
  readonly xLabel?: string
  readonly logarithmic?: boolean
  readonly xLogarithmic?: boolean
  /** Whoever shows the values elsewhere needs no tooltip. */
  readonly withoutTooltip?: boolean
  readonly xMin?: number
  /** Its marks are whole numbers. */
  readonly xWhole?: boolean
  readonly xMax?: number
  readonly yMin?: number
  readonly yMax?: number
  /** The axis ends at yMin and yMax, whatever ticks there would be beyond. */
  readonly yFixed?: boolean
  /** By how much its marks differ. */
  readonly yStep?: number
  readonly formatX: (value: number) => string
  readonly formatY: (value: number) => string
  /** Room at the right for names, in CSS pixels. */
  readonly margin?: number
}

export interface LineChart {
  readonly draw: (data: LineChartData, colours: ThemeColours) => void
  /** Of a place across, in CSS pixels of the canvas: its value, within what is shown; and the other way. */
  readonly valueAt: (pixel: number) => number
  readonly pixelOf: (value: number) => number
  readonly destroy: () => void
}

const FONT = { family: 'Pretendard', size: 12 }
const DOT_RADIUS = 4

/**
 * A dot at the last point. Were it a point with a radius of its own, Chart.js would look up the options of every point of
 * the line at every drawing.
 */
function dotsPlugin(current: Shown): Plugin<'line'> {
  return {
    id: 'dots',
    afterDatasetsDraw(chart) {
      const shown = current()
      if (!shown) return
      shown.data.series.forEach((series, index) => {
        const last = chart.getDatasetMeta(index).data.at(-1)
        if (!series.dot || !last) return
        chart.ctx.beginPath()
        chart.ctx.arc(last.x, last.y, DOT_RADIUS, 0, 2 * Math.PI)
        chart.ctx.fillStyle = shown.colours.colour(series.colour)
        chart.ctx.fill()
      })
    },
  }
}

/** Names at the right end of their lines, moved apart where they would touch. */
function namesPlugin(current: Shown): Plugin<'line'> {
  return {
    id: 'names',
    afterDatasetsDraw(chart) {
      const shown = current()
      if (!shown) return
      const { data, colours } = shown
      const { right, top, bottom } = chart.chartArea
      const names = data.series.flatMap((series, index) => {
        const last = chart.getDatasetMeta(index).data.at(-1)
        if (!series.named || !last) return []
        return [{ text: series.label, x: last.x + 8, y: last.y, colour: colours.colour(series.colour) }]
      })
      const floors = (data.floors ?? []).map((floor) => ({
        text: floor.label,
        x: right + 8,
        y: chart.scales.y.getPixelForValue(floor.y),
        colour: colours.colour('faint'),
      }))
      const placed = [...names, ...floors].filter(({ y }) => y >= top - 1 && y <= bottom + 1).sort((a, b) => a.y - b.y)
      chart.ctx.save()
      chart.ctx.font = `${FONT.size}px ${FONT.family}`
      chart.ctx.textBaseline = 'middle'
      const heights = placeNames(
        placed.map(({ x, y, text }) => ({ x, y, width: chart.ctx.measureText(text).width })),
        top,
        bottom,
      )
      // A halo, so that a line that goes on behind a name doesn't strike it out.
      chart.ctx.strokeStyle = colours.colour('surface')
      chart.ctx.lineWidth = 4
      chart.ctx.lineJoin = 'round'
      placed.forEach((name, place) => {
        chart.ctx.strokeText(name.text, name.x, heights[place])
        chart.ctx.fillStyle = name.colour
        chart.ctx.fillText(name.text, name.x, heights[place])
      })
      chart.ctx.restore()
    },
  }
}

function floorsPlugin(current: Shown): Plugin<'line'> {
  return {
    id: 'floors',
    beforeDatasetsDraw(chart) {
      const shown = current()
      if (!shown) return
      const { left, right, top, bottom } = chart.chartArea
      chart.ctx.save()
      chart.ctx.strokeStyle = shown.colours.colour('line-strong')
      chart.ctx.setLineDash([1, 3])
      for (const floor of shown.data.floors ?? []) {
        const y = Math.round(chart.scales.y.getPixelForValue(floor.y)) + 0.5
        if (y < top || y > bottom) continue
        chart.ctx.beginPath()
        chart.ctx.moveTo(left, y)
        chart.ctx.lineTo(right, y)
        chart.ctx.stroke()
      }
      chart.ctx.restore()
    },
  }
}

type Shown = () => { data: LineChartData; colours: ThemeColours } | null

function bandsPlugin(current: Shown): Plugin<'line'> {
  return {
    id: 'bands',
    beforeDatasetsDraw(chart) {
      const shown = current()
      if (!shown) return
      const { ctx, chartArea, scales } = chart
      ctx.save()
      ctx.beginPath()
      ctx.rect(chartArea.left, chartArea.top, chartArea.width, chartArea.height)
      ctx.clip()
      for (const { x, low, high, colour } of shown.data.bands ?? []) {
        ctx.fillStyle = faint(shown.colours.colour(colour))
        ctx.beginPath()
        for (let i = 0; i < x.length; i++) {
          ctx.lineTo(scales.x.getPixelForValue(x[i]), scales.y.getPixelForValue(high[i]))
        }
        for (let i = x.length - 1; i >= 0; i--) {
          ctx.lineTo(scales.x.getPixelForValue(x[i]), scales.y.getPixelForValue(low[i]))
        }
        ctx.fill()
      }
      ctx.restore()
    },
  }
}

function marksPlugin(current: Shown): Plugin<'line'> {
  return {
    id: 'marks',
    beforeDatasetsDraw(chart) {
      const shown = current()
      if (!shown) return
      const { ctx, chartArea, scales } = chart
      ctx.save()
      ctx.strokeStyle = shown.colours.colour('line-strong')
      ctx.fillStyle = shown.colours.colour('soft')
      ctx.font = `${FONT.size}px ${FONT.family}`
      ctx.textBaseline = 'bottom'
      ctx.setLineDash([1, 3])
      for (const { x, label, point } of shown.data.marks ?? []) {
        const at = Math.round(scales.x.getPixelForValue(x)) + 0.5
        if (at < chartArea.left || at > chartArea.right) continue
        ctx.beginPath()
        ctx.moveTo(at, chartArea.top)
        ctx.lineTo(at, chartArea.bottom)
        ctx.stroke()
        // At the left of its line where there is no room at the right.
        const isLeft = at + 6 + ctx.measureText(label).width > chartArea.right
        ctx.textAlign = isLeft ? 'right' : 'left'
        ctx.textBaseline = point ? 'top' : 'bottom'
        ctx.fillText(label, at + (isLeft ? -6 : 6), point ? chartArea.top + 2 : chartArea.bottom - 6)
      }
      ctx.restore()
    },
    afterDatasetsDraw(chart) {
      const shown = current()
      if (!shown) return
      const { ctx, chartArea, scales } = chart
      ctx.save()
      ctx.lineWidth = 2
      ctx.fillStyle = shown.colours.colour('surface')
      for (const { x, point } of shown.data.marks ?? []) {
        const [left, top] = [scales.x.getPixelForValue(x), point ? scales.y.getPixelForValue(point.y) : NaN]
        const isIn =
          left >= chartArea.left && left <= chartArea.right && top >= chartArea.top && top <= chartArea.bottom
        if (!point || !isIn) continue
        ctx.strokeStyle = shown.colours.colour(point.colour)
        ctx.beginPath()
        ctx.arc(left, top, DOT_RADIUS, 0, 2 * Math.PI)
        ctx.fill()
        ctx.stroke()
      }
      ctx.restore()
    },
  }
}

const faint = (hex: string): string => `${hex}26`

/** A token's colour (#rrggbb), mostly transparent; Chromium 114's canvas knows no color-mix(). */
const faded = (hex: string): string => `${hex}4d`

function dataset(series: LineSeries, colours: ThemeColours, pixels: number): ChartDataset<'line', ChartPoint[]> {
  const points = decimate(series, pixels)
  const colour = colours.colour(series.colour)
  return {
    label: series.label,
    data: points,
    borderColor: series.raw ? faded(colour) : colour,
    backgroundColor: colour,
    borderWidth: series.width ?? (series.raw ? 1 : 2),
    borderDash: series.dash ? [...series.dash] : [],
    borderJoinStyle: 'round',
    pointRadius: series.dots ? 3 : 0,
    pointHoverRadius: series.raw ? 0 : 4,
    pointHitRadius: 12,
    spanGaps: true,
    // A dot on an edge is seen whole.
    ...(series.dots ? { clip: false as const } : {}),
  }
}

function options(data: LineChartData, colours: ThemeColours): NonNullable<ChartConfiguration<'line'>['options']> {
  const ticks = { color: colours.colour('soft'), font: FONT, maxRotation: 0, padding: 8 }
  const border = { display: false }
  return {
    animation: false,
    parsing: false,
    normalized: true,
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    layout: { padding: { right: data.margin ?? 16, top: 8 } },
    scales: {
      x: {
        type: data.xLogarithmic ? 'logarithmic' : 'linear',
        min: data.xMin,
        max: data.xMax,
        grid: { display: false },
        border,
        ticks: {
          ...ticks,
          maxTicksLimit: 8,
          ...(data.xWhole ? { precision: 0 } : {}),
          callback: (value) => data.formatX(Number(value)),
        },
        title: {
          display: Boolean(data.xLabel),
          text: data.xLabel,
          color: colours.colour('soft'),
          font: FONT,
          align: 'end',
        },
      },
      y: {
        type: data.logarithmic ? 'logarithmic' : 'linear',
        ...(data.yFixed ? { min: data.yMin, max: data.yMax } : { suggestedMin: data.yMin, suggestedMax: data.yMax }),
        grid: { color: colours.colour('line'), drawTicks: false },
        border,
        ticks: {
          ...ticks,
          ...(data.yStep ? { stepSize: data.yStep } : { maxTicksLimit: 7 }),
          callback: (value) => data.formatY(Number(value)),
        },
      },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        enabled: !data.withoutTooltip,
        animation: false,
        backgroundColor: colours.colour('ink'),
        titleColor: colours.colour('surface'),
        bodyColor: colours.colour('surface'),
        titleFont: FONT,
        bodyFont: FONT,
        padding: 8,
        boxPadding: 4,
        filter: (item) => !data.series[item.datasetIndex]?.raw,
        callbacks: {
          title: (items) => (items[0] ? `${data.xLabel ?? ''} ${data.formatX(items[0].parsed.x ?? 0)}`.trim() : ''),
          label: (item) => ` ${item.dataset.label ?? ''} ${data.formatY(item.parsed.y ?? 0)}`,
        },
      },
    },
  }
}

const pluginsOf = (shown: Shown): Plugin<'line'>[] => [
  bandsPlugin(shown),
  marksPlugin(shown),
  floorsPlugin(shown),
  dotsPlugin(shown),
  namesPlugin(shown),
]

/** The same chart as a picture of its own, drawn at any density. */
export function lineChartPicture(
  data: LineChartData,
  colours: ThemeColours,
  width: number,
  height: number,
): PictureSource {
  return {
    width,
    height,
    draw: (pen, density) => {
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const shown = { data, colours }
      const chart = new Chart<'line', ChartPoint[]>(canvas, {
        type: 'line',
        data: { datasets: data.series.map((series) => dataset(series, colours, Math.round(width))) },
        options: { ...options(data, colours), responsive: false, devicePixelRatio: density },
        plugins: pluginsOf(() => shown),
      })
      pen.drawImage(canvas, 0, 0, width, height)
      chart.destroy()
    },
  }
}

export function createLineChart(canvas: HTMLCanvasElement): LineChart {
  let shown: { data: LineChartData; colours: ThemeColours } | null = null
  const chart = new Chart<'line', ChartPoint[]>(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: { animation: false },
    plugins: pluginsOf(() => shown),
  })
  return {
    draw(data, colours) {
      shown = { data, colours }
      const pixels = Math.max(100, Math.round(chart.width / 2))
      chart.data.datasets = data.series.map((series) => dataset(series, colours, pixels))
      chart.options = options(data, colours)
      chart.update('none')
    },
    valueAt: (pixel) => {
      const { left, right } = chart.chartArea
      return chart.scales.x?.getValueForPixel(Math.min(right, Math.max(left, pixel))) ?? 0
    },
    pixelOf: (value) => chart.scales.x?.getPixelForValue(value) ?? 0,
    destroy: () => chart.destroy(),
  }
}
