/**
 * Patterns as text: a line `# name` starts a pattern, then rows of equal length; `#`, `1`, `+`, `■` are +1 and `.`, `0`,
 * `-`, `□` are −1. A name line has a space after `#`; blank lines and CRLF are passed over.
 */
import { EngineError } from '../error'

export interface GridPattern {
  readonly name: string
  readonly width: number
  readonly height: number
  /** Row-major, ±1. */
  readonly values: Int8Array
}

const ON = '#1+■'
const OFF = '.0-□'
const MOST_CELLS = 65536

interface Draft {
  readonly name: string
  readonly rows: string[]
}

/** @param fallbackName the name of a file's only pattern when it has none. @throws EngineError E_PATTERN_… naming the line */
export function parsePatternText(text: string, fallbackName: string): GridPattern[] {
  const drafts: Draft[] = []
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, index) => {
      if (line.trim() === '') return
      const name = /^#\s+(.*\S)\s*$/.exec(line)
      if (name) {
        drafts.push({ name: name[1], rows: [] })
        return
      }
      const row = line.trimEnd()
      assertRow(row, index + 1, fallbackName)
      if (drafts.length === 0) drafts.push({ name: fallbackName, rows: [] })
      drafts[drafts.length - 1].rows.push(row)
    })
  if (drafts.length === 0) throw new EngineError('E_PATTERN_EMPTY', { name: fallbackName })
  return drafts.map((draft) => toGrid(draft.name, draft.rows))
}

function assertRow(row: string, line: number, name: string): void {
  for (const cell of row) {
    if (ON.includes(cell) || OFF.includes(cell)) continue
    throw new EngineError('E_PATTERN_CELL', { name, line, cell })
  }
}

const [HASH, ONE, PLUS, SQUARE] = Array.from(ON, (cell) => cell.charCodeAt(0))
const isOnCode = (code: number): boolean => code === HASH || code === ONE || code === PLUS || code === SQUARE
/** The second half of a character beyond the basic plane: it is no cell by itself. */
const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff

function countCells(row: string): number {
  let count = row.length
  for (let i = 0; i < row.length; i++) if (isLowSurrogate(row.charCodeAt(i))) count -= 1
  return count
}

/** @param rows of cells, all of one length. @throws EngineError E_PATTERN_EMPTY, E_PATTERN_RAGGED, E_PATTERN_TOO_LARGE */
export function toGrid(name: string, rows: readonly string[]): GridPattern {
  const width = rows.length === 0 ? 0 : countCells(rows[0])
  const height = rows.length
  if (width === 0) throw new EngineError('E_PATTERN_EMPTY', { name })
  rows.forEach((row, i) => {
    const count = countCells(row)
    if (count === width) return
    throw new EngineError('E_PATTERN_RAGGED', { name, row: i + 1, count, width })
  })
  if (width * height > MOST_CELLS) {
    throw new EngineError('E_PATTERN_TOO_LARGE', { name, count: width * height, limit: MOST_CELLS })
  }
  return { name, width, height, values: cellValues(rows, width * height) }
}

/** Code by code, without an array a row: a hundred patterns of 256 × 256 are read before a recall begins. */
function cellValues(rows: readonly string[], cells: number): Int8Array {
  const values = new Int8Array(cells)
  let at = 0
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) {
      const code = row.charCodeAt(i)
      if (!isLowSurrogate(code)) values[at++] = isOnCode(code) ? 1 : -1
    }
  }
  return values
}

/** Rows of `#` and `.`. */
export function toRows(values: Int8Array, width: number): string[] {
  const rows: string[] = []
  for (let at = 0; at < values.length; at += width) {
    rows.push(Array.from(values.subarray(at, at + width), (value) => (value > 0 ? '#' : '.')).join(''))
  }
  return rows
}

export function printPatternText(
  patterns: readonly { readonly name: string; readonly rows: readonly string[] }[],
): string {
  return patterns.map(({ name, rows }) => `# ${name}\n${rows.join('\n')}\n`).join('\n')
}
