/**
 * Patterns and cues as JSON: `{ width, height, patterns: [{ name, rows }] }`, or a cue of real numbers,
 * `{ values: [[…], …] }`. Fields nobody knows are passed over.
 */
import { EngineError } from '../error'
import { toGrid } from './pattern-text'
import type { GridPattern } from './pattern-text'

/** A cue of real numbers. */
export interface RealCue {
  readonly width: number
  readonly height: number
  /** Row-major, finite. */
  readonly values: Float64Array
}

export type PatternJson =
  | { readonly kind: 'patterns'; readonly patterns: readonly GridPattern[] }
  | { readonly kind: 'cue'; readonly cue: RealCue }

/** Whether a file's text is JSON and no pattern text, which never begins with a brace. */
export function looksLikeJson(text: string): boolean {
  return text.trimStart().startsWith('{')
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @param name of the file, for sentences. @throws EngineError E_PATTERN_… naming what is wrong */
export function parsePatternJson(text: string, name: string): PatternJson {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    throw new EngineError('E_PATTERN_JSON', { name, what: 'a bracket, comma or quote' })
  }
  if (!isObject(json)) throw new EngineError('E_PATTERN_JSON', { name, what: '{ }' })
  if ('patterns' in json) return { kind: 'patterns', patterns: readPatterns(json, name) }
  if ('values' in json) return { kind: 'cue', cue: readValues(json.values, name) }
  throw new EngineError('E_PATTERN_JSON', { name, what: '"patterns", "values"' })
}

function readPatterns(json: Record<string, unknown>, file: string): GridPattern[] {
  const { width, height, patterns } = json
  const wrong = (what: string): never => {
    throw new EngineError('E_PATTERN_JSON', { name: file, what: `"${what}"` })
  }
  for (const [what, value] of Object.entries({ width, height })) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) return wrong(what)
  }
  if (!Array.isArray(patterns)) return wrong('patterns')
  if (patterns.length === 0) throw new EngineError('E_PATTERN_EMPTY', { name: file })
  return patterns.map((entry: unknown, i) => {
    if (!isObject(entry) || typeof entry.name !== 'string') return wrong(`patterns.${i}.name`)
    const { name, rows } = entry
    if (!Array.isArray(rows) || !rows.every((row): row is string => typeof row === 'string')) {
      return wrong(`patterns.${i}.rows`)
    }
    assertCells(rows, name)
    const grid = toGrid(name, rows)
    if (grid.width !== width || grid.height !== height) {
      const wanted = { wantedWidth: Number(width), wantedHeight: Number(height) }
      throw new EngineError('E_PATTERN_SIZE', { name, width: grid.width, height: grid.height, ...wanted })
    }
    return grid
  })
}

const CELLS = '#1+■.0-□'

function assertCells(rows: readonly string[], name: string): void {
  rows.forEach((row, i) => {
    for (const cell of row) {
      if (CELLS.includes(cell)) continue
      throw new EngineError('E_PATTERN_CELL', { name, line: i + 1, cell })
    }
  })
}

function readValues(values: unknown, name: string): RealCue {
  const refuse = (): never => {
    throw new EngineError('E_PATTERN_VALUES', { name })
  }
  const isRow = (row: unknown): row is number[] =>
    Array.isArray(row) && row.length > 0 && row.every((x) => typeof x === 'number' && Number.isFinite(x))
  if (!Array.isArray(values) || values.length === 0 || !values.every(isRow)) {
    return refuse()
  }
  const width = values[0].length
  if (values.some((row) => row.length !== width)) return refuse()
  return { width, height: values.length, values: Float64Array.from(values.flat()) }
}
