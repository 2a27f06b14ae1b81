/** The shelf's order, names and window; patterns at another size; what each rule bears. */
import { describe, expect, it } from 'vitest'
import { capacityOf, meanOverlap, randomOverlap } from '../../../src/renderer/rooms/recall/memory/capacity'
import { energyTex } from '../../../src/renderer/rooms/recall/memory/rule-formulas'
import { scalePattern } from '../../../src/renderer/rooms/recall/memory/scale-pattern'
import { limitOf, placesOf } from '../../../src/renderer/rooms/recall/memory/signed-scale'
import {
  assertRoom,
  MOST_PATTERNS,
  moveOnShelf,
  renameOnShelf,
  setAllStored,
  shelfEntry,
} from '../../../src/renderer/rooms/recall/memory/shelf'
import type { Shelf } from '../../../src/renderer/rooms/recall/memory/shelf'
import { rowsInSight } from '../../../src/renderer/rooms/recall/memory/use-list-window'
import { errorOf, failureOf } from '../../lab/support/errors'

const shelf: Shelf = ['a', 'b', 'c'].map((name) => shelfEntry({ name, rows: ['#'] }, false))
const names = (given: Shelf): string => given.map(({ pattern }) => pattern.name).join('')

describe('the shelf', () => {
  it.each([
    ['c', 0, 'cab'],
    ['a', 1, 'bac'],
    ['a', 2, 'bca'],
    ['a', 99, 'bca'],
    ['b', -5, 'bac'],
    ['x', 0, 'abc'],
  ])('moves %s to place %d', (name, to, order) => expect(names(moveOnShelf(shelf, name, to))).toBe(order))

  it('renames in place and keeps the very cells', () => {
    const next = renameOnShelf(shelf, 'b', '한글 “%” 🧠')
    expect(next.map(({ pattern }) => pattern.name)).toEqual(['a', '한글 “%” 🧠', 'c'])
    expect(next[1].values).toBe(shelf[1].values)
  })

  it('is switched on as a whole', () => {
    expect(setAllStored(shelf, true).every(({ stored }) => stored)).toBe(true)
  })

  it(`holds ${MOST_PATTERNS} patterns and no more`, () => {
    expect(() => assertRoom(shelf, MOST_PATTERNS - 3)).not.toThrow()
    expect(failureOf(() => assertRoom(shelf, MOST_PATTERNS - 2))).toEqual(errorOf('E_PATTERNS_TOO_MANY'))
  })

  it('has only the rows in sight in the document, whatever its length', () => {
    expect(rowsInSight(0, 500, 50, 1000)).toEqual({ from: 0, to: 14 })
    expect(rowsInSight(25_000, 500, 50, 1000)).toEqual({ from: 496, to: 514 })
    expect(rowsInSight(49_500, 500, 50, 1000)).toEqual({ from: 986, to: 1000 })
    expect(rowsInSight(49_500, 500, 50, 3)).toEqual({ from: 0, to: 3 })
    expect(rowsInSight(0, 500, 50, 0)).toEqual({ from: 0, to: 0 })
  })
})

describe('a pattern at another size', () => {
  const cells = (text: string) =>
    Int8Array.from(
      [...text].filter((c) => c !== '/'),
      (c) => (c === '#' ? 1 : -1),
    )
  it.each([
    ['#./.#', 2, 2, 4, 4, '##../##../..##/..##'],
    ['##../##../..##/..##', 4, 4, 2, 2, '#./.#'],
    ['#./.#', 2, 2, 2, 2, '#./.#'],
    ['#..', 3, 1, 1, 3, '././.'],
    ['#.', 2, 1, 1, 1, '#'],
    ['#..#', 2, 2, 3, 1, '###'],
  ])('%s of %d × %d becomes %d × %d', (from, w, h, toW, toH, expected) => {
    expect(Array.from(scalePattern(cells(from), w, h, toW, toH))).toEqual(Array.from(cells(expected)))
  })
})

describe('what a rule bears', () => {
  const load = (rule: Parameters<typeof capacityOf>[0]['rule'], N: number, degree = 3) =>
    capacityOf({ rule, degree }, N).load

  it('is what theory says', () => {
    expect(load('hebbian', 100)).toBe(0.138)
    expect(load('storkey', 256)).toBeCloseTo(0.3003, 4)
    expect(load('pseudo-inverse', 9)).toBe(1)
    expect(load('modern', 9)).toBeNull()
    expect(load('dense', 256, 2)).toBeCloseTo(1 / (2 * Math.log(256)), 12)
    expect(load('dense', 256, 3)).toBeCloseTo(256 / (2 * 3 * Math.log(256)), 10)
    expect(load('dense', 256, 4)).toBeCloseTo(256 ** 2 / (2 * 15 * Math.log(256)), 8)
  })

  it('is less where patterns are alike, which the mean overlap tells', () => {
    expect(randomOverlap(256)).toBeCloseTo(0.0499, 4)
    expect(meanOverlap(Float64Array.of(1, -0.5, -0.5, 1), 2)).toBe(0.5)
    expect(meanOverlap(Float64Array.of(1), 1)).toBe(0)
  })
})

describe('what is written of a rule', () => {
  it('has the bias in its energy only where there is one', () => {
    expect(energyTex({ rule: 'storkey', bias: 'hebbian' })).toContain('b^')
    expect(energyTex({ rule: 'storkey', bias: 'none' })).not.toContain('b^')
    expect(energyTex({ rule: 'dense', bias: 'hebbian' })).toBe(energyTex({ rule: 'dense', bias: 'none' }))
  })

  it('has as many digits as its scale needs', () => {
    expect(limitOf(Float64Array.of(0.01, -0.25))).toBe(0.25)
    expect(limitOf(new Float64Array(3))).toBe(1)
    expect([1, 0.25, 0.0117, 4.6e-5].map(placesOf)).toEqual([2, 3, 4, 7])
  })
})
