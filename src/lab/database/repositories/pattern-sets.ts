/** A person's own sets of patterns. */
import { randomUUID } from 'node:crypto'
import { LabError } from '../../../shared'
import type { PatternSet, PatternSetInfo } from '../../../shared'
import type { RemovedPatternSet } from '../database-api'
import { statement } from '../connection'
import type { Connection } from '../connection'

interface StoredSet {
  readonly patternSet: string
  readonly title: string
  readonly width: number
  readonly height: number
  readonly count: number
}

const INFO = 'pattern_set AS patternSet, title, width, height, pattern_count AS count'

function asInfo({ patternSet, title, width, height, count }: StoredSet): PatternSetInfo {
  return { id: patternSet, bundled: false, title: { en: title, ko: title }, width, height, count }
}

export function listPatternSets(db: Connection): readonly PatternSetInfo[] {
  return statement<[], StoredSet>(db, `SELECT ${INFO} FROM pattern_sets ORDER BY id`).all().map(asInfo)
}

export function openPatternSet(db: Connection, id: string): PatternSet | null {
  const sql = 'SELECT width, height, patterns FROM pattern_sets WHERE pattern_set = ?'
  const found = statement<[string], { width: number; height: number; patterns: string }>(db, sql).get(id)
  if (!found) return null
  const { width, height, patterns } = found
  return { width, height, patterns: JSON.parse(patterns) as PatternSet['patterns'] }
}

/** Under a new id for null; an id that isn't there is refused. */
export function savePatternSet(db: Connection, id: string | null, title: string, set: PatternSet): PatternSetInfo {
  const key = id ?? randomUUID()
  const { width, height, patterns } = set
  const values = { key, title, width, height, count: patterns.length, patterns: JSON.stringify(patterns) }
  const sql =
    id === null
      ? `INSERT INTO pattern_sets (pattern_set, title, width, height, pattern_count, patterns)
         VALUES (@key, @title, @width, @height, @count, @patterns)`
      : `UPDATE pattern_sets SET title = @title, width = @width, height = @height, pattern_count = @count,
         patterns = @patterns WHERE pattern_set = @key`
  const { changes } = statement<object>(db, sql).run(values)
  if (changes === 0) throw new LabError('E_PATTERN_SET_UNKNOWN', { id: key })
  return asInfo({ patternSet: key, title, width, height, count: patterns.length })
}

export function renamePatternSet(db: Connection, id: string, title: string): PatternSetInfo {
  const sql = `UPDATE pattern_sets SET title = ? WHERE pattern_set = ? RETURNING ${INFO}`
  const found = statement<[string, string], StoredSet>(db, sql).get(title, id)
  if (!found) throw new LabError('E_PATTERN_SET_UNKNOWN', { id })
  return asInfo(found)
}

/** Takes a set out whole, with its place in the list. */
export function removePatternSet(db: Connection, id: string): RemovedPatternSet {
  const sql = `DELETE FROM pattern_sets WHERE pattern_set = ? RETURNING id AS place, ${INFO}, patterns`
  const found = statement<[string], RemovedPatternSet>(db, sql).get(id)
  if (!found) throw new LabError('E_PATTERN_SET_UNKNOWN', { id })
  return found
}

/** Puts a removed set back as it was; where its place was given away since, it comes last. */
export function restorePatternSet(db: Connection, removed: RemovedPatternSet): PatternSetInfo {
  const sql = `INSERT INTO pattern_sets (id, pattern_set, title, width, height, pattern_count, patterns)
    VALUES ((SELECT @place WHERE NOT EXISTS (SELECT 1 FROM pattern_sets WHERE id = @place)),
      @patternSet, @title, @width, @height, @count, @patterns)`
  statement<object>(db, sql).run(removed)
  return asInfo(removed)
}
