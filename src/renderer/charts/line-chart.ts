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
}

/** A dotted line across, with its name at the right. */
export interface Floor {
  readonly y: number
  readonly label: string
}

export interface LineChartData {
  readonly series: readonly LineSeries[]
  readonly floors?: readonly Floor[]
  readonly xLabel?: string
  readonly logarithmic?: boolean
  readonly xMin?: number
  readonly xMax?: number
  readonly yMin?: number
  readonly yMax?: number
  readonly formatX: (value: number) => string
  readonly formatY: (value: number) => string
  /** Room at the right for names, in CSS pixels. */
  readonly margin?: number
}

export interface LineChart {
  readonly draw: (data: LineChartData, colours: ThemeColours) => void
  readonly destroy: () => void
}

const FONT = { family: 'Pretendard', size: 12 }
const LEAST_GAP = 14
const DOT_RADIUS = 4

/** Heights in ascending order, moved down until none touches the next, then up again as far as the last must be at `most`. */
function spread(heights: readonly number[], most: number): number[] {
  const moved: number[] = []
  for (const y of heights) moved.push(Math.max(y, (moved.at(-1) ?? -Infinity) + LEAST_GAP))
  let least = most
  for (let i = moved.length - 1; i >= 0; i--) {
    moved[i] = Math.min(moved[i], least)
    least = moved[i] - LEAST_GAP
  }
  return moved
}

/**
 * A dot at the last point. Were it a point with a radius of its own, Chart.js would look up the options of every point of
 * the line at every drawing.
 */
function dotsPlugin(current: () => { data: LineChartData; colours: ThemeColours } | null): Plugin<'line'> {
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
function namesPlugin(current: () => { data: LineChartData; colours: ThemeColours } | null): Plugin<'line'> {
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
      const heights = spread(
        placed.map(({ y }) => y),
        bottom,
      )
      chart.ctx.save()
      chart.ctx.font = `${FONT.size}px ${FONT.family}`
      chart.ctx.textBaseline = 'middle'
      placed.forEach((name, i) => {
        chart.ctx.fillStyle = name.colour
        chart.ctx.fillText(name.text, name.x, heights[i])
      })
      chart.ctx.restore()
    },
  }
}

function floorsPlugin(current: () => { data: LineChartData; colours: ThemeColours } | null): Plugin<'line'> {
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
    pointRadius: 0,
    pointHoverRadius: series.raw ? 0 : 4,
    pointHitRadius: 12,
    spanGaps: true,
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
        type: 'linear',
        min: data.xMin,
        max: data.xMax,
        grid: { display: false },
        border,
        ticks: { ...ticks, maxTicksLimit: 8, callback: (value) => data.formatX(Number(value)) },
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
        suggestedMin: data.yMin,
        suggestedMax: data.yMax,
        grid: { color: colours.colour('line'), drawTicks: false },
        border,
        ticks: { ...ticks, maxTicksLimit: 7, callback: (value) => data.formatY(Number(value)) },
      },
    },
    plugins: {
      legend: { display: false },
      tooltip: {
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
        plugins: [floorsPlugin(() => shown), dotsPlugin(() => shown), namesPlugin(() => shown)],
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
    plugins: [floorsPlugin(() => shown), dotsPlugin(() => shown), namesPlugin(() => shown)],
  })
  return {
    draw(data, colours) {
      shown = { data, colours }
      const pixels = Math.max(100, Math.round(chart.width / 2))
      chart.data.datasets = data.series.map((series) => dataset(series, colours, pixels))
      chart.options = options(data, colours)
      chart.update('none')
    },
    destroy: () => chart.destroy(),
  }
}
