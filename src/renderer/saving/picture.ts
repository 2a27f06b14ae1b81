/** A picture to be saved: what is seen, drawn anew at twice its size, with its title above and its legend below. */
import type { ColourName, ThemeColours } from '../composables/use-theme-colours'

export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** What draws itself into a rectangle of CSS pixels whose corner is the origin. */
export interface PictureSource {
  readonly width: number
  readonly height: number
  /** @param density device pixels a CSS pixel; the pen is scaled by it already */
  readonly draw: (pen: Pen, density: number) => void
}

export interface LegendEntry {
  readonly label: string
  readonly colour: ColourName
  readonly dash?: readonly number[]
  /** A filled stretch instead of a line: what lies between two lines. */
  readonly band?: boolean
}

export interface PictureRequest {
  readonly title: string
  /** A line of text below the title: what was set, the seed. */
  readonly note?: string
  readonly source: PictureSource
  readonly legend?: readonly LegendEntry[]
}

export const DENSITY = 2
const MARGIN = 24
const TITLE_HEIGHT = 28
const NOTE_HEIGHT = 22
const LEGEND_HEIGHT = 24
const KEY_WIDTH = 22
const BAND_HEIGHT = 10
/** Two digits after a colour's #rrggbb: a quarter. */
const BAND_ALPHA = '40'
const FAMILY = 'Pretendard'

function drawLegend(pen: Pen, legend: readonly LegendEntry[], colours: ThemeColours, width: number): void {
  let x = 0
  let y = LEGEND_HEIGHT / 2
  pen.font = `12px ${FAMILY}`
  pen.textBaseline = 'middle'
  for (const { label, colour, dash, band } of legend) {
    const needed = KEY_WIDTH + 8 + pen.measureText(label).width
    if (x > 0 && x + needed > width) {
      x = 0
      y += LEGEND_HEIGHT
    }
    if (band) {
      pen.fillStyle = `${colours.colour(colour)}${BAND_ALPHA}`
      pen.fillRect(x, y - BAND_HEIGHT / 2, KEY_WIDTH, BAND_HEIGHT)
    } else {
      pen.strokeStyle = colours.colour(colour)
      pen.lineWidth = 2
      pen.setLineDash([...(dash ?? [])])
      pen.beginPath()
      pen.moveTo(x, y)
      pen.lineTo(x + KEY_WIDTH, y)
      pen.stroke()
    }
    pen.fillStyle = colours.colour('ink')
    pen.fillText(label, x + KEY_WIDTH + 8, y)
    x += needed + 20
  }
}

/** How many rows a legend takes; measured with the same pen that draws it. */
function legendRows(pen: Pen, legend: readonly LegendEntry[], width: number): number {
  if (legend.length === 0) return 0
  pen.font = `12px ${FAMILY}`
  let [x, rows] = [0, 1]
  for (const { label } of legend) {
    const needed = KEY_WIDTH + 8 + pen.measureText(label).width
    if (x > 0 && x + needed > width) [x, rows] = [0, rows + 1]
    x += needed + 20
  }
  return rows
}

/** @returns a PNG's bytes */
export async function composePicture(request: PictureRequest, colours: ThemeColours): Promise<Uint8Array<ArrayBuffer>> {
  const { title, note, source, legend = [] } = request
  const canvas = new OffscreenCanvas(1, 1)
  const measure = canvas.getContext('2d')
  if (!measure) throw new Error('no canvas to draw on')
  const head = TITLE_HEIGHT + (note ? NOTE_HEIGHT : 0) + 8
  const foot = legendRows(measure, legend, source.width) * LEGEND_HEIGHT
  canvas.width = Math.ceil((source.width + 2 * MARGIN) * DENSITY)
  canvas.height = Math.ceil((source.height + head + foot + 2 * MARGIN) * DENSITY)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas to draw on')
  pen.scale(DENSITY, DENSITY)
  pen.fillStyle = colours.colour('surface')
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.translate(MARGIN, MARGIN)
  pen.textBaseline = 'alphabetic'
  pen.fillStyle = colours.colour('ink')
  pen.font = `650 17px ${FAMILY}`
  pen.fillText(title, 0, 18, source.width)
  if (note) {
    pen.fillStyle = colours.colour('soft')
    pen.font = `12px ${FAMILY}`
    pen.fillText(note, 0, TITLE_HEIGHT + 12, source.width)
  }
  pen.translate(0, head)
  pen.save()
  source.draw(pen, DENSITY)
  pen.restore()
  pen.translate(0, source.height)
  drawLegend(pen, legend, colours, source.width)
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return new Uint8Array(await blob.arrayBuffer())
}

/** A canvas whose pixels are data, enlarged without smoothing. */
export function pixelPicture(canvas: HTMLCanvasElement, width: number, height: number): PictureSource {
  return {
    width,
    height,
    draw: (pen) => {
      pen.imageSmoothingEnabled = false
      pen.drawImage(canvas, 0, 0, width, height)
    },
  }
}

/** Several pictures side by side. */
export function besideEachOther(sources: readonly PictureSource[], gap = 24): PictureSource {
  return {
    width: sources.reduce((sum, { width }) => sum + width, gap * Math.max(0, sources.length - 1)),
    height: Math.max(0, ...sources.map(({ height }) => height)),
    draw: (pen, density) => {
      for (const source of sources) {
        pen.save()
        source.draw(pen, density)
        pen.restore()
        pen.translate(source.width + gap, 0)
      }
    },
  }
}
