/** The pixels of the part of a layer that is in sight: steps across, units downwards in a given order. */
import { signedIndex } from '../../../charts/colour-map'
import type { SignedColours } from '../../../charts/colour-map'
import type { LayerValues } from '../unit-order'

export interface Sight {
  /** The first step in sight, and how many columns of pixels there are. */
  readonly first: number
  readonly columns: number
  /** Steps a column stands for: 1, or more where the whole of a long text is shown at once. */
  readonly steps: number
}

/** Steps in sight of a text that is `width` wide when every step takes `columnWidth` (0: all of it fits). */
export function sightOf(T: number, width: number, columnWidth: number, scroll: number): Sight {
  if (columnWidth === 0) {
    const columns = Math.max(1, Math.min(T, Math.floor(width)))
    return { first: 0, columns, steps: T / columns }
  }
  const first = Math.max(0, Math.min(T - 1, Math.floor(scroll / columnWidth)))
  const columns = Math.min(T - first, Math.ceil(width / columnWidth) + 1)
  return { first, columns: Math.max(1, columns), steps: 1 }
}

/** Pixels that are painted beyond the sight, so that the picture is moved for a while before it is painted again. */
const AHEAD = 512

/** Which stretch is painted at a place of the scroller: each a step of AHEAD on, and alike until the next. */
export function stretchAt(columnWidth: number, scroll: number): number {
  return columnWidth === 0 ? 0 : Math.floor(Math.max(0, scroll) / AHEAD)
}

/** What is painted of a stretch: whatever of it is in sight, the sight lies within. */
export function paintedOf(T: number, width: number, columnWidth: number, stretch: number): Sight {
  if (columnWidth === 0) return sightOf(T, width, columnWidth, 0)
  return sightOf(T, width + AHEAD, columnWidth, stretch * AHEAD)
}

/** @param pixels (H, columns), packed as the canvas wants them */
export function paintStates(
  pixels: Uint32Array,
  of: LayerValues,
  order: Uint32Array,
  { first, columns, steps }: Sight,
  limit: number,
  table: SignedColours,
): void {
  const { values, layers, layer, units } = of
  const sums = new Float32Array(units)
  for (let column = 0; column < columns; column++) {
    const from = Math.floor(first + column * steps)
    const to = Math.max(from + 1, Math.floor(first + (column + 1) * steps))
    let row = values
    let at = (from * layers + layer) * units
    if (to - from > 1) {
      sums.fill(0)
      for (let t = from; t < to; t++) {
        const start = (t * layers + layer) * units
        for (let unit = 0; unit < units; unit++) sums[unit] += values[start + unit]
      }
      for (let unit = 0; unit < units; unit++) sums[unit] /= to - from
      row = sums
      at = 0
    }
    for (let place = 0; place < units; place++) {
      pixels[place * columns + column] = table[signedIndex(row[at + order[place]], limit)]
    }
  }
}
