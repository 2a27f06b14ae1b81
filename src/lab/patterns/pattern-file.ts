/** Patterns and cues as files: the pattern text, or JSON (DESIGN, "Files"). */
import { readFileSync, statSync } from 'node:fs'
import { basename, parse } from 'node:path'
import { flipShare, looksLikeJson, parsePatternJson, parsePatternText, toBipolar, toGrid } from '../../engine'
import type { NamedPattern } from '../../engine'
import { LabError } from '../../shared'
import type { PatternSet } from '../../shared'
import { withEngineErrors } from '../engine-errors'
import { collectIncoming } from '../files/incoming'
import type { Incoming, NamedBytes } from '../files/incoming'
import { readPatternText, toPatternSet } from './pattern-service'

const MOST_BYTES = 64 * 1024 * 1024

/** A pattern file or a cue: by its path, or received in full. */
export type PatternChoice = string | NamedBytes

/** One that comes through a pipe. @throws LabError E_FILE_TOO_LARGE, E_FILE_UNREADABLE */
export function receivePattern(incoming: Incoming): Promise<NamedBytes> {
  return collectIncoming(incoming, MOST_BYTES)
}

interface PatternText {
  readonly name: string
  /** What a single pattern without a name is called. */
  readonly fallbackName: string
  readonly text: string
}

function readText(choice: PatternChoice): PatternText {
  if (typeof choice !== 'string') {
    return { name: choice.name, fallbackName: choice.name, text: decode(choice.bytes) }
  }
  const file = basename(choice)
  const found = statSync(choice, { throwIfNoEntry: false })
  if (!found) throw new LabError('E_FILE_MISSING', { file })
  if (!found.isFile()) throw new LabError('E_FILE_NOT_REGULAR', { file })
  if (found.size > MOST_BYTES)
    throw new LabError('E_FILE_TOO_LARGE', { file, size: `${found.size} B`, limit: '64 MiB' })
  try {
    return { name: file, fallbackName: parse(choice).name, text: decode(readFileSync(choice)) }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new LabError('E_FILE_UNREADABLE', { file, reason }, { cause: error })
  }
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .replace(/^\ufeff/, '')
}

/** @throws LabError E_FILE_*, E_PATTERN, E_PATTERN_* */
export function readPatternFile(choice: PatternChoice): PatternSet {
  const content = readText(choice)
  const set = readSet(content)
  assertNames(set, content.name)
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

function readSet({ text, name, fallbackName }: PatternText): PatternSet {
  if (!looksLikeJson(text)) return readPatternText(text, fallbackName)
  const found = withEngineErrors(() => parsePatternJson(text, name))
  if (found.kind !== 'patterns') throw new LabError('E_PATTERN', { name, reason: 'it holds a cue and no patterns' })
  return toPatternSet(found.patterns)
}

/** One pattern of so many cells, or real numbers made bipolar by their sign. @throws LabError E_FILE_*, E_PATTERN */
export function readCueFile(choice: PatternChoice, cells: number): Int8Array {
  const content = readText(choice)
  const cue = readCue(content)
  if (cue.length !== cells) {
    const reason = `it has ${cue.length} cells, and the patterns have ${cells}`
    throw new LabError('E_PATTERN', { name: content.name, reason })
  }
  return cue
}

function readCue({ text, name, fallbackName }: PatternText): Int8Array {
  const found = withEngineErrors(() =>
    looksLikeJson(text)
      ? parsePatternJson(text, name)
      : { kind: 'patterns' as const, patterns: parsePatternText(text, fallbackName) },
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
