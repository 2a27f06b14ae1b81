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
  readonly map: OffscreenCanvas
  readonly strip: OffscreenCanvas | null
  readonly view: MapView
  readonly cursor: MapCell | null
}

/** @param width, height of the map alone, in the pen's units */
export function drawMap(pen: Pen, picture: MapPicture, width: number, height: number, colours: ThemeColours): void {
  const { map, strip, view } = picture
  const [columns, rows] = [map.width / view.zoom, map.height / view.zoom]
  pen.imageSmoothingQuality = 'high'
  // Cells smaller than a pixel are averaged, larger ones keep their edges.
  pen.imageSmoothingEnabled = width * (pen.getTransform().a || 1) < columns
  pen.drawImage(map, view.column, view.row, columns, rows, 0, 0, width, height)
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
