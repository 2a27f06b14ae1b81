/** Drawing: lines without gaps, a stroke is one step back, a hundred steps are kept. */
import { describe, expect, it } from 'vitest'
import * as edit from '../../../src/renderer/rooms/recall/editor/pattern-edit'

const blank = (): Int8Array => new Int8Array(25).fill(-1)
const text = (pattern: ArrayLike<number>): string => Array.from(pattern, (value) => (value > 0 ? '#' : '.')).join('')

describe('cellsBetween', () => {
  it('is the cell itself for a point', () => {
    expect(edit.cellsBetween({ row: 2, column: 3 }, { row: 2, column: 3 })).toEqual([{ row: 2, column: 3 }])
  })

  it.each([
    [0, 0, 4, 1],
    [4, 4, 0, 0],
    [1, 4, 3, 0],
    [0, 2, 4, 2],
  ])('goes from (%i, %i) to (%i, %i) without a gap', (row, column, toRow, toColumn) => {
    const cells = edit.cellsBetween({ row, column }, { row: toRow, column: toColumn })
    expect(cells[0]).toEqual({ row, column })
    expect(cells.at(-1)).toEqual({ row: toRow, column: toColumn })
    cells.slice(1).forEach((cell, i) => {
      const step = Math.max(Math.abs(cell.row - cells[i].row), Math.abs(cell.column - cells[i].column))
      expect(step).toBe(1)
    })
  })
})

describe('paintCells', () => {
  it('sets cells in a copy, and answers the same array where nothing changes', () => {
    const before = blank()
    const after = edit.paintCells(before, 5, [{ row: 1, column: 2 }], 1)
    expect(text(after)).toBe('.......#.................')
    expect(text(before)).not.toContain('#')
    expect(edit.paintCells(after, 5, [{ row: 1, column: 2 }], 1)).toBe(after)
  })
})

describe('the history', () => {
  const stroke = (history: edit.EditHistory, columns: readonly number[]): edit.EditHistory => {
    const before = history.present
    const drawn = columns.reduce(
      (now, column) => edit.drawOver(now, edit.paintCells(now.present, 5, [{ row: 0, column }], 1)),
      history,
    )
    return edit.endStroke(drawn, before)
  }

  it('takes a stroke of many cells back at once, and draws it again', () => {
    const drawn = stroke(edit.createHistory(blank()), [0, 1, 2])
    expect(drawn.past).toHaveLength(1)
    const back = edit.undo(drawn)
    expect(text(back.present)).toBe(text(blank()))
    expect(text(edit.redo(back).present)).toBe(text(drawn.present))
  })

  it('keeps no step for a stroke that changed nothing', () => {
    const drawn = stroke(edit.createHistory(blank()), [0])
    expect(stroke(drawn, [0]).past).toHaveLength(1)
  })

  it('forgets what was taken back when something new is drawn', () => {
    const back = edit.undo(stroke(edit.createHistory(blank()), [0]))
    expect(stroke(back, [1]).future).toEqual([])
  })

  it('keeps a hundred steps', () => {
    let history = edit.createHistory(blank())
    for (let i = 0; i < 130; i++)
      history = edit.replaceWith(
        history,
        history.present.map((value) => -value),
      )
    expect(history.past).toHaveLength(edit.MOST_STEPS)
  })

  it('stays where there is nothing to take back', () => {
    const history = edit.createHistory(blank())
    expect(edit.undo(history)).toBe(history)
    expect(edit.redo(history)).toBe(history)
  })
})
