/** What is drawn has the extremes of what is there. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimate } from '../../../src/renderer/charts/decimate'
import { ExtremesIndex } from '../../../src/renderer/charts/extremes-index'

const steps = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i + 1)

describe('decimate', () => {
  it('keeps a single spike among a hundred thousand points', () => {
    const y = new Float64Array(100_000).fill(2)
    y[54_321] = 9
    y[12_345] = -3
    const kept = decimate({ x: steps(y.length), y }, 400)
    expect(kept.length).toBeLessThanOrEqual(1600)
    expect(kept).toContainEqual({ x: 54_322, y: 9 })
    expect(kept).toContainEqual({ x: 12_346, y: -3 })
  })

  it('keeps extremes, ends and order for any values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 50, maxLength: 500 }),
        (values) => {
          const kept = decimate({ x: steps(values.length), y: values }, 10)
          const ys = kept.map((point) => point.y)
          expect(Math.max(...ys)).toBe(Math.max(...values))
          expect(Math.min(...ys)).toBe(Math.min(...values))
          expect(kept[0].x).toBe(1)
          expect(kept.at(-1)?.x).toBe(values.length)
          expect(kept.every((point, i) => i === 0 || point.x > kept[i - 1].x)).toBe(true)
        },
      ),
    )
  })

  it('leaves out what is not there instead of drawing a zero', () => {
    expect(decimate({ x: [1, 2, 3], y: [NaN, 5, Infinity] }, 10)).toEqual([{ x: 2, y: 5 }])
  })

  it('keeps the extremes of any stretch of a long column by its index too, of one with gaps as well', () => {
    const random = (i: number): number => Math.sin(i * 12.9898) * 43_758.5453
    for (const gap of [1, 7, 500]) {
      const y = Float64Array.from({ length: 60_000 }, (_, i) => (i % gap === 0 ? random(i) : NaN))
      const index = new ExtremesIndex(y)
      for (const [from, to] of [
        [0, 60_000],
        [17, 40_003],
        [30_000, 59_999],
      ]) {
        const part = { x: steps(to - from), y: y.subarray(from, to), extremes: index, start: from }
        const kept = decimate(part, 40).map((point) => point.y)
        const finite = [...part.y].filter(Number.isFinite)
        expect(kept.length).toBeLessThanOrEqual(160)
        expect(Math.max(...kept)).toBe(Math.max(...finite))
        expect(Math.min(...kept)).toBe(Math.min(...finite))
        expect([kept[0], kept.at(-1)]).toEqual([finite[0], finite.at(-1)])
        for (let bucket = 0; bucket < 40; bucket++) {
          const inside = [...part.y.subarray((bucket * (to - from)) / 40, ((bucket + 1) * (to - from)) / 40)]
          const found = inside.filter(Number.isFinite)
          if (found.length > 0) expect(kept).toContain(Math.max(...found))
        }
      }
    }
  })

  it('of a stretch that has nothing is nothing', () => {
    const y = new Float64Array(60_000).fill(NaN)
    expect(decimate({ x: steps(y.length), y, extremes: new ExtremesIndex(y), start: 0 }, 40)).toEqual([])
  })
})
