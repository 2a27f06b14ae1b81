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

/** @param fallbackName the name of a file's only pattern when it has none. @throws EngineError E_PATTERN naming the line */
export function parsePatternText(text: string, fallbackName: string): GridPattern[] {
  const drafts: Draft[] = []
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
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
  if (drafts.length === 0)
    throw new EngineError('E_PATTERN', { name: fallbackName, reason: 'there is no pattern in it' })
  return drafts.map((draft) => toGrid(draft.name, draft.rows))
}

function assertRow(row: string, line: number, name: string): void {
  for (const cell of row) {
    if (ON.includes(cell) || OFF.includes(cell)) continue
    throw new EngineError('E_PATTERN', {
      name,
      reason: `line ${line} holds ${JSON.stringify(cell)}; a cell is one of ${ON} or ${OFF}`,
    })
  }
}

/** @param rows of cells, all of one length. @throws EngineError E_PATTERN */
export function toGrid(name: string, rows: readonly string[]): GridPattern {
  const cells = rows.map((row) => [...row])
  const width = cells[0]?.length ?? 0
  if (width === 0) throw new EngineError('E_PATTERN', { name, reason: 'it has no rows' })
  const uneven = cells.findIndex((row) => row.length !== width)
  if (uneven >= 0) {
    throw new EngineError('E_PATTERN', {
      name,
      reason: `row ${uneven + 1} has ${cells[uneven].length} cells, the first has ${width}`,
    })
  }
  if (width * cells.length > MOST_CELLS) {
    throw new EngineError('E_PATTERN', { name, reason: `${width * cells.length} cells are more than ${MOST_CELLS}` })
  }
  return {
    name,
    width,
    height: cells.length,
    values: Int8Array.from(cells.flat(), (cell) => (ON.includes(cell) ? 1 : -1)),
  }
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
