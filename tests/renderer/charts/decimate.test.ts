/** What is drawn has the extremes of what is there. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimate } from '../../../src/renderer/charts/decimate'

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
})
