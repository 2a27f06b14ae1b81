/**
 * Whole-pattern and part-of-pattern edits, without a screen: fill, mirror, shift, copy and paste. Each answers a new array
 * and leaves the old one as it is.
 */
import type { Cell, Cells } from './pattern-edit'

/** A rectangle of cells. */
export interface Region {
  readonly row: number
  readonly column: number
  readonly rows: number
  readonly columns: number
}

export function wholeRegion(width: number, height: number): Region {
  return { row: 0, column: 0, rows: height, columns: width }
}

/** The rectangle between two cells, both included. */
export function regionBetween(a: Cell, b: Cell): Region {
  return {
    row: Math.min(a.row, b.row),
    column: Math.min(a.column, b.column),
    rows: Math.abs(a.row - b.row) + 1,
    columns: Math.abs(a.column - b.column) + 1,
  }
}

export const SIDES = ['upper', 'lower', 'left', 'right'] as const
export type Side = (typeof SIDES)[number]

/** Half of a grid; of an odd number of rows or columns the upper or left half has the middle one, and the other hasn't. */
export function halfRegion(width: number, height: number, side: Side): Region {
  const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  switch (side) {
    case 'upper':
      return { row: 0, column: 0, rows, columns: width }
    case 'lower':
      return { row: rows, column: 0, rows: height - rows, columns: width }
    case 'left':
      return { row: 0, column: 0, rows: height, columns }
    case 'right':
      return { row: 0, column: columns, rows: height, columns: width - columns }
  }
}

/** A pattern with its own size, as it is copied. */
export interface Piece {
  readonly width: number
  readonly height: number
  readonly values: Cells
}

export function copyRegion(pattern: Cells, width: number, region: Region): Piece {
  const values = pattern.slice(0, region.rows * region.columns)
  for (let r = 0; r < region.rows; r++) {
    const from = (region.row + r) * width + region.column
    values.set(pattern.subarray(from, from + region.columns), r * region.columns)
  }
  return { width: region.columns, height: region.rows, values }
}

/** Lays a piece over a pattern with its corner at a cell; what would lie outside is cut off. */
export function pastePiece<Pattern extends Cells>(pattern: Pattern, width: number, piece: Piece, at: Cell): Pattern {
  const height = pattern.length / width
  const pasted = pattern.slice() as Pattern
  const columns = Math.min(piece.width, width - at.column)
  const rows = Math.min(piece.height, height - at.row)
  for (let r = 0; r < rows; r++) {
    const row = piece.values.subarray(r * piece.width, r * piece.width + columns)
    pasted.set(row, (at.row + r) * width + at.column)
  }
  return pasted
}

/** Changes each cell of a region by where it is read from. */
function rearrange<Pattern extends Cells>(
  pattern: Pattern,
  width: number,
  region: Region,
  from: (row: number, column: number) => readonly [number, number],
): Pattern {
  const next = pattern.slice() as Pattern
  for (let r = 0; r < region.rows; r++) {
    for (let c = 0; c < region.columns; c++) {
      const [fromRow, fromColumn] = from(r, c)
      next[(region.row + r) * width + region.column + c] =
        pattern[(region.row + fromRow) * width + region.column + fromColumn]
    }
  }
  return next
}

export type Axis = 'horizontal' | 'vertical'

/** Left and right (`horizontal`) or top and bottom change places. */
export function mirror<Pattern extends Cells>(pattern: Pattern, width: number, region: Region, axis: Axis): Pattern {
  return rearrange(pattern, width, region, (r, c) =>
    axis === 'horizontal' ? [r, region.columns - 1 - c] : [region.rows - 1 - r, c],
  )
}

/** Moves all cells; what leaves on one side comes in on the other. */
export function shift<Pattern extends Cells>(
  pattern: Pattern,
  width: number,
  region: Region,
  rows: number,
  columns: number,
): Pattern {
  const wrap = (value: number, length: number): number => ((value % length) + length) % length
  return rearrange(pattern, width, region, (r, c) => [wrap(r - rows, region.rows), wrap(c - columns, region.columns)])
}

/** Each cell of a region by its own value. */
export function mapRegion<Pattern extends Cells>(
  pattern: Pattern,
  width: number,
  region: Region,
  change: (value: number, row: number, column: number) => number,
): Pattern {
  const next = pattern.slice() as Pattern
  for (let r = region.row; r < region.row + region.rows; r++) {
    for (let c = region.column; c < region.column + region.columns; c++) {
      next[r * width + c] = change(pattern[r * width + c], r, c)
    }
  }
  return next
}

/** The area of equal cells around a cell (neighbours share a side) becomes `value`. */
export function floodFill<Pattern extends Cells>(pattern: Pattern, width: number, start: Cell, value: 1 | -1): Pattern {
  const height = pattern.length / width
  const old = pattern[start.row * width + start.column]
  if (old === value) return pattern
  const filled = pattern.slice() as Pattern
  const waiting = [start.row * width + start.column]
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (filled[place] !== old) continue
    filled[place] = value
    const [row, column] = [Math.floor(place / width), place % width]
    if (column > 0) waiting.push(place - 1)
    if (column < width - 1) waiting.push(place + 1)
    if (row > 0) waiting.push(place - width)
    if (row < height - 1) waiting.push(place + width)
  }
  return filled
}
