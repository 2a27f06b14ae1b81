/** Patterns and cues as files: the pattern text, or JSON (DESIGN, "Files"). */
import { readFileSync, statSync } from 'node:fs'
import { basename, parse } from 'node:path'
import * as v from 'valibot'
import { flipShare, parsePatternText, toBipolar, toGrid, toRows } from '../../engine'
import type { NamedPattern } from '../../engine'
import { LabError } from '../../shared'
import type { PatternSet } from '../../shared'
import { withEngineErrors } from '../engine-errors'
import { readPatternText } from './pattern-service'

const MOST_BYTES = 64 * 1024 * 1024

const JsonPatternsSchema = v.object({
  width: v.pipe(v.number(), v.integer(), v.minValue(1)),
  height: v.pipe(v.number(), v.integer(), v.minValue(1)),
  patterns: v.pipe(v.array(v.object({ name: v.string(), rows: v.array(v.string()) })), v.minLength(1)),
})
const JsonCueSchema = v.object({ values: v.pipe(v.array(v.array(v.pipe(v.number(), v.finite()))), v.minLength(1)) })

function readText(path: string): string {
  const file = basename(path)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new LabError('E_FILE_MISSING', { file })
  if (!found.isFile()) throw new LabError('E_FILE_NOT_REGULAR', { file })
  if (found.size > MOST_BYTES)
    throw new LabError('E_FILE_TOO_LARGE', { file, size: `${found.size} B`, limit: '64 MiB' })
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new LabError('E_FILE_UNREADABLE', { file, reason }, { cause: error })
  }
}

function readJson(text: string, name: string): unknown {
  if (!text.trimStart().startsWith('{')) return null
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new LabError('E_PATTERN', { name, reason: 'it begins like JSON and is none' }, { cause: error })
  }
}

/** @throws LabError E_FILE_*, E_PATTERN */
export function readPatternFile(path: string): PatternSet {
  const text = readText(path)
  const json = readJson(text, basename(path))
  if (json === null) return readPatternText(text, parse(path).name)
  const parsed = v.safeParse(JsonPatternsSchema, json)
  if (!parsed.success) {
    const where = v.getDotPath(parsed.issues[0]) ?? 'patterns'
    throw new LabError('E_PATTERN', { name: basename(path), reason: `its ${where} is wrong` })
  }
  const { width, height, patterns } = parsed.output
  return {
    width,
    height,
    patterns: patterns.map(({ name, rows }) => {
      const grid = withEngineErrors(() => toGrid(name, rows))
      if (grid.width !== width || grid.height !== height) {
        throw new LabError('E_PATTERN', {
          name,
          reason: `it is ${grid.width} × ${grid.height}, not ${width} × ${height}`,
        })
      }
      return { name, rows: toRows(grid.values, width) }
    }),
  }
}

/** One pattern of so many cells, or real numbers made bipolar by their sign. @throws LabError E_FILE_*, E_PATTERN */
export function readCueFile(path: string, cells: number): Int8Array {
  const cue = readCue(path)
  if (cue.length !== cells) {
    const reason = `it has ${cue.length} cells, and the patterns have ${cells}`
    throw new LabError('E_PATTERN', { name: basename(path), reason })
  }
  return cue
}

function readCue(path: string): Int8Array {
  const text = readText(path)
  const name = basename(path)
  const json = readJson(text, name)
  if (json === null) {
    const grids = withEngineErrors(() => parsePatternText(text, parse(path).name))
    if (grids.length !== 1) throw new LabError('E_PATTERN', { name, reason: 'a cue is one pattern' })
    return grids[0].values
  }
  const parsed = v.safeParse(JsonCueSchema, json)
  if (!parsed.success) throw new LabError('E_PATTERN', { name, reason: 'a cue in JSON holds rows of finite "values"' })
  const { values } = parsed.output
  if (values.some((row) => row.length !== values[0].length || row.length === 0)) {
    throw new LabError('E_PATTERN', { name, reason: 'its rows are of unequal length' })
  }
  return toBipolar(values.flat())
}

/** The set as the engine stores it. */
export function toNamedPatterns({ patterns }: PatternSet): NamedPattern[] {
  return patterns.map(({ name, rows }) => ({ name, values: toGrid(name, rows).values }))
}

/** A stored pattern with a share of its neurons turned over. @throws LabError E_PATTERN_UNKNOWN */
export function spoilPattern({ patterns }: PatternSet, name: string, share: number, seed: number): Int8Array {
  const pattern = patterns.find((candidate) => candidate.name === name)
  if (!pattern) throw new LabError('E_PATTERN_UNKNOWN', { name, names: patterns.map((one) => one.name).join(', ') })
  return flipShare(toGrid(name, pattern.rows).values, share, seed)
}
