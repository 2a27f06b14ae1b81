/** Pressed, dragged and typed cells become strokes, lines, fills and chosen parts; one stroke is one step back. */
import { describe, expect, it } from 'vitest'
import type { DrawingTarget, DrawingTool } from '../../../src/renderer/rooms/recall/editor/drawing-tool'
import { createDrawing } from '../../../src/renderer/rooms/recall/editor/use-drawing'

const at = (row: number, column: number) => ({ row, column })
const name = (cells: readonly { row: number; column: number }[]): string =>
  cells.map(({ row, column }) => `${row},${column}`).join(' ')

function withTool(tool: DrawingTool) {
  const told: string[] = []
  const target: DrawingTarget = {
    beginStroke: () => void told.push('begin'),
    stroke: (cells, value) => void told.push(`stroke ${name(cells)} ${value}`),
    restroke: (cells, value) => void told.push(`restroke ${name(cells)} ${value}`),
    endStroke: () => void told.push('end'),
    fill: (cell, value) => void told.push(`fill ${name([cell])} ${value}`),
    select: (region) => void told.push(region ? `select ${Object.values(region).join(' ')}` : 'select nothing'),
  }
  return { told, drawing: createDrawing(target, () => tool) }
}

describe('the brush', () => {
  it('draws along a drag without gaps, as one stroke', () => {
    const { told, drawing } = withTool('brush')
    drawing.press(at(0, 0), false)
    drawing.drag(at(0, 2))
    drawing.drag(at(0, 2))
    drawing.release()
    expect(told).toEqual(['begin', 'stroke 0,0 1', 'stroke 0,0 0,1 0,2 1', 'end'])
  })

  it('erases with another button, as the eraser does', () => {
    for (const [tool, erases] of [
      ['brush', true],
      ['eraser', false],
    ] as const) {
      const { told, drawing } = withTool(tool)
      drawing.press(at(1, 1), erases)
      drawing.release()
      expect(told).toEqual(['begin', 'stroke 1,1 -1', 'end'])
    }
  })

  it('by keys turns a cell over, and draws while Shift is held as one stroke', () => {
    const { told, drawing } = withTool('brush')
    drawing.act(at(0, 0), true)
    drawing.drawKeys(at(0, 0), at(0, 1))
    drawing.drawKeys(at(0, 1), at(0, 2))
    drawing.endKeys()
    drawing.endKeys()
    expect(told).toEqual([
      'begin',
      'stroke 0,0 -1',
      'end',
      'begin',
      'stroke 0,0 0,1 1',
      'begin',
      'stroke 0,1 0,2 1',
      'end',
    ])
  })
})

describe('the line', () => {
  it('follows a drag', () => {
    const { told, drawing } = withTool('line')
    drawing.press(at(0, 0), false)
    drawing.drag(at(2, 0))
    drawing.drag(at(0, 2))
    drawing.release()
    expect(told).toEqual(['begin', 'stroke 0,0 1', 'restroke 0,0 1,0 2,0 1', 'restroke 0,0 0,1 0,2 1', 'end'])
  })

  it('goes from one click to the next, and from one key press to the next', () => {
    const clicks = withTool('line')
    clicks.drawing.press(at(0, 0), false)
    clicks.drawing.release()
    clicks.drawing.press(at(0, 2), false)
    clicks.drawing.release()
    expect(clicks.told.at(-2)).toBe('restroke 0,0 0,1 0,2 1')
    const keys = withTool('line')
    keys.drawing.act(at(0, 0), false)
    keys.drawing.act(at(2, 0), false)
    expect(keys.told).toEqual(['begin', 'restroke 0,0 1,0 2,0 1', 'end'])
  })

  it('that was begun by keys is let go of by Escape', () => {
    const { told, drawing } = withTool('line')
    drawing.act(at(0, 0), false)
    expect(drawing.cancel()).toBe(true)
    expect(drawing.cancel()).toBe(false)
    expect(told).toEqual([])
  })
})

describe('filling and choosing', () => {
  it('fills where it is pressed', () => {
    const { told, drawing } = withTool('fill')
    drawing.press(at(1, 2), false)
    drawing.release()
    drawing.act(at(0, 0), true)
    expect(told).toEqual(['fill 1,2 1', 'fill 0,0 -1'])
  })

  it('chooses a part by a drag, by Shift with arrows and by two key presses', () => {
    const { told, drawing } = withTool('select')
    drawing.press(at(2, 2), false)
    drawing.drag(at(0, 1))
    drawing.release()
    drawing.drawKeys(at(0, 0), at(0, 1))
    drawing.drawKeys(at(0, 1), at(1, 1))
    drawing.endKeys()
    drawing.act(at(0, 0), false)
    drawing.act(at(1, 2), false)
    expect(told).toEqual(['select nothing', 'select 0 1 3 2', 'select 0 0 1 2', 'select 0 0 2 2', 'select 0 0 2 3'])
  })
})
