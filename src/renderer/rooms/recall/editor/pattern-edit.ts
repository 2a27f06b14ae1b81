/**
 * Drawing on a pattern, without a screen: lines between two cells, strokes, and a hundred steps back. Patterns are never
 * changed in place, so a step back is the array that was there before.
 */

/** How many strokes can be taken back. */
export const MOST_STEPS = 100

export interface Cell {
  readonly row: number
  readonly column: number
}

/** A pattern of ±1, or a cue of real numbers that is still to be made bipolar. */
export type Cells = Int8Array | Float32Array

export interface EditHistory {
  readonly past: readonly Cells[]
  readonly present: Cells
  readonly future: readonly Cells[]
}

export function createHistory(present: Cells): EditHistory {
  return { past: [], present, future: [] }
}

export function isSamePattern(a: Cells, b: Cells): boolean {
  if (a.constructor !== b.constructor || a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/**
 * The cells from one to another, both included (Bresenham 1965): a fast pointer skips cells between two of its events, and
 * a line without gaps is what the hand meant.
 */
export function cellsBetween(from: Cell, to: Cell): Cell[] {
  const cells: Cell[] = []
  const across = Math.abs(to.column - from.column)
  const down = Math.abs(to.row - from.row)
  const stepColumn = Math.sign(to.column - from.column)
  const stepRow = Math.sign(to.row - from.row)
  let { row, column } = from
  let error = across - down
  for (;;) {
    cells.push({ row, column })
    if (row === to.row && column === to.column) return cells
    const twice = 2 * error
    if (twice > -down) {
      error -= down
      column += stepColumn
    }
    if (twice < across) {
      error += across
      row += stepRow
    }
  }
}

/** The pattern with these cells set; the same array where nothing changes. */
export function paintCells<Pattern extends Cells>(
  pattern: Pattern,
  width: number,
  cells: readonly Cell[],
  value: 1 | -1,
): Pattern {
  const places = cells.map(({ row, column }) => row * width + column)
  if (places.every((place) => pattern[place] === value)) return pattern
  const painted = pattern.slice() as Pattern
  for (const place of places) painted[place] = value
  return painted
}

/** What is drawn while the pointer is down: no step back of its own. */
export function drawOver(history: EditHistory, present: Cells): EditHistory {
  return present === history.present ? history : { ...history, present }
}

/** Ends a stroke that began at `before`: one step back, however many cells it touched. */
export function endStroke(history: EditHistory, before: Cells): EditHistory {
  if (isSamePattern(before, history.present)) return { ...history, present: before }
  return { past: [...history.past, before].slice(-MOST_STEPS), present: history.present, future: [] }
}

/** One change that is a stroke by itself. */
export function replaceWith(history: EditHistory, next: Cells): EditHistory {
  return endStroke(drawOver(history, next), history.present)
}

export function undo(history: EditHistory): EditHistory {
  const before = history.past.at(-1)
  if (!before) return history
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future] }
}

export function redo(history: EditHistory): EditHistory {
  const [next, ...future] = history.future
  if (!next) return history
  return { past: [...history.past, history.present], present: next, future }
}
