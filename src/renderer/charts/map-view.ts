/** Which part of a map of rows and columns is in sight, and how it is zoomed and moved: pure numbers, no drawing. */

/** `zoom` 1 shows the whole; `row` and `column` are the top left corner, in cells. */
export interface MapView {
  readonly zoom: number
  readonly row: number
  readonly column: number
}

export interface MapSize {
  readonly rows: number
  readonly columns: number
}

export interface MapCell {
  readonly row: number
  readonly column: number
}

export const WHOLE: MapView = { zoom: 1, row: 0, column: 0 }

/** The closest one comes: this many cells along the shorter side. */
const FEWEST_CELLS = 4

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))

export function mostZoom({ rows, columns }: MapSize): number {
  return Math.max(1, Math.min(rows, columns) / FEWEST_CELLS)
}

function within({ zoom, row, column }: MapView, size: MapSize): MapView {
  const { rows, columns } = size
  const near = clamp(zoom, 1, mostZoom(size))
  return {
    zoom: near,
    row: clamp(row, 0, rows - rows / near),
    column: clamp(column, 0, columns - columns / near),
  }
}

/** The place under (down, across), shares of what is in sight, stays where it is. */
export function zoomMap(view: MapView, size: MapSize, factor: number, down = 0.5, across = 0.5): MapView {
  const zoom = clamp(view.zoom * factor, 1, mostZoom(size))
  const row = view.row + down * (size.rows / view.zoom - size.rows / zoom)
  const column = view.column + across * (size.columns / view.zoom - size.columns / zoom)
  return within({ zoom, row, column }, size)
}

/** Moves by shares of what is in sight. */
export function panMap(view: MapView, size: MapSize, down: number, across: number): MapView {
  const { rows, columns } = size
  return within(
    { ...view, row: view.row + (down * rows) / view.zoom, column: view.column + (across * columns) / view.zoom },
    size,
  )
}

/** The cell at (down, across), shares of what is in sight. */
export function cellOfMap(view: MapView, { rows, columns }: MapSize, down: number, across: number): MapCell {
  return {
    row: clamp(Math.floor(view.row + (down * rows) / view.zoom), 0, rows - 1),
    column: clamp(Math.floor(view.column + (across * columns) / view.zoom), 0, columns - 1),
  }
}

/** Moves no further than is needed to see a cell. */
export function revealCell(view: MapView, size: MapSize, { row, column }: MapCell): MapView {
  const place = (at: number, from: number, seen: number): number => clamp(from, at + 1 - seen, at)
  return within(
    {
      zoom: view.zoom,
      row: place(row, view.row, size.rows / view.zoom),
      column: place(column, view.column, size.columns / view.zoom),
    },
    size,
  )
}
