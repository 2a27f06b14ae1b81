/** Zooming and moving a map: what is pointed at stays, and nothing beyond the map is ever in sight. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { halveGrid } from '../../../src/renderer/charts/draw-map'
import { cellOfMap, mostZoom, panMap, revealCell, WHOLE, zoomMap } from '../../../src/renderer/charts/map-view'

const SIZE = { rows: 100, columns: 200 }

describe('a map', () => {
  it('zooms about the place that is pointed at', () => {
    const view = zoomMap(WHOLE, SIZE, 4, 0.25, 0.75)
    expect(view.zoom).toBe(4)
    expect(cellOfMap(view, SIZE, 0.25, 0.75)).toEqual(cellOfMap(WHOLE, SIZE, 0.25, 0.75))
    expect(zoomMap(view, SIZE, 1 / 4, 0.9, 0.1)).toEqual(WHOLE)
  })

  it('names its first and last cell', () => {
    expect(cellOfMap(WHOLE, SIZE, 0, 0)).toEqual({ row: 0, column: 0 })
    expect(cellOfMap(WHOLE, SIZE, 1, 1)).toEqual({ row: 99, column: 199 })
    expect(cellOfMap(WHOLE, SIZE, -3, 7)).toEqual({ row: 0, column: 199 })
  })

  it('moves no further than a cell needs to be seen', () => {
    const view = zoomMap(WHOLE, SIZE, 10, 0, 0)
    expect(revealCell(view, SIZE, { row: 3, column: 5 })).toEqual(view)
    expect(revealCell(view, SIZE, { row: 10, column: 20 })).toEqual({ zoom: 10, row: 1, column: 1 })
  })

  it('never shows what lies beyond it', () => {
    const step = fc.tuple(fc.constantFrom('zoom', 'pan'), fc.double({ min: -3, max: 3, noNaN: true }), fc.nat(100))
    fc.assert(
      fc.property(fc.array(step), fc.nat(500), fc.nat(500), (steps, r, c) => {
        const size = { rows: r + 1, columns: c + 1 }
        const view = steps.reduce(
          (last, [kind, amount, share]) =>
            kind === 'zoom'
              ? zoomMap(last, size, 2 ** amount, share / 100, 1 - share / 100)
              : panMap(last, size, amount, -amount),
          WHOLE,
        )
        expect(view.zoom).toBeGreaterThanOrEqual(1)
        expect(view.zoom).toBeLessThanOrEqual(mostZoom(size))
        expect(view.row).toBeGreaterThanOrEqual(0)
        expect(view.row + size.rows / view.zoom).toBeLessThanOrEqual(size.rows + 1e-9)
        expect(view.column + size.columns / view.zoom).toBeLessThanOrEqual(size.columns + 1e-9)
      }),
      { numRuns: 300, seed: 5 },
    )
  })

  it('averages values, the odd row and column too', () => {
    const grid = { values: Float64Array.of(1, -1, 5, 1, -1, 7, 2, 4, 9), rows: 3, columns: 3, limit: 9 }
    expect(halveGrid(grid)).toEqual({ values: Float64Array.of(0, 6, 3, 9), rows: 2, columns: 2, limit: 9 })
  })
})
