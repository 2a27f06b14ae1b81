/**
 * Draws a bipolar pattern: one pixel a neuron, scaled without smoothing, then what is said about single cells on top. Cells
 * that changed are outlined where there is room for it, else tinted.
 */
import { signedColours, signedIndex } from '../../../charts/colour-map'
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { Cells } from './pattern-edit'
import type { Region } from './region'

export interface GridPicture {
  /** ±1, or real numbers from −1 to 1. */
  readonly values: Cells
  readonly width: number
  readonly height: number
  /** Cells that differ from these are outlined or tinted. */
  readonly reference: Int8Array | null
  /** The neuron that is being updated. */
  readonly active: number | null
  /** The cell that the keyboard is at. */
  readonly cursor: number | null
  /** Real numbers as grey, or as which way they lean. */
  readonly look?: 'grey' | 'lean'
  /** The part that is chosen. */
  readonly region?: Region | null
}

/** A cell narrower than this, in device pixels, has no room for lines of its own. */
const LEAST_LINED = 6

/** A token's #rrggbb as the canvas stores a pixel. */
export function packColour(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

/** The pattern at one pixel a neuron. */
export function patternPixels(values: Cells, on: number, off: number): Uint32Array {
  const pixels = new Uint32Array(values.length)
  for (let i = 0; i < pixels.length; i++) pixels[i] = values[i] > 0 ? on : off
  return pixels
}

/** Real numbers between the two colours, in a hundred and one shades. */
export function greyPixels(values: Float32Array, on: number, off: number): Uint32Array {
  const mix = (shift: number, share: number): number =>
    Math.round(((on >>> shift) & 255) * share + ((off >>> shift) & 255) * (1 - share)) << shift
  const shades = Uint32Array.from({ length: 101 }, (_, i) =>
    [0, 8, 16].reduce((colour, shift) => (colour | mix(shift, i / 100)) >>> 0, 0xff000000),
  )
  const pixels = new Uint32Array(values.length)
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = shades[Math.round(Math.max(0, Math.min(1, (values[i] + 1) / 2)) * 100)]
  }
  return pixels
}

/** Which way each real number leans, in the house's signed colours. */
export function leanPixels(values: Float32Array, isDark: boolean): Uint32Array {
  const table = signedColours(isDark)
  const pixels = new Uint32Array(values.length)
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[signedIndex(values[i], 1)]
  return pixels
}

/** Four colours a cell can have where there is no room for an outline. */
interface TintedColours {
  readonly on: number
  readonly off: number
  readonly changedOn: number
  readonly changedOff: number
}

/** The pattern at one pixel a neuron, what differs from a reference in colours of its own. */
export function tintedPixels(values: Int8Array, reference: Int8Array, colours: TintedColours): Uint32Array {
  const { on, off, changedOn, changedOff } = colours
  const pixels = new Uint32Array(values.length)
  for (let i = 0; i < pixels.length; i++) {
    if (values[i] === reference[i]) pixels[i] = values[i] > 0 ? on : off
    else pixels[i] = values[i] > 0 ? changedOn : changedOff
  }
  return pixels
}

function pixelsOf({ values, look, reference }: GridPicture, colours: ThemeColours, isTinted: boolean): Uint32Array {
  const [on, off] = [packColour(colours.colour('cell-on')), packColour(colours.colour('cell-off'))]
  if (values instanceof Float32Array) {
    return look === 'lean' ? leanPixels(values, colours.dark) : greyPixels(values, on, off)
  }
  if (!isTinted || !reference) return patternPixels(values, on, off)
  const changedOn = packColour(colours.colour('changed-on'))
  return tintedPixels(values, reference, { on, off, changedOn, changedOff: packColour(colours.colour('changed-off')) })
}

/** What lies on each canvas, so that a frame makes no image of its own. */
const images = new WeakMap<object, ImageData>()

function imageOf(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D): ImageData {
  const { canvas } = context
  const known = images.get(canvas)
  if (known?.width === canvas.width && known.height === canvas.height) return known
  const image = context.createImageData(canvas.width, canvas.height)
  images.set(canvas, image)
  return image
}

/** The rows that differ between two pictures of `width` pixels a row; null: none. */
export function changedRows(before: Uint32Array, after: Uint32Array, width: number): readonly [number, number] | null {
  let first = 0
  while (first < after.length && before[first] === after[first]) first += 1
  if (first === after.length) return null
  let last = after.length - 1
  while (before[last] === after[last]) last -= 1
  return [Math.floor(first / width), Math.floor(last / width)]
}

/** Puts the pattern into a canvas of its own size, as far as it differs from what is there. */
export function drawPixels(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  picture: GridPicture,
  colours: ThemeColours,
  isTinted = false,
): void {
  const { width, height } = picture
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null
  if (!context) return
  const image = imageOf(context)
  const before = new Uint32Array(image.data.buffer)
  const after = pixelsOf(picture, colours, isTinted)
  const rows = changedRows(before, after, width)
  if (!rows) return
  before.set(after)
  context.putImageData(image, 0, 0, 0, rows[0], width, rows[1] - rows[0] + 1)
}

/** Where line i of `count` lies over `size` device pixels: where scaling without smoothing puts the border too. */
const line = (i: number, count: number, size: number): number => Math.round((i * size) / count)

function drawLines(context: CanvasRenderingContext2D, { width, height }: GridPicture, colour: string): void {
  const { width: across, height: down } = context.canvas
  context.fillStyle = colour
  for (let column = 1; column < width; column++) context.fillRect(line(column, width, across), 0, 1, down)
  for (let row = 1; row < height; row++) context.fillRect(0, line(row, height, down), across, 1)
}

/** A frame's share of a cell: thin in small cells, so that many changed cells stay readable. */
const OUTLINE_SHARE = 0.1

/** A frame inside each cell that changed: filled with the frame's colour, then with the cell's, which is quicker than lines. */
function outlineChanged(
  context: CanvasRenderingContext2D,
  { values, reference, width, height }: GridPicture,
  colours: ThemeColours,
): void {
  if (!reference) return
  const { width: across, height: down } = context.canvas
  const thick = Math.max(1, Math.round((across / width) * OUTLINE_SHARE))
  const [accent, on, off] = (['accent', 'cell-on', 'cell-off'] as const).map(colours.colour)
  for (let i = 0; i < values.length; i++) {
    if (values[i] === reference[i]) continue
    const left = line(i % width, width, across) + 1
    const top = line(Math.floor(i / width), height, down) + 1
    const [wide, high] = [
      line((i % width) + 1, width, across) - left,
      line(Math.floor(i / width) + 1, height, down) - top,
    ]
    context.fillStyle = accent
    context.fillRect(left, top, wide, high)
    context.fillStyle = values[i] > 0 ? on : off
    context.fillRect(left + thick, top + thick, wide - 2 * thick, high - 2 * thick)
  }
}

/** A frame around a cell that may be only a few pixels wide, with a gap so that it is seen on black and on white. */
function ring(context: CanvasRenderingContext2D, picture: GridPicture, cell: number, thick: number, gap: string): void {
  const { width, height } = picture
  const { width: across, height: down } = context.canvas
  const left = line(cell % width, width, across)
  const top = line(Math.floor(cell / width), height, down)
  const right = line((cell % width) + 1, width, across) + 1
  const bottom = line(Math.floor(cell / width) + 1, height, down) + 1
  const accent = context.strokeStyle
  context.strokeStyle = gap
  context.lineWidth = thick * 2
  context.strokeRect(left, top, right - left, bottom - top)
  context.strokeStyle = accent
  context.lineWidth = thick
  context.strokeRect(left, top, right - left, bottom - top)
}

/** A dashed frame around the chosen part, seen on black and on white. */
function frameRegion(context: CanvasRenderingContext2D, picture: GridPicture, region: Region, gap: string): void {
  const { width, height } = picture
  const { width: across, height: down } = context.canvas
  const left = line(region.column, width, across)
  const top = line(region.row, height, down)
  const right = line(region.column + region.columns, width, across)
  const bottom = line(region.row + region.rows, height, down)
  const accent = context.strokeStyle
  context.lineWidth = 2
  context.strokeStyle = gap
  context.strokeRect(left + 1, top + 1, right - left - 2, bottom - top - 2)
  context.strokeStyle = accent
  context.setLineDash([6, 4])
  context.strokeRect(left + 1, top + 1, right - left - 2, bottom - top - 2)
  context.setLineDash([])
}

/**
 * @param pixels a canvas to draw the pattern on first, kept by the caller so that a frame makes none
 * @param density device pixels a CSS pixel
 */
export function drawGrid(
  context: CanvasRenderingContext2D,
  pixels: HTMLCanvasElement,
  picture: GridPicture,
  colours: ThemeColours,
  density: number,
): void {
  const { width, height } = picture
  const { canvas } = context
  if (width === 0 || height === 0 || canvas.width === 0) return
  const isLined = canvas.width / width >= LEAST_LINED
  drawPixels(pixels, picture, colours, !isLined)
  context.imageSmoothingEnabled = false
  context.drawImage(pixels, 0, 0, canvas.width, canvas.height)
  if (isLined) {
    drawLines(context, picture, colours.colour('cell-line'))
    outlineChanged(context, picture, colours)
  }
  context.strokeStyle = colours.colour('accent')
  const gap = colours.colour('surface')
  if (picture.region) frameRegion(context, picture, picture.region, gap)
  if (picture.active !== null) ring(context, picture, picture.active, 3 * density, gap)
  if (picture.cursor !== null) ring(context, picture, picture.cursor, 2 * density, gap)
}
