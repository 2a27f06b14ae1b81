/** Looking at a stretch of a curve, however long it is: the place under the pointer stays, and no spike is lost. */
import { describe, expect, it } from 'vitest'
import { decimate } from '../../../src/renderer/charts/decimate'
import { ExtremesIndex } from '../../../src/renderer/charts/extremes-index'
import { columnsIn, moveRange, zoomRange } from '../../../src/renderer/charts/x-range'

const WHOLE = { from: 0, to: 1000 }

describe('a range', () => {
  it('is zoomed about the place under the pointer', () => {
    const near = zoomRange(null, WHOLE, 250, 0.5)
    expect(near).toEqual({ from: 125, to: 625 })
    expect(zoomRange(near, WHOLE, 250, 2)).toBeNull()
  })

  it('stays within the whole', () => {
    expect(zoomRange({ from: 0, to: 100 }, WHOLE, 100, 2)).toEqual({ from: 0, to: 200 })
    expect(moveRange({ from: 900, to: 1000 }, WHOLE, 0.5)).toEqual({ from: 900, to: 1000 })
    expect(moveRange({ from: 100, to: 200 }, WHOLE, -0.5)).toEqual({ from: 50, to: 150 })
    expect(moveRange(null, WHOLE, 0.5)).toBeNull()
  })

  it('does not become nothing', () => {
    let range = zoomRange(null, WHOLE, 500, 0.5)
    for (let i = 0; i < 200; i++) range = zoomRange(range, WHOLE, 500, 0.5)
    expect((range?.to ?? 0) - (range?.from ?? 0)).toBeGreaterThan(0)
  })
})

describe('the points in it', () => {
  const x = Float64Array.from({ length: 1000 }, (_, i) => i + 1)
  const y = x.map((at) => -at)

  it('have one more at each side, as views', () => {
    const found = columnsIn({ x, y }, { from: 10.5, to: 20 })
    expect(Array.from(found.x)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
    expect((found.y as Float64Array).buffer).toBe(y.buffer)
    expect(columnsIn({ x, y }, { from: -5, to: 5000 }).x).toHaveLength(1000)
    expect(columnsIn({ x, y }, { from: 2000, to: 3000 }).x).toHaveLength(1)
  })

  it('reach to the nearest values of a line that has few', () => {
    const few = y.map((value, i) => (i % 100 === 0 ? value : NaN))
    const found = columnsIn({ x, y: few }, { from: 130, to: 150 })
    expect([found.x[0], found.x[found.x.length - 1]]).toEqual([101, 201])
  })

  it('keep every spike of a million of them, at every zoom', () => {
    const count = 1_000_000
    const many = Float64Array.from({ length: count }, (_, i) => i + 1)
    const loss = many.map((at) => 3 / Math.sqrt(at))
    const spikes = [7, 123_456, 500_000, 500_001, 999_998]
    // Two beside each other, one up and one down.
    for (const at of spikes) loss[at] = (at === 500_001 ? -1 : 1) * (50 + (at % 7))
    const extremes = new ExtremesIndex(loss)
    let range = null
    for (let zoom = 0; zoom < 12; zoom++) {
      const seen = range ?? { from: 0, to: count }
      const drawn = new Set(
        decimate({ ...columnsIn({ x: many, y: loss }, seen), extremes }, 400).map((point) => point.y),
      )
      const inSight = spikes.filter((at) => many[at] >= seen.from && many[at] <= seen.to)
      expect(inSight.filter((at) => !drawn.has(loss[at]))).toEqual([])
      range = zoomRange(range, { from: 0, to: count }, 500_000, 0.4)
    }
  })
})
