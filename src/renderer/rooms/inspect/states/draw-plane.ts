/** Points in a plane with its axes: a gate's saturation, the eigenvalues of a weight. */
import type { ColourName, ThemeColours } from '../../../composables/use-theme-colours'
import type { Pen } from '../../../saving/picture'

export interface Plane {
  /** (n, 2): x and y of each point. */
  readonly points: ArrayLike<number>
  /** Of both axes. */
  readonly low: number
  readonly high: number
  /** Around 0, of radius 1. */
  readonly circle?: boolean
  /** From the top left to the bottom right: x + y = 1. */
  readonly diagonal?: boolean
  readonly xLabel: string
  readonly yLabel: string
  readonly colour: ColourName
  /** One that is looked at. */
  readonly chosen?: number | null
  /** Where the axes are numbered. */
  readonly ticks: readonly number[]
  readonly format: (value: number) => string
}

/** Room for the numbers at the left and below. */
export const PLANE_MARGIN = { left: 36, bottom: 34, top: 24, right: 8 } as const
const POINT = 2.5
const CHOSEN = 5
const FONT = '12px Pretendard'

export interface PlaneScale {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly side: number
}

/** Both axes have one scale, so that a circle is round. */
export function planeScale({ low, high }: Pick<Plane, 'low' | 'high'>, width: number, height: number): PlaneScale {
  const { left, right, top, bottom } = PLANE_MARGIN
  const side = Math.max(1, Math.min(width - left - right, height - top - bottom))
  const part = (value: number) => ((value - low) / (high - low)) * side
  return { x: (value) => left + part(value), y: (value) => top + side - part(value), side }
}

/** The nearest point within reach of a place on the canvas; null: there is none. */
export function pointNear(
  plane: Plane,
  width: number,
  height: number,
  x: number,
  y: number,
  reach = 10,
): number | null {
  const scale = planeScale(plane, width, height)
  let [found, least]: [number | null, number] = [null, reach]
  for (let i = 0; i < plane.points.length / 2; i++) {
    const away = Math.hypot(scale.x(plane.points[2 * i]) - x, scale.y(plane.points[2 * i + 1]) - y)
    if (away < least) [found, least] = [i, away]
  }
  return found
}

export function drawPlane(pen: Pen, plane: Plane, width: number, height: number, colours: ThemeColours): void {
  const scale = planeScale(plane, width, height)
  drawAxes(pen, plane, scale, colours)
  pen.save()
  pen.globalAlpha = 0.65
  pen.fillStyle = colours.colour(plane.colour)
  for (let i = 0; i < plane.points.length / 2; i++) {
    pen.beginPath()
    pen.arc(scale.x(plane.points[2 * i]), scale.y(plane.points[2 * i + 1]), POINT, 0, 2 * Math.PI)
    pen.fill()
  }
  pen.restore()
  const { chosen } = plane
  if (chosen === undefined || chosen === null || 2 * chosen >= plane.points.length) return
  pen.strokeStyle = colours.colour('ink')
  pen.lineWidth = 1.5
  pen.beginPath()
  pen.arc(scale.x(plane.points[2 * chosen]), scale.y(plane.points[2 * chosen + 1]), CHOSEN, 0, 2 * Math.PI)
  pen.stroke()
}

function drawAxes(pen: Pen, plane: Plane, scale: PlaneScale, colours: ThemeColours): void {
  const { low, high, ticks, format } = plane
  const line = (x1: number, y1: number, x2: number, y2: number): void => {
    pen.beginPath()
    pen.moveTo(x1, y1)
    pen.lineTo(x2, y2)
    pen.stroke()
  }
  pen.font = FONT
  pen.lineWidth = 1
  pen.textBaseline = 'middle'
  for (const tick of ticks) {
    pen.strokeStyle = colours.colour('line')
    line(scale.x(tick), scale.y(low), scale.x(tick), scale.y(high))
    line(scale.x(low), scale.y(tick), scale.x(high), scale.y(tick))
    pen.fillStyle = colours.colour('soft')
    pen.textAlign = 'center'
    pen.fillText(format(tick), scale.x(tick), scale.y(low) + 10)
    pen.textAlign = 'right'
    pen.fillText(format(tick), scale.x(low) - 6, scale.y(tick))
  }
  pen.strokeStyle = colours.colour('line-strong')
  if (plane.circle) {
    pen.beginPath()
    pen.arc(scale.x(0), scale.y(0), scale.x(1) - scale.x(0), 0, 2 * Math.PI)
    pen.stroke()
  }
  if (plane.diagonal) {
    pen.setLineDash([3, 3])
    line(scale.x(low), scale.y(high), scale.x(high), scale.y(low))
    pen.setLineDash([])
  }
  pen.fillStyle = colours.colour('soft')
  pen.textAlign = 'right'
  pen.fillText(plane.xLabel, scale.x(high), scale.y(low) + 26)
  pen.textAlign = 'left'
  pen.fillText(plane.yLabel, scale.x(low), scale.y(high) - 14)
  pen.textAlign = 'start'
}
