/** A section of the energy by its pixels. */
import { describe, expect, it } from 'vitest'
import { packColour } from '../../../../src/renderer/rooms/recall/editor/draw-grid'
import {
  heightAt,
  heightRange,
  sectionColours,
  sectionPixels,
  STEPS,
  stepOf,
} from '../../../../src/renderer/rooms/recall/experiments/section-pixels'

const AXIS = { from: -1.25, to: 1.25 }
const PALETTE = { valley: '#000080', hill: '#ffffff', contour: '#000000', unknown: '#808080' }

describe('the range', () => {
  it('is that of the points within the unit circle', () => {
    const grid = [[-9, -2, -9], [-3, -1, -4], null]
    expect(heightRange(grid, { from: -1, to: 1 }, { from: -1, to: 1 })).toEqual({ low: -4, high: -1 })
    expect(heightRange([null, null], AXIS, AXIS)).toBeNull()
  })
})

describe('a step', () => {
  it('goes from the lowest to the highest, and no further', () => {
    const range = { low: -4, high: 4 }
    expect([-9, -4, 0, 3.99, 4, 9].map((height) => stepOf(height, range))).toEqual([
      0,
      0,
      STEPS / 2,
      STEPS - 1,
      STEPS - 1,
      STEPS - 1,
    ])
    expect(stepOf(5, { low: 5, high: 5 })).toBe(0)
  })
})

describe('a height between points', () => {
  const grid = [
    [0, 2],
    [4, 6],
  ]
  it('is interpolated, or that of the nearest', () => {
    expect(heightAt(grid, 0.5, 0.5, true)).toBe(3)
    expect(heightAt(grid, 1, 1, true)).toBe(6)
    expect(heightAt(grid, 0.4, 0.6, false)).toBe(2)
    expect(heightAt([grid[0], null], 0.5, 0.5, true)).toBeNull()
  })
})

describe('the pixels', () => {
  const colours = sectionColours(PALETTE)

  it('have the least y at the bottom, one hue by amount, and what isn’t computed apart', () => {
    const grid = [[0, 0, 0], [0, 0, 0], null]
    const pixels = sectionPixels(grid, { low: 0, high: 1 }, PALETTE, 5, false)
    expect(pixels[0]).toBe(packColour(PALETTE.unknown))
    expect(pixels[24]).toBe(packColour(PALETTE.valley))
    expect([colours[0], colours.at(-1)]).toEqual([PALETTE.valley, PALETTE.hill])
  })

  it('have a contour where the step changes', () => {
    const grid = [
      [0, 1],
      [0, 1],
    ]
    const row = [...sectionPixels(grid, { low: 0, high: 1 }, PALETTE, 4, false).subarray(0, 4)]
    expect(row[0]).toBe(packColour(PALETTE.valley))
    expect([packColour(PALETTE.valley), packColour(PALETTE.hill)]).not.toContain(row[1])
    expect(row.slice(2)).toEqual([packColour(PALETTE.hill), packColour(PALETTE.hill)])
  })
})
