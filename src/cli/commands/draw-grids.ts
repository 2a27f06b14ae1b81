/** Patterns drawn in a terminal: side by side where there is room, else one below the other. */
import type { Screen } from '../frame/screen'

export interface DrawnGrid {
  readonly title: string
  /** ±1, row-major. */
  readonly values: readonly number[]
}

const GAP = '   '
const CHANGED = '\x1b[36m'
const PLAIN = '\x1b[0m'

/**
 * Draws +1 as `#` and −1 as `.`; with colours as blocks, where cells that differ from the first grid are coloured.
 * @param width cells of a row
 */
export function drawGrids(grids: readonly DrawnGrid[], width: number, screen: Screen): string {
  const cellWidths = screen.hasColour ? [2, 1] : [1]
  const sideBySide = cellWidths.find((cell) => rowWidth(grids.length, width * cell) <= screen.columns)
  if (sideBySide !== undefined)
    return joinColumns(grids.map((grid) => linesOf(grid, grids[0], width, sideBySide, screen)))
  if (width > screen.columns) return `(a grid of ${width} columns does not fit this terminal of ${screen.columns})`
  return grids.map((grid) => linesOf(grid, grids[0], width, 1, screen).lines.join('\n')).join('\n\n')
}

const rowWidth = (count: number, width: number): number => count * width + (count - 1) * GAP.length

interface Column {
  readonly lines: readonly string[]
  readonly width: number
}

function linesOf(grid: DrawnGrid, first: DrawnGrid, width: number, cell: number, { hasColour }: Screen): Column {
  const rows = Array.from({ length: grid.values.length / width }, (_, row) => {
    let line = ''
    for (let at = row * width; at < (row + 1) * width; at++) {
      const isSet = grid.values[at] > 0
      if (!hasColour) {
        line += isSet ? '#' : '.'
        continue
      }
      const mark = (isSet ? '█' : '·').repeat(cell)
      line += grid.values[at] === first.values[at] ? mark : `${CHANGED}${mark}${PLAIN}`
    }
    return line
  })
  return { lines: [grid.title.padEnd(width * cell), ...rows], width: width * cell }
}

function joinColumns(columns: readonly Column[]): string {
  const rows = columns[0].lines.map((_, row) =>
    columns
      .map(({ lines }) => lines[row])
      .join(GAP)
      .trimEnd(),
  )
  return rows.join('\n')
}
