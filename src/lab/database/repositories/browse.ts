/** Thousands of runs looked through: their identifiers in order, and the rows in sight with what only they need. */
import { LabError, parseRunFilter } from '../../../shared'
import type { BrowsedList, BrowsedRow, BrowseQuery, BrowseRequest, RunGroup, RunId, RunSort } from '../../../shared'
import { statement } from '../connection'
import type { Connection } from '../connection'
import { settingOf } from '../migrations/0004-browsing'
import { columnOf, namesField, toSql } from '../run-filter-sql'
import type { SqlCondition } from '../run-filter-sql'
import { groupRuns, readSettingKeys } from './group-runs'
import type { FoundRun } from './group-runs'
import { readSpark } from './points'
import { findStoredRun, readRunRow } from './run-rows'
import type { OwnTokens } from './run-rows'

/** The loss at a step, or at the last before it. */
export const LOSS_AT = `SELECT train_loss FROM points WHERE run_id = runs.id AND step <= ? ORDER BY step DESC LIMIT 1`
const TEXTS_OF = (run: string): string => `(SELECT group_concat(sha256) FROM run_corpora WHERE run_id = ${run})`

/** The same setting and the same texts, another seed. */
export const SIBLINGS = `SELECT runs.run FROM run_details AS mine
  JOIN run_details AS other ON ${settingOf('other.configuration')} = ${settingOf('mine.configuration')}
    AND other.configuration IS NOT NULL
  JOIN runs ON runs.id = other.run_id AND runs.deleted_at IS NULL
  WHERE mine.run_id = ? AND json_extract(other.configuration, '$.seed') <> json_extract(mine.configuration, '$.seed')
    AND ${TEXTS_OF('other.run_id')} IS ${TEXTS_OF('mine.run_id')}
  ORDER BY json_extract(other.configuration, '$.seed'), runs.id`

function sortColumn(key: RunSort): string {
  if (key === 'bestStep') return 'runs.best_step'
  if (key === 'atStep') return `(${LOSS_AT})`
  return columnOf(key)
}

/** What a run's group is known by: a column, or for the setting the run itself. */
const groupColumn = (group: RunGroup): string => (group === 'setting' ? 'runs.id' : columnOf(group))

/** Which runs a query finds, as a condition. @throws LabError E_FILTER_… */
export function conditionOf({ filter, place }: Pick<BrowseQuery, 'filter' | 'place'>): SqlCondition {
  const parsed = parseRunFilter(filter)
  const condition = toSql(parsed)
  const places = [`runs.deleted_at IS ${place === 'bin' ? 'NOT NULL' : 'NULL'}`]
  if (place !== 'bin' && !namesField(parsed, 'archived')) places.push(`runs.archived = ${place === 'archived' ? 1 : 0}`)
  if (filter.trim() === '') return { sql: places.join(' AND '), parameters: [] }
  return { sql: [...places, `(${condition.sql})`].join(' AND '), parameters: condition.parameters }
}

/** @throws LabError E_FILTER_… */
export function browseQuery(query: BrowseQuery): { sql: string; parameters: (string | number)[] } {
  const { sort, group, atStep } = query
  const condition = conditionOf(query)
  const asks = sort.key === 'atStep'
  // Read once, in the inner query; what is null stands last in either direction.
  const grouped =
    group === null ? '' : `, runs.name AS name, runs.best_validation_loss AS best, ${groupColumn(group)} AS grouped`
  const inner = `SELECT runs.id AS id, runs.run AS run, ${sortColumn(sort.key)} AS sorted${grouped}
    FROM runs WHERE ${condition.sql}`
  // SQLite's own collation: names that differ in case alone stand together, without a call a row.
  const order = `sorted IS NULL, sorted COLLATE NOCASE ${sort.descending ? 'DESC' : 'ASC'}, id DESC`
  return {
    sql:
      group === null
        ? `SELECT run FROM (${inner}) ORDER BY ${order}`
        : `SELECT run, grouped, name, best FROM (${inner}) ORDER BY ${order}`,
    parameters: [...(asks ? [atStep ?? Number.MAX_SAFE_INTEGER] : []), ...condition.parameters],
  }
}

/** @throws LabError E_FILTER_… */
export function browseRuns(db: Connection, own: OwnTokens, query: BrowseRequest): BrowsedList {
  const { sql, parameters } = browseQuery(query)
  const asked = db.prepare(sql)
  if (query.group === null) {
    const runs = asked.pluck().all(...parameters) as RunId[]
    return { runs: runs.join(' '), count: runs.length, groups: [], rows: firstRows(db, own, runs, query) }
  }
  const found = asked.raw().all(...parameters) as RawFound[]
  const { runs, groups } = groupRuns(query.group === 'setting' ? bySetting(db, found) : found.map(byValue))
  return { runs: runs.join(' '), count: runs.length, groups, rows: firstRows(db, own, runs, query) }
}

type RawFound = [run: string, grouped: string | number | null, name: string, best: number | null]
const byValue = ([run, value, , best]: RawFound): FoundRun => ({ run, key: value, value, best })

/** A setting is told by the name of the first run that has it. */
function bySetting(db: Connection, found: readonly RawFound[]): readonly FoundRun[] {
  const settings = readSettingKeys(db)
  return found.map(([run, id, name, best]) => {
    const key = settings.get(id as number) ?? null
    return { run, key, value: key === null ? null : name, best }
  })
}

function firstRows(db: Connection, own: OwnTokens, runs: readonly RunId[], { rows = 0, atStep }: BrowseRequest) {
  return readBrowsedRows(db, own, runs.slice(0, rows), atStep)
}

export function listSiblings(db: Connection, run: RunId): readonly RunId[] {
  return statement<[number], { run: RunId }>(db, SIBLINGS)
    .all(findStoredRun(db, run).id)
    .map((sibling) => sibling.run)
}

const EXTRAS = `SELECT (${LOSS_AT}) AS atStep,
  json_extract(configuration, '$.seed') AS seed, json_extract(configuration, '$.learningRate') AS learningRate
  FROM runs LEFT JOIN run_details ON run_details.run_id = runs.id WHERE runs.id = ?`
type Extras = Pick<BrowsedRow, 'atStep' | 'seed' | 'learningRate'>

/** In the order asked for; a run that is gone is left out. */
export function readBrowsedRows(
  db: Connection,
  own: OwnTokens,
  runs: readonly RunId[],
  atStep: number | null,
): readonly BrowsedRow[] {
  const extras = statement<[number, number], Extras>(db, EXTRAS)
  const siblings = statement<[number], { count: number }>(db, `SELECT COUNT(*) AS count FROM (${SIBLINGS})`)
  return runs.flatMap((run) => {
    const row = rowOf(db, run, own)
    if (row === null) return []
    const { id } = findStoredRun(db, run)
    const found = extras.get(atStep ?? Number.MAX_SAFE_INTEGER, id)
    return {
      ...row,
      atStep: atStep === null ? null : (found?.atStep ?? null),
      seed: found?.seed ?? null,
      learningRate: found?.learningRate ?? null,
      seeds: siblings.get(id)?.count ?? 0,
      spark: readSpark(db, id),
    }
  })
}

function rowOf(db: Connection, run: RunId, own: OwnTokens) {
  try {
    return readRunRow(db, run, own)
  } catch (error) {
    if (error instanceof LabError && error.code === 'E_RUN_UNKNOWN') return null
    throw error
  }
}
