/** Draws a zoomed map of signed values, with a strip of one value a row beside it. */
import type { ThemeColours } from '../composables/use-theme-colours'
import type { Pen } from '../saving/picture'
import { signedColours, signedIndex } from './colour-map'
import type { MapCell, MapView } from './map-view'

export interface SignedGrid {
  /** (rows, columns), row-major. */
  readonly values: Float64Array
  readonly rows: number
  readonly columns: number
  readonly limit: number
}

/** Between the map and its strip, and the strip's width, in CSS pixels. */
export const STRIP_GAP = 8
export const STRIP_WIDTH = 14

/** Half as many rows and columns: each the mean of the up to four values it stands for. */
export function halveGrid({ values, rows, columns, limit }: SignedGrid): SignedGrid {
  const [fewerRows, fewerColumns] = [Math.ceil(rows / 2), Math.ceil(columns / 2)]
  const halved = new Float64Array(fewerRows * fewerColumns)
  for (let row = 0; row < fewerRows; row++) {
    const below = Math.min(2 * row + 1, rows - 1)
    for (let column = 0; column < fewerColumns; column++) {
      const beside = Math.min(2 * column + 1, columns - 1)
      const upper = values[2 * row * columns + 2 * column] + values[2 * row * columns + beside]
      const lower = values[below * columns + 2 * column] + values[below * columns + beside]
      halved[row * fewerColumns + column] = (upper + lower) / 4
    }
  }
  return { values: halved, rows: fewerRows, columns: fewerColumns, limit }
}

/** No level smaller than this is ever drawn. */
const LEAST_LEVEL = 128

/**
 * The map at its own size and halved again and again: where cells are smaller than a pixel their mean is seen, not one of
 * them by chance. The values are averaged, not their colours, so that +1 and −1 together are 0.
 */
export function gridLevels(grid: SignedGrid, isDark: boolean): readonly OffscreenCanvas[] {
  const levels = [gridPixels(grid, isDark)]
  for (let level = grid; Math.min(level.rows, level.columns) > LEAST_LEVEL;) {
    level = halveGrid(level)
    levels.push(gridPixels(level, isDark))
  }
  return levels
}

/** One pixel a value. */
export function gridPixels({ values, rows, columns, limit }: SignedGrid, isDark: boolean): OffscreenCanvas {
  const canvas = new OffscreenCanvas(Math.max(1, columns), Math.max(1, rows))
  const pen = canvas.getContext('2d')
  if (!pen || values.length === 0) return canvas
  const image = pen.createImageData(columns, rows)
  const pixels = new Uint32Array(image.data.buffer)
  const table = signedColours(isDark)
  for (let i = 0; i < pixels.length; i++) pixels[i] = table[signedIndex(values[i], limit)]
  pen.putImageData(image, 0, 0)
  return canvas
}

export interface MapPicture {
  /** From fine to coarse. */
  readonly levels: readonly OffscreenCanvas[]
  readonly strip: OffscreenCanvas | null
  readonly view: MapView
  readonly cursor: MapCell | null
}

/** @param width, height of the map alone, in the pen's units */
export function drawMap(pen: Pen, picture: MapPicture, width: number, height: number, colours: ThemeColours): void {
  const { levels, strip, view } = picture
  const [map] = levels
  const [columns, rows] = [map.width / view.zoom, map.height / view.zoom]
  const cellsInPixel = columns / (width * (pen.getTransform().a || 1))
  const place = Math.max(0, Math.min(levels.length - 1, Math.round(Math.log2(cellsInPixel))))
  const level = levels[place]
  const share = level.width / map.width
  pen.imageSmoothingEnabled = false
  pen.drawImage(level, view.column * share, view.row * share, columns * share, rows * share, 0, 0, width, height)
  if (strip) {
    pen.drawImage(strip, 0, view.row, 1, rows, width + STRIP_GAP, 0, STRIP_WIDTH, height)
  }
  if (!picture.cursor) return
  const [across, down] = [width / columns, height / rows]
  const left = (picture.cursor.column - view.column) * across
  const top = (picture.cursor.row - view.row) * down
  frame(pen, colours, { left, top, width: across, height: down })
  if (strip) frame(pen, colours, { left: width + STRIP_GAP, top, width: STRIP_WIDTH, height: down })
}

const LEAST_FRAME = 6

/** Around a cell that may be smaller than a pixel; with a gap, so that it is seen on every colour. */
function frame(
  pen: Pen,
  colours: ThemeColours,
  box: { left: number; top: number; width: number; height: number },
): void {
  const wide = Math.max(LEAST_FRAME, box.width)
  const tall = Math.max(LEAST_FRAME, box.height)
  const left = box.left + (box.width - wide) / 2
  const top = box.top + (box.height - tall) / 2
  pen.lineWidth = 4
  pen.strokeStyle = colours.colour('surface')
  pen.strokeRect(left, top, wide, tall)
  pen.lineWidth = 2
  pen.strokeStyle = colours.colour('accent')
  pen.strokeRect(left, top, wide, tall)
}
