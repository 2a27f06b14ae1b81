/** Grids in a terminal: beside each other where there is room, and without escape sequences in a pipe. */
import { describe, expect, it } from 'vitest'
import { drawGrids } from '../../../src/cli/commands/draw-grids'
import { screenOf } from '../../../src/cli/frame/screen'

const PIPE = { columns: Infinity, hasColour: false }
const GRIDS = [
  { title: 'cue', values: [1, -1, 1, -1, -1, 1] },
  { title: 'state', values: [1, -1, 1, 1, -1, 1] },
]

describe('grids', () => {
  it('are side by side, # and . in a pipe', () => {
    expect(drawGrids(GRIDS, 3, PIPE)).toBe(['cue   state', '#.#   #.#', '..#   #.#'].join('\n'))
  })

  it('are below each other where a terminal is too narrow, and left out where one does not fit', () => {
    const narrow = { columns: 5, hasColour: false }
    expect(drawGrids(GRIDS, 3, narrow)).toBe(['cue', '#.#', '..#', '', 'state', '#.#', '#.#'].join('\n'))
    expect(drawGrids(GRIDS, 3, { columns: 2, hasColour: false })).toBe(
      '(a grid of 3 columns does not fit this terminal of 2)',
    )
  })

  it('have cells of two columns in colour, those that changed coloured', () => {
    const lines = drawGrids(GRIDS, 3, { columns: 80, hasColour: true }).split('\n')
    expect(lines[1]).toBe('██··██   ██··██')
    expect(lines[2]).toBe('····██   \x1b[36m██\x1b[0m··██')
  })

  it('have cells of one column where two are too wide', () => {
    expect(drawGrids(GRIDS, 3, { columns: 10, hasColour: true }).split('\n')[1]).toBe('█·█   █·█')
  })
})

describe('the screen', () => {
  it('has colours on a terminal unless NO_COLOR or a dumb terminal says otherwise', () => {
    const terminal = { isTTY: true, columns: 100 }
    expect(screenOf(terminal, {})).toEqual({ columns: 100, hasColour: true })
    expect(screenOf(terminal, { NO_COLOR: '1' }).hasColour).toBe(false)
    expect(screenOf(terminal, { TERM: 'dumb' }).hasColour).toBe(false)
    expect(screenOf({}, {})).toEqual(PIPE)
  })
})
