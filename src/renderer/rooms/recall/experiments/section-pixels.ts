/**
 * A section of the energy as pixels: one hue, the stronger the lower, in steps with a contour between two of them. Between
 * grid points it is interpolated, unless the heights are those of few states, which have steps of their own.
 */
import { packColour } from '../editor/draw-grid'

/** [row][column], row 0 at the least y; a row is null while it isn't computed. */
export type SectionGrid = readonly (readonly number[] | null)[]

export interface HeightRange {
  readonly low: number
  readonly high: number
}

export interface SectionAxis {
  readonly from: number
  readonly to: number
}

/** #rrggbb each. */
export interface SectionPalette {
  /** Of the lowest energy. */
  readonly valley: string
  readonly hill: string
  readonly contour: string
  readonly unknown: string
}

/** Steps from valley to hill. */
export const STEPS = 14
const CONTOUR_SHARE = 0.3

export function coordinateOf(index: number, count: number, { from, to }: SectionAxis): number {
  return from + ((to - from) * index) / Math.max(1, count - 1)
}

/** The heights within the unit disc, where all states of ±1 lie: its corners would outweigh them. null before there are any. */
export function heightRange(grid: SectionGrid, x: SectionAxis, y: SectionAxis): HeightRange | null {
  let [low, high] = [Infinity, -Infinity]
  grid.forEach((row, r) =>
    row?.forEach((height, c) => {
      const [across, up] = [coordinateOf(c, row.length, x), coordinateOf(r, grid.length, y)]
      if (across * across + up * up > 1) return
      low = Math.min(low, height)
      high = Math.max(high, height)
    }),
  )
  return low <= high ? { low, high } : null
}

function mix(first: string, second: string, share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [a, b] = [first, second].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16))
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${parts.join('')}`
}

/** The colours of the steps, the lowest first. */
export function sectionColours({ valley, hill }: SectionPalette): readonly string[] {
  return Array.from({ length: STEPS }, (_, step) => mix(valley, hill, step / (STEPS - 1)))
}

/** The step of a height, beyond the range the first or the last. */
export function stepOf(height: number, { low, high }: HeightRange): number {
  if (high === low) return 0
  return Math.max(0, Math.min(STEPS - 1, Math.floor(((height - low) / (high - low)) * STEPS)))
}

/** The height at a place in units of grid points; null where one of its neighbours isn't known. */
export function heightAt(grid: SectionGrid, row: number, column: number, isSmooth: boolean): number | null {
  if (!isSmooth) return grid[Math.round(row)]?.[Math.round(column)] ?? null
  const [r, c] = [Math.min(grid.length - 2, Math.floor(row)), Math.min(grid.length - 2, Math.floor(column))]
  const [below, above] = [grid[r], grid[r + 1]]
  if (!below || !above) return null
  const [up, across] = [row - r, column - c]
  const lower = below[c] + (below[c + 1] - below[c]) * across
  const upper = above[c] + (above[c + 1] - above[c]) * across
  return lower + (upper - lower) * up
}

/** (side, side) pixels, the first row at the greatest y, as a canvas wants them. */
export function sectionPixels(
  grid: SectionGrid,
  range: HeightRange,
  palette: SectionPalette,
  side: number,
  isSmooth: boolean,
): Uint32Array<ArrayBuffer> {
  const NONE = -1
  const last = grid.length - 1
  const steps = new Int16Array(side * side) // (side, side)
  for (let y = 0; y < side; y++) {
    const row = (last * (side - 1 - y)) / (side - 1)
    for (let x = 0; x < side; x++) {
      const height = heightAt(grid, row, (last * x) / (side - 1), isSmooth)
      steps[y * side + x] = height === null ? NONE : stepOf(height, range)
    }
  }
  const colours = sectionColours(palette)
  const packed = Uint32Array.from(colours, packColour)
  const contours = Uint32Array.from(colours, (colour) => packColour(mix(colour, palette.contour, CONTOUR_SHARE)))
  const unknown = packColour(palette.unknown)
  return Uint32Array.from(steps, (step, i) => {
    if (step === NONE) return unknown
    const right = (i + 1) % side === 0 ? step : steps[i + 1]
    const below = i + side < steps.length ? steps[i + side] : step
    const isEdge = (right !== step && right !== NONE) || (below !== step && below !== NONE)
    return isEdge ? contours[step] : packed[step]
  })
}
