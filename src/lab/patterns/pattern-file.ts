/** Patterns and cues as files: the pattern text, or JSON (DESIGN, "Files"). */
import { readFileSync, statSync } from 'node:fs'
import { basename, parse } from 'node:path'
import { flipShare, looksLikeJson, parsePatternJson, parsePatternText, toBipolar, toGrid } from '../../engine'
import type { NamedPattern } from '../../engine'
import { LabError } from '../../shared'
import type { PatternSet } from '../../shared'
import { withEngineErrors } from '../engine-errors'
import { readPatternText, toPatternSet } from './pattern-service'

const MOST_BYTES = 64 * 1024 * 1024

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

/** @throws LabError E_FILE_*, E_PATTERN, E_PATTERN_* */
export function readPatternFile(path: string): PatternSet {
  const set = readSet(path)
  assertNames(set, basename(path))
  return set
}

/** Patterns are asked for, and told, by their names. */
function assertNames({ patterns }: PatternSet, file: string): void {
  const seen = new Set<string>()
  for (const { name } of patterns) {
    if (seen.has(name)) throw new LabError('E_PATTERN_NAME_TWICE', { file, name })
    seen.add(name)
  }
}

function readSet(path: string): PatternSet {
  const text = readText(path)
  const name = basename(path)
  if (!looksLikeJson(text)) return readPatternText(text, parse(path).name)
  const found = withEngineErrors(() => parsePatternJson(text, name))
  if (found.kind !== 'patterns') throw new LabError('E_PATTERN', { name, reason: 'it holds a cue and no patterns' })
  return toPatternSet(found.patterns)
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
  const found = withEngineErrors(() =>
    looksLikeJson(text)
      ? parsePatternJson(text, name)
      : { kind: 'patterns' as const, patterns: parsePatternText(text, parse(path).name) },
  )
  if (found.kind === 'cue') return toBipolar(found.cue.values)
  if (found.patterns.length !== 1) throw new LabError('E_PATTERN', { name, reason: 'a cue is one pattern' })
  return found.patterns[0].values
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
