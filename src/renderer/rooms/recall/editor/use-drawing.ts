/**
 * From cells that are pressed, dragged over and let go (by pointer) or gone to and acted on (by keys) to strokes, lines,
 * fills and chosen parts. Knows no screen: cells come in, the target's pattern changes.
 */
import { cellsBetween } from './pattern-edit'
import type { Cell } from './pattern-edit'
import type { DrawingTarget, DrawingTool } from './drawing-tool'
import { regionBetween } from './region'

export interface Drawing {
  /** @param erases another button, or a pen's eraser */
  readonly press: (cell: Cell, erases: boolean) => void
  readonly drag: (cell: Cell) => void
  readonly release: () => void
  /** Keys: from one cell to the next with Shift held. */
  readonly drawKeys: (from: Cell, to: Cell) => void
  readonly endKeys: () => void
  /** Keys: Space or Enter on a cell. @param isOn what the cell is */
  readonly act: (cell: Cell, isOn: boolean) => void
  /** Lets go of a line or a choice that was begun. @returns whether there was one */
  readonly cancel: () => boolean
}

export function createDrawing(target: DrawingTarget, tool: () => DrawingTool): Drawing {
  let start: Cell | null = null
  let last: Cell | null = null
  let value: 1 | -1 = 1
  let isKeyed = false
  /** Where a line or a choice began that is not dragged: by keys, or by one click and then another. */
  let anchor: Cell | null = null
  let isDragged = false

  const line = (from: Cell, to: Cell): void => target.restroke(cellsBetween(from, to), value)

  function actAtAnchor(cell: Cell): void {
    if (anchor === null) {
      anchor = cell
      return
    }
    if (tool() === 'select') target.select(regionBetween(anchor, cell))
    else {
      value = 1
      target.beginStroke()
      line(anchor, cell)
      target.endStroke()
    }
    anchor = null
  }

  return {
    press(cell, erases) {
      value = tool() === 'eraser' || erases ? -1 : 1
      if (tool() === 'fill') {
        target.fill(cell, value)
        return
      }
      const from = anchor
      anchor = null
      isDragged = from !== null
      start = from ?? cell
      last = cell
      if (tool() === 'select') target.select(from === null ? null : regionBetween(from, cell))
      else {
        target.beginStroke()
        if (from === null) target.stroke([cell], value)
        else line(from, cell)
      }
    },
    drag(cell) {
      if (!start || !last || (cell.row === last.row && cell.column === last.column)) return
      isDragged = true
      if (tool() === 'select') target.select(regionBetween(start, cell))
      else if (tool() === 'line') line(start, cell)
      else target.stroke(cellsBetween(last, cell), value)
      last = cell
    },
    release() {
      if (start && tool() !== 'select') target.endStroke()
      if (!isDragged && (tool() === 'line' || tool() === 'select')) anchor = start
      start = last = null
    },
    drawKeys(from, to) {
      if (tool() === 'select') {
        anchor ??= from
        target.select(regionBetween(anchor, to))
        return
      }
      isKeyed = true
      target.beginStroke()
      target.stroke([from, to], tool() === 'eraser' ? -1 : 1)
    },
    endKeys() {
      if (isKeyed) target.endStroke()
      isKeyed = false
      if (tool() === 'select') anchor = null
    },
    act(cell, isOn) {
      const next = isOn ? -1 : 1
      if (tool() === 'fill') target.fill(cell, next)
      else if (tool() === 'line' || tool() === 'select') actAtAnchor(cell)
      else {
        target.beginStroke()
        target.stroke([cell], next)
        target.endStroke()
      }
    },
    cancel() {
      const had = anchor !== null
      anchor = null
      return had
    },
  }
}
