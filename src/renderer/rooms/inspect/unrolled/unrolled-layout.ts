/**
 * Where everything of the unrolled network stands, in CSS pixels: the folded network at the left, then a column a time step,
 * from the symbol at the bottom through the layers to the expectation on top. The page and the saved picture share it.
 */
import type { WeightId } from './weights'

export const COLUMN = 92
export const FOLDED = 128
const BAR = 15
const ARROW = 28
const SYMBOL = 26
const NUMBER = 18
const OUTPUT = 24
export const STRIP_WIDTH = 20
/** Of a layer's strip, by how many layers there are. */
const STRIP_HEIGHTS = [84, 84, 60, 46, 38]

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Arrow {
  readonly weight: WeightId
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
}

export interface UnrolledLayout {
  readonly height: number
  /** y of the output's symbol, centre. */
  readonly output: number
  /** y of each candidate's bar, centre. */
  readonly bars: readonly number[]
  /** Of each layer, the lowest first. */
  readonly strips: readonly { readonly y: number; readonly height: number }[]
  /** y of the symbol's box. */
  readonly symbol: { readonly y: number; readonly height: number }
  /** y of the step's number, centre. */
  readonly number: number
}

export function unrolledLayout(layers: number, top: number): UnrolledLayout {
  const height = STRIP_HEIGHTS[layers] ?? STRIP_HEIGHTS[4]
  const bars = Array.from({ length: top }, (_, k) => OUTPUT + k * BAR + BAR / 2)
  const highest = OUTPUT + top * BAR + ARROW
  const strips = Array.from({ length: layers }, (_, l) => ({
    y: highest + (layers - 1 - l) * (height + ARROW),
    height,
  }))
  const symbolY = highest + layers * height + layers * ARROW
  return {
    height: symbolY + SYMBOL + NUMBER,
    output: OUTPUT / 2,
    bars,
    strips,
    symbol: { y: symbolY, height: SYMBOL },
    number: symbolY + SYMBOL + NUMBER / 2 + 2,
  }
}

/** x of a column's centre; `index` counts those that are shown, from 0. */
export const columnCentre = (index: number): number => FOLDED + (index + 0.5) * COLUMN

/** The arrows within one column and into it from the left, around a centre. */
export function columnArrows(layout: UnrolledLayout, centre: number, isFirst: boolean): Arrow[] {
  const { strips, symbol, bars } = layout
  const last = strips.length - 1
  const up = (weight: WeightId, from: number, to: number): Arrow => {
    return { weight, x1: centre, y1: from - 3, x2: centre, y2: to + 5 }
  }
  const inputs = strips.map(({ y, height }, l) =>
    up(l === 0 ? 'xh' : `up${l}`, l === 0 ? symbol.y : strips[l - 1].y, y + height),
  )
  const lowestBar = (bars.at(-1) ?? 0) + BAR / 2
  const along = strips.map(({ y, height }, l): Arrow => {
    const from = centre - COLUMN + STRIP_WIDTH / 2 + (isFirst ? COLUMN / 2 - 4 : 3)
    return { weight: `hh${l}`, x1: from, y1: y + height / 2, x2: centre - STRIP_WIDTH / 2 - 5, y2: y + height / 2 }
  })
  return [...inputs, ...along, up('hy', strips[last].y, lowestBar)]
}

/** As an SVG path. */
export const straight = ({ x1, y1, x2, y2 }: Arrow): string => `M${x1} ${y1} L${x2} ${y2}`

/** How many columns a width holds. */
export function columnsIn(width: number): number {
  return Math.max(1, Math.floor((width - FOLDED) / COLUMN))
}

/** The steps [from, to) that are shown of those that are unrolled. */
export function shownSteps(unrolled: number, fit: number): { from: number; to: number } {
  return { from: Math.max(0, unrolled - fit), to: unrolled }
}

/** Steps before which a gradient stops: trained in stretches of T, it never flows back across their borders. */
export function isCut(step: number, sequence: number | null): boolean {
  return sequence !== null && step > 0 && step % sequence === 0
}
