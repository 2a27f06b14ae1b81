/** Units of a layer that were made for it: who follows, who is active where, who is alike; and the pixels in sight. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signedIndex } from '../../../src/renderer/charts/colour-map'
import { paintedOf, paintStates, sightOf, stretchAt } from '../../../src/renderer/rooms/inspect/states/state-map'
import {
  moveRow,
  orderBySimilarity,
  placesLike,
  rankUnits,
  SaturationCount,
  unitsActiveIn,
} from '../../../src/renderer/rooms/inspect/states/unit-analysis'
import type { LayerValues } from '../../../src/renderer/rooms/inspect/unit-order'

/** Rows are units; a second layer of noise stands between the steps. */
function layerOf(rows: readonly (readonly number[])[], layer = 1): LayerValues {
  const [units, steps, layers] = [rows.length, rows[0].length, 2]
  const values = new Float32Array(steps * layers * units).fill(0.77)
  rows.forEach((row, unit) => row.forEach((value, t) => (values[(t * layers + layer) * units + unit] = value)))
  return { values, steps, layers, units, layer }
}

describe('units by a property', () => {
  it('the best first, with their sign; those that never change are no unit to follow it', () => {
    const property = Float64Array.of(0, NaN, 1, 1, 0)
    const of = layerOf([
      [0.5, 0.9, 0.5, 0.5, 0.5],
      [0.1, -1, 0.9, 0.9, 0.1],
      [0.2, 0.3, -0.5, -0.4, 0.1],
      [0.3, 0.1, 0.1, 0.3, 0.1],
    ])
    const ranked = rankUnits(of, property)
    expect(ranked.map(({ unit }) => unit)).toEqual([1, 2, 3])
    expect(ranked[0].correlation).toBeCloseTo(1, 6)
    // By hand: means 1/2 and −0.15; Σ(x−x̄)(y−ȳ) = −0.6, Σ(x−x̄)² = 1, Σ(y−ȳ)² = 0.37.
    expect(ranked[1].correlation).toBeCloseTo(-0.6 / Math.sqrt(0.37), 6)
    expect(ranked[2].correlation).toBeCloseTo(0, 6)
    expect(rankUnits(of, new Float64Array(5).fill(2))).toEqual([])
    expect(rankUnits(of, new Float64Array(5).fill(NaN))).toEqual([])
  })
})

describe('units of a stretch', () => {
  const of = layerOf([
    [0.0, 0.9, 0.8, 0.0, 0.0, 0.9, 0.9, 0.1],
    [0.0, -0.9, -0.8, 0.0, 0.0, -0.9, 0.0, 0.0],
    [0.9, 0.9, 0.9, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, 0.9, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0, 0.7, 0.7, 0.0, 0.0, 0.0, 0.0, 0.0],
  ])
  const stretch = { from: 1, to: 3 }

  it('are active all through it and not just before and after; the rarest first', () => {
    expect(unitsActiveIn(of, stretch, 0.6)).toEqual([
      { unit: 4, sign: 1, elsewhere: 0 },
      { unit: 1, sign: -1, elsewhere: 1 / 6 },
      { unit: 0, sign: 1, elsewhere: 2 / 6 },
    ])
    expect(unitsActiveIn(of, stretch, 0.75).map(({ unit }) => unit)).toEqual([1, 0])
    expect(unitsActiveIn(of, { from: 0, to: 3 }, 0.6).map(({ unit }) => unit)).toEqual([2])
  })

  it('are looked for elsewhere, places of the same length first', () => {
    const active = unitsActiveIn(of, stretch, 0.75)
    expect(placesLike(of, active, stretch, 0.75)).toEqual([{ from: 5, to: 6, share: 1 }])
    expect(placesLike(of, active, stretch, 0.75, 0.5)).toEqual([{ from: 5, to: 7, share: 0.75 }])
    expect(placesLike(of, [], stretch, 0.75)).toEqual([])
  })
})

describe('orders', () => {
  it('by similarity: neighbours are alike, the one that changes most begins', () => {
    const wave = (phase: number, size: number) => Array.from({ length: 40 }, (_, t) => size * Math.sin(t / 3 + phase))
    const of = layerOf([wave(0, 0.5), wave(1.6, 0.4), wave(0.1, 0.6), wave(1.5, 0.3), wave(0.02, 0.9)])
    expect(Array.from(orderBySimilarity(of))).toEqual([4, 0, 2, 3, 1])
  })

  it('are permutations, however many steps and units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 600 }), (units, steps) => {
        const rows = Array.from({ length: units }, (_, u) =>
          Array.from({ length: steps }, (_value, t) => Math.sin(u * 7 + t * (u % 3))),
        )
        const order = Array.from(orderBySimilarity(layerOf(rows))).sort((a, b) => a - b)
        expect(order).toEqual(Array.from({ length: units }, (_, u) => u))
      }),
      { numRuns: 40 },
    )
  })

  it('by hand: a row is taken out and put in', () => {
    const order = Uint32Array.of(3, 1, 0, 2)
    expect(Array.from(moveRow(order, 0, 2))).toEqual([1, 0, 3, 2])
    expect(Array.from(moveRow(order, 3, -5))).toEqual([2, 3, 1, 0])
    expect(Array.from(moveRow(order, 1, 99))).toEqual([3, 0, 2, 1])
  })
})

describe('saturation', () => {
  it('is counted over pieces', () => {
    const count = new SaturationCount(2)
    count.add(
      layerOf([
        [0.05, 0.5],
        [0.95, 0.99],
      ]),
    )
    count.add(layerOf([[0.95, 0.5], [0.95, 0.05]])) // prettier-ignore
    expect(Array.from(count.saturation.shut)).toEqual([0.25, 0.25])
    expect(Array.from(count.saturation.open)).toEqual([0.25, 0.75])
  })
})

describe('what is in sight', () => {
  it('is all of it, a part, or so many means', () => {
    expect(sightOf(100, 400, 0, 0)).toEqual({ first: 0, columns: 100, steps: 1 })
    expect(sightOf(1000, 400, 0, 0)).toEqual({ first: 0, columns: 400, steps: 2.5 })
    expect(sightOf(1000, 400, 10, 2005)).toEqual({ first: 200, columns: 41, steps: 1 })
    expect(sightOf(1000, 400, 10, 9800)).toEqual({ first: 980, columns: 20, steps: 1 })
  })

  it('lies within what is painted, which stays while it is scrolled a little', () => {
    const [T, width] = [1000, 400]
    for (const columnWidth of [2, 6, 14]) {
      const most = Math.max(0, T * columnWidth - width)
      const paintings = new Set<string>()
      for (let scroll = 0; scroll <= most; scroll += 1) {
        const sight = sightOf(T, width, columnWidth, scroll)
        const painted = paintedOf(T, width, columnWidth, stretchAt(columnWidth, scroll))
        expect(painted.first).toBeLessThanOrEqual(sight.first)
        expect(painted.first + painted.columns).toBeGreaterThanOrEqual(
          Math.min(T, Math.ceil((scroll + width) / columnWidth)),
        )
        paintings.add(JSON.stringify(painted))
      }
      expect(paintings.size).toBeLessThanOrEqual(Math.ceil((most + 1) / 500))
    }
    expect(paintedOf(T, width, 0, stretchAt(0, 99))).toEqual(sightOf(T, width, 0, 0))
  })

  it('is painted in the given order, of the chosen layer, and as means where columns are fewer than steps', () => {
    const of = layerOf([
      [1, 0, -1, 0.5],
      [0.2, 0.4, 0.6, 0.8],
    ])
    const table = Uint32Array.from({ length: 256 }, (_, k) => k)
    const indices = (values: number[]) => values.map((value) => signedIndex(Math.fround(value), 1))
    const pixels = new Uint32Array(4)
    paintStates(pixels, of, Uint32Array.of(1, 0), { first: 1, columns: 2, steps: 1 }, 1, table)
    expect(Array.from(pixels)).toEqual(indices([0.4, 0.6, 0, -1]))
    paintStates(pixels, of, Uint32Array.of(0, 1), { first: 0, columns: 2, steps: 2 }, 1, table)
    expect(Array.from(pixels)).toEqual(indices([0.5, -0.25, 0.3, 0.7]))
  })
})
