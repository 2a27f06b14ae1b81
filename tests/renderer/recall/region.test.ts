/** Edits of a whole pattern or a part of it: each answers a new array, and its inverse brings the old one back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blur } from '../../../src/renderer/rooms/recall/editor/blur'
import * as region from '../../../src/renderer/rooms/recall/editor/region'

const parse = (rows: readonly string[]): Int8Array => Int8Array.from(rows.join(''), (c) => (c === '#' ? 1 : -1))
const show = (pattern: ArrayLike<number>, width: number): string[] =>
  Array.from({ length: pattern.length / width }, (_, r) =>
    Array.from({ length: width }, (__, c) => (pattern[r * width + c] > 0 ? '#' : '.')).join(''),
  )
const WHOLE = region.wholeRegion(4, 3)
const F = parse(['##..', '#...', '#..#'])

describe('whole patterns', () => {
  it('are mirrored and shifted round', () => {
    expect(show(region.mirror(F, 4, WHOLE, 'horizontal'), 4)).toEqual(['..##', '...#', '#..#'])
    expect(show(region.mirror(F, 4, WHOLE, 'vertical'), 4)).toEqual(['#..#', '#...', '##..'])
    expect(show(region.shift(F, 4, WHOLE, 1, -1), 4)).toEqual(['..##', '#..#', '...#'])
  })

  it('come back: mirroring twice, and shifting there and back', () => {
    const grid = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([width, height]) =>
      fc.record({
        width: fc.constant(width),
        values: fc.array(fc.constantFrom(-1, 1), { minLength: width * height, maxLength: width * height }),
      }),
    )
    fc.assert(
      fc.property(grid, fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }), (drawn, down, across) => {
        const pattern = Int8Array.from(drawn.values)
        const whole = region.wholeRegion(drawn.width, pattern.length / drawn.width)
        const there = region.shift(pattern, drawn.width, whole, down, across)
        expect(region.shift(there, drawn.width, whole, -down, -across)).toEqual(pattern)
        for (const axis of ['horizontal', 'vertical'] as const) {
          const once = region.mirror(pattern, drawn.width, whole, axis)
          expect(region.mirror(once, drawn.width, whole, axis)).toEqual(pattern)
        }
      }),
    )
  })
})

describe('a part', () => {
  it('lies between two cells, in whichever order', () => {
    const part = { row: 1, column: 0, rows: 2, columns: 3 }
    expect(region.regionBetween({ row: 2, column: 2 }, { row: 1, column: 0 })).toEqual(part)
    expect(region.regionBetween({ row: 1, column: 2 }, { row: 2, column: 0 })).toEqual(part)
  })

  it('is changed alone', () => {
    const part = { row: 1, column: 1, rows: 2, columns: 3 }
    expect(
      show(
        region.mapRegion(F, 4, part, (value) => -value),
        4,
      ),
    ).toEqual(['##..', '####', '###.'])
    expect(show(F, 4)).toEqual(['##..', '#...', '#..#'])
  })

  it('is copied and pasted, cut off at the edge', () => {
    const piece = region.copyRegion(F, 4, { row: 0, column: 0, rows: 2, columns: 2 })
    expect(show(piece.values, piece.width)).toEqual(['##', '#.'])
    const blank = new Int8Array(12).fill(-1)
    expect(show(region.pastePiece(blank, 4, piece, { row: 1, column: 1 }), 4)).toEqual(['....', '.##.', '.#..'])
    expect(show(region.pastePiece(blank, 4, piece, { row: 2, column: 3 }), 4)).toEqual(['....', '....', '...#'])
  })
})

describe('filling', () => {
  it('takes neighbours that share a side, and stops at others', () => {
    const ring = parse(['####', '#..#', '####'])
    expect(show(region.floodFill(ring, 4, { row: 1, column: 1 }, 1), 4)).toEqual(['####', '####', '####'])
    const diagonal = parse(['#...', '.#..', '..#.'])
    expect(show(region.floodFill(diagonal, 4, { row: 2, column: 0 }, 1), 4)).toEqual(['#...', '##..', '###.'])
  })

  it('answers the same array where nothing changes', () => {
    expect(region.floodFill(F, 4, { row: 0, column: 0 }, 1)).toBe(F)
  })
})

describe('blurring', () => {
  it('leaves an even picture as it is, and keeps values within ±1', () => {
    expect([...blur(new Int8Array(30).fill(1), 6, 2)]).toEqual(new Array(30).fill(1))
    const values = blur(F, 4, 1)
    expect(values.every((value) => value >= -1 && value <= 1)).toBe(true)
  })

  it('spreads one cell evenly to all sides', () => {
    const dot = new Int8Array(81).fill(-1)
    dot[40] = 1
    const values = blur(dot, 9, 1)
    expect(values[40]).toBeGreaterThan(values[39])
    const sides = [values[39], values[41], values[31], values[49]]
    for (const side of sides) expect(side).toBeCloseTo(sides[0], 6)
  })
})

describe('a half', () => {
  it.each([
    ['upper', { row: 0, column: 0, rows: 2, columns: 5 }],
    ['lower', { row: 2, column: 0, rows: 1, columns: 5 }],
    ['left', { row: 0, column: 0, rows: 3, columns: 3 }],
    ['right', { row: 0, column: 3, rows: 3, columns: 2 }],
  ] as const)('%s of five by three', (side, half) => {
    expect(region.halfRegion(5, 3, side)).toEqual(half)
  })
})
