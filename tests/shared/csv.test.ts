/** Tables as text that spreadsheets and programs read back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../src/shared'

/** The other half, as RFC 4180 has it; used by these tests alone. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/g)) {
    rows[rows.length - 1].push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
    if (end === '') break
  }
  return rows.slice(0, -1)
}

describe('writeCsv', () => {
  it('keeps every finite number to its last bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (numbers) => {
        const [, ...rows] = readCsv(
          writeCsv(
            ['x'],
            numbers.map((x) => [x]),
          ),
        )
        expect(rows.map(([x]) => Number(x))).toEqual(numbers)
      }),
    )
  })

  it('keeps text with commas, quotes and line ends, and disarms formulas', () => {
    const text = writeCsv(
      ['name', 'note'],
      [
        ['a,b "c"\nd', '=SUM(A1)'],
        ['한글', null],
      ],
    )
    expect(readCsv(text)).toEqual([
      ['name', 'note'],
      ['a,b "c"\nd', "'=SUM(A1)"],
      ['한글', ''],
    ])
    expect(text.endsWith('\r\n')).toBe(true)
  })

  it('leaves a cell empty where there is no number', () => {
    expect(writeCsv(['x', 'y'], [[NaN, -0]])).toBe('x,y\r\n,-0\r\n')
  })
})
