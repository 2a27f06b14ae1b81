/** Draws a section of the energy: heights as shades in steps, so that their borders are contours; patterns and a path on top. */
import type { LandscapeAxes, PathPoint } from '../../../../engine'
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { Pen } from '../../../saving/picture'

export type Heights = readonly (readonly number[] | null)[]

export interface LandscapePicture {
  /** [row][column], row 0 at the least y. */
  readonly heights: Heights
  readonly axes: LandscapeAxes
  readonly path: readonly PathPoint[]
  readonly nameOf: (name: string, sign: 1 | -1) => string
}

const SHADES = 16
const FONT = '12px Pretendard'

export function rangeOf(heights: Heights): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity]
  for (const row of heights) {
    for (const value of row ?? []) {
      if (!Number.isFinite(value)) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  return low <= high ? { low, high } : { low: 0, high: 0 }
}

/** Channels of #rrggbb. */
const channels = (hex: string): readonly number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))

/** From the well's colour (high) to the accent's (low): what is deep is strong. */
export function shades(colours: ThemeColours): Uint32Array {
  const [from, to] = [channels(colours.colour('sunken')), channels(colours.colour('accent'))]
  return Uint32Array.from({ length: SHADES }, (_, i) => {
    const share = 1 - i / (SHADES - 1)
    const [red, green, blue] = from.map((value, c) => Math.round(value + (to[c] - value) * share))
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
  })
}

/** One pixel a point, the greatest y on top; rows that are still to come are left clear. */
export function heightPixels(heights: Heights, table: Uint32Array): ImageData {
  const side = heights.length
  const image = new ImageData(side, side)
  const pixels = new Uint32Array(image.data.buffer)
  const { low, high } = rangeOf(heights)
  const scale = high > low ? (table.length - 1e-9) / (high - low) : 0
  heights.forEach((row, r) => {
    if (row === null) return
    const at = (side - 1 - r) * side
    row.forEach((value, c) => {
      pixels[at + c] = table[Math.max(0, Math.min(table.length - 1, Math.floor((value - low) * scale)))]
    })
  })
  return image
}

export function drawLandscape(pen: Pen, size: number, picture: LandscapePicture, colours: ThemeColours): void {
  const { heights, axes, path, nameOf } = picture
  const side = heights.length
  const pixels = new OffscreenCanvas(side, side)
  pixels.getContext('2d')?.putImageData(heightPixels(heights, shades(colours)), 0, 0)
  pen.imageSmoothingEnabled = false
  pen.drawImage(pixels, 0, 0, size, size)
  const across = (x: number): number => ((x - axes.x.from) / (axes.x.to - axes.x.from)) * size
  const up = (y: number): number => size - ((y - axes.y.from) / (axes.y.to - axes.y.from)) * size
  drawPath(pen, path, across, up, colours)
  pen.font = FONT
  pen.textBaseline = 'middle'
  for (const { name, sign, x, y } of axes.patterns) {
    const [left, top] = [across(x), up(y)]
    dot(pen, left, top, 5, colours.colour('ink'), colours.colour('surface'))
    label(pen, nameOf(name, sign), left + 10, top, colours)
  }
}

function drawPath(
  pen: Pen,
  path: readonly PathPoint[],
  across: (x: number) => number,
  up: (y: number) => number,
  colours: ThemeColours,
): void {
  if (path.length === 0) return
  for (const [width, colour] of [
    [5, colours.colour('surface')],
    [2, colours.colour('ink')],
  ] as const) {
    pen.lineWidth = width
    pen.strokeStyle = colour
    pen.lineJoin = 'round'
    pen.beginPath()
    for (const { x, y } of path) pen.lineTo(across(x), up(y))
    pen.stroke()
  }
  const [first, last] = [path[0], path[path.length - 1]]
  dot(pen, across(first.x), up(first.y), 4, colours.colour('surface'), colours.colour('ink'))
  dot(pen, across(last.x), up(last.y), 4, colours.colour('ink'), colours.colour('surface'))
}

function dot(pen: Pen, x: number, y: number, radius: number, fill: string, edge: string): void {
  pen.beginPath()
  pen.arc(x, y, radius, 0, 2 * Math.PI)
  pen.fillStyle = fill
  pen.fill()
  pen.lineWidth = 1.5
  pen.strokeStyle = edge
  pen.stroke()
}

/** On a plate, so that it is read on any shade. */
function label(pen: Pen, text: string, x: number, y: number, colours: ThemeColours): void {
  const { width } = pen.measureText(text)
  pen.fillStyle = colours.colour('surface')
  pen.fillRect(x - 3, y - 9, width + 6, 18)
  pen.fillStyle = colours.colour('ink')
  pen.fillText(text, x, y)
}
