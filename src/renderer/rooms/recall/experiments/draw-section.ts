/** Draws what lies on a section of the energy: the circle of states, the patterns, a recall's way, the point that is read. */
import type { LandscapeAxes, PathPoint } from '../../../../engine'
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { Pen } from '../../../saving/picture'

export interface SectionPicture {
  /** The energy, any size; null before there is any. */
  readonly ground: OffscreenCanvas | null
  readonly axes: LandscapeAxes
  readonly path: readonly PathPoint[]
  readonly words: {
    readonly cue: string
    readonly end: string
    readonly pattern: (name: string, sign: 1 | -1) => string
  }
  readonly cursor: { readonly x: number; readonly y: number } | null
}

const FONT = '600 12px Pretendard'
const MARK = 5
const LABEL_GAP = 9
const HALO = 4
const CIRCLE_DASH = [2, 4]
const VEIL_SHARE = 0.6
const FULL_TURN = 2 * Math.PI

/** @param side of the square, in the pen's units */
export function drawSection(pen: Pen, picture: SectionPicture, side: number, colours: ThemeColours): void {
  const { ground, axes, path, words, cursor } = picture
  const toX = (x: number): number => ((x - axes.x.from) / (axes.x.to - axes.x.from)) * side
  const toY = (y: number): number => side - ((y - axes.y.from) / (axes.y.to - axes.y.from)) * side
  const [ink, surface] = [colours.colour('ink'), colours.colour('surface')]
  pen.save()
  pen.beginPath()
  pen.rect(0, 0, side, side)
  pen.clip()
  pen.imageSmoothingEnabled = true
  if (ground) pen.drawImage(ground, 0, 0, side, side)
  drawCircle(pen, toX(0), toY(0), toX(1) - toX(0), side, colours)
  drawWay(
    pen,
    path.map(({ x, y }) => [toX(x), toY(y)] as const),
    ink,
    surface,
  )
  pen.font = FONT
  pen.textAlign = 'center'
  for (const { name, sign, x, y } of axes.patterns) {
    disc(pen, toX(x), toY(y), sign > 0 ? ink : surface, sign > 0 ? surface : ink)
    label(pen, words.pattern(name, sign), toX(x), toY(y) - LABEL_GAP, 'bottom', ink, surface)
  }
  const [first, last] = [path[0], path.at(-1)]
  if (first && last) {
    disc(pen, toX(first.x), toY(first.y), surface, colours.colour('accent'))
    label(pen, words.cue, toX(first.x), toY(first.y) + LABEL_GAP, 'top', ink, surface)
    square(pen, toX(last.x), toY(last.y), colours.colour('accent'), surface)
    label(pen, words.end, toX(last.x), toY(last.y) + LABEL_GAP, 'top', ink, surface)
  }
  if (cursor) cross(pen, toX(cursor.x), toY(cursor.y), side, ink)
  pen.restore()
}

/** No state of ±1 lies beyond the circle: what is there steps back. */
function drawCircle(pen: Pen, x: number, y: number, radius: number, side: number, colours: ThemeColours): void {
  pen.save()
  pen.beginPath()
  pen.rect(0, 0, side, side)
  pen.arc(x, y, radius, 0, FULL_TURN, true)
  pen.globalAlpha = VEIL_SHARE
  pen.fillStyle = colours.colour('surface')
  pen.fill('evenodd')
  pen.restore()
  pen.strokeStyle = colours.colour('soft')
  pen.lineWidth = 1
  pen.setLineDash(CIRCLE_DASH)
  pen.beginPath()
  pen.arc(x, y, radius, 0, FULL_TURN)
  pen.stroke()
  pen.setLineDash([])
}

function drawWay(pen: Pen, way: readonly (readonly [number, number])[], ink: string, surface: string): void {
  pen.lineJoin = 'round'
  for (const [colour, width] of [
    [surface, HALO],
    [ink, 1.5],
  ] as const) {
    pen.strokeStyle = colour
    pen.lineWidth = width
    pen.beginPath()
    for (const [x, y] of way) pen.lineTo(x, y)
    pen.stroke()
  }
}

function disc(pen: Pen, x: number, y: number, fill: string, stroke: string): void {
  pen.beginPath()
  pen.arc(x, y, MARK, 0, FULL_TURN)
  paint(pen, fill, stroke)
}

function square(pen: Pen, x: number, y: number, fill: string, stroke: string): void {
  pen.beginPath()
  pen.rect(x - MARK, y - MARK, 2 * MARK, 2 * MARK)
  paint(pen, fill, stroke)
}

function paint(pen: Pen, fill: string, stroke: string): void {
  pen.fillStyle = fill
  pen.strokeStyle = stroke
  pen.lineWidth = 2
  pen.fill()
  pen.stroke()
}

/** With a halo, so that it is read on every colour. */
function label(
  pen: Pen,
  text: string,
  x: number,
  y: number,
  baseline: CanvasTextBaseline,
  ink: string,
  surface: string,
): void {
  pen.textBaseline = baseline
  pen.lineWidth = HALO
  pen.lineJoin = 'round'
  pen.strokeStyle = surface
  pen.strokeText(text, x, y)
  pen.fillStyle = ink
  pen.fillText(text, x, y)
}

function cross(pen: Pen, x: number, y: number, side: number, ink: string): void {
  pen.strokeStyle = ink
  pen.lineWidth = 1
  pen.beginPath()
  pen.moveTo(x, 0)
  pen.lineTo(x, side)
  pen.moveTo(0, y)
  pen.lineTo(side, y)
  pen.stroke()
}
