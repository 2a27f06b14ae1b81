/** Points as CSV: every bit comes back, and what is no such table is refused by its line. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePoints, PointsReader } from '../../../src/lab/carry/points-csv'
import type { PackedPoints } from '../../../src/lab/database/database-api'
import type { ErrorCode, ErrorDetails } from '../../../src/shared'
import { errorOf } from '../support/errors'

const FIRST_HEADER = 'step,trainLoss,validationLoss,gradientNorm,learningRate,charactersPerSecond,nonFinite'
const HEADER = `${FIRST_HEADER},minTrainLoss,maxTrainLoss`

function read(bytes: Uint8Array, piece = bytes.length || 1): PackedPoints {
  const reader = new PointsReader()
  for (let at = 0; at < bytes.length; at += piece) reader.write(bytes.subarray(at, at + piece))
  return reader.end()
}

describe('points', () => {
  it('come back bit by bit, however the text is cut', () => {
    const value = fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.constant(Number.NaN))
    const row = fc.tuple(
      value,
      value,
      value,
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      value,
      fc.nat(1),
      value,
      value,
    )
    fc.assert(
      fc.property(fc.array(row, { maxLength: 50 }), fc.integer({ min: 1, max: 40 }), (rows, piece) => {
        const column = (at: number): Float64Array => Float64Array.from(rows, (cells) => cells[at])
        const points: PackedPoints = {
          step: Float64Array.from(rows, (_, i) => i * 7),
          trainLoss: column(0),
          validationLoss: column(1),
          gradientNorm: column(2),
          learningRate: column(3),
          charactersPerSecond: column(4),
          nonFinite: Uint8Array.from(rows, (cells) => cells[5]),
          minTrainLoss: column(6),
          maxTrainLoss: column(7),
        }
        fc.pre(points.minTrainLoss.some(Number.isFinite))
        expect(read(Buffer.concat(encodePoints(points)), piece)).toEqual(points)
      }),
      { numRuns: 300, seed: 20273 },
    )
  })

  it('of an earlier version have no ranges, and points without ranges are written as it wrote them', () => {
    const first = `${FIRST_HEADER}\n1,2.5,,1,0.1,,0\n2,2.25,2.4,1,0.1,9,0\n`
    const points = read(Buffer.from(first))
    expect(points.trainLoss).toEqual(Float64Array.of(2.5, 2.25))
    expect(points.minTrainLoss).toEqual(Float64Array.of(NaN, NaN))
    expect(points.maxTrainLoss).toEqual(Float64Array.of(NaN, NaN))
    expect(Buffer.concat(encodePoints(points)).toString()).toBe(first)
  })

  const wrongValue = (line: string, column: string, value: string): [string, ErrorCode, ErrorDetails] => [
    `${FIRST_HEADER}\n${line}\n`,
    'E_BUNDLE_POINTS_VALUE',
    { line: 2, column, value },
  ]
  it.each<[string, ErrorCode, ErrorDetails]>([
    ['', 'E_BUNDLE_POINTS_HEADER', { header: HEADER }],
    ['step,loss\n', 'E_BUNDLE_POINTS_HEADER', { header: HEADER }],
    [`${FIRST_HEADER}\n1,2,3\n`, 'E_BUNDLE_POINTS_LINE', { line: 2, found: 3, needed: 7 }],
    [`${HEADER}\n1,2,3\n`, 'E_BUNDLE_POINTS_LINE', { line: 2, found: 3, needed: 9 }],
    [`${HEADER}\n1,,,,0.1,,0,x,\n`, 'E_BUNDLE_POINTS_VALUE', { line: 2, column: 'minTrainLoss', value: '"x"' }],
    [`${FIRST_HEADER}\n1,,,,0.1,,0\n1,,,,0.1,,0\n`, 'E_BUNDLE_POINTS_ORDER', { line: 3, step: 1, before: 1 }],
    [`${FIRST_HEADER}\n1.5,,,,0.1,,0\n`, 'E_BUNDLE_POINTS_ORDER', { line: 2, step: 1.5 }],
    wrongValue('1,NaN,,,0.1,,0', 'trainLoss', '"NaN"'),
    wrongValue('1,=1+1,,,0.1,,0', 'trainLoss', '"=1+1"'),
    wrongValue('1,1e999,,,0.1,,0', 'trainLoss', '"1e999"'),
    wrongValue('1,,,,,,0', 'learningRate', '""'),
    wrongValue('1,,,,0.1,,2', 'nonFinite', '"2"'),
  ])('%j is refused', (text, code, details) => {
    expect(() => read(Buffer.from(text))).toThrow(errorOf(code, details) as Error)
  })
})
