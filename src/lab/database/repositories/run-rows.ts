/** Rows of runs: how they are read. */
import { LabError, parseRunFilter, readStoredConfiguration } from '../../../shared'
import type { CorpusSummary, RunDetail, RunId, RunQuery, RunRow } from '../../../shared'
import { statement } from '../connection'
import type { Connection } from '../connection'
import type { Lease } from '../database-api'
import { namesField, toSql } from '../run-filter-sql'

/** A row as it is stored: its key, and the token of whoever holds it. */
export interface StoredRun extends Omit<RunRow, 'tags' | 'here' | 'starred' | 'archived' | 'verdict'> {
  readonly verdict: 0 | 1 | null
  readonly starred: 0 | 1
  readonly archived: 0 | 1
  readonly id: number
  readonly token: string | null
}

/** Tokens of the leases this process holds: by them a row knows that it is `here`. */
export type OwnTokens = ReadonlySet<string>

const COLUMNS = `
  id, run, kind, status, reason, name, corpus, cell, hidden, layers, parameters, vocabulary_size AS vocabularySize,
  steps, total_steps AS totalSteps, train_loss AS trainLoss, validation_loss AS validationLoss,
  best_validation_loss AS bestValidationLoss, best_step AS bestStep, characters_per_second AS charactersPerSecond, seconds, kernel, workers,
  digest, created_at AS createdAt, starred, archived, deleted_at AS deletedAt, parent, verdict,
  lease_pid AS pid, model_step AS modelStep, lease_token AS token`

/** Newest first, by the order in which they were made: a clock may have jumped. */
export const LIST_QUERY = `SELECT ${COLUMNS} FROM runs WHERE deleted_at IS NULL AND archived = 0 ORDER BY id DESC`
/** The newest so many, and every run that a process holds. */
export const NEWEST_QUERY = `SELECT ${COLUMNS} FROM runs WHERE deleted_at IS NULL AND archived = 0 AND (
    id IN (SELECT id FROM runs WHERE deleted_at IS NULL AND archived = 0 ORDER BY id DESC LIMIT ?)
    OR id IN (SELECT id FROM runs WHERE lease_token IS NOT NULL)) ORDER BY id DESC`
const TAGS_QUERY = 'SELECT run_id AS id, tag FROM tags ORDER BY run_id, tag'

export function findStoredRun(db: Connection, run: RunId): StoredRun {
  const found = statement<[RunId], StoredRun>(db, `SELECT ${COLUMNS} FROM runs WHERE run = ?`).get(run)
  if (!found) throw new LabError('E_RUN_UNKNOWN', { run })
  return found
}

export function readRunRow(db: Connection, run: RunId, own: OwnTokens): RunRow {
  const stored = findStoredRun(db, run)
  const tags = statement<[number], { tag: string }>(db, 'SELECT tag FROM tags WHERE run_id = ? ORDER BY tag')
  return asRow(
    stored,
    tags.all(stored.id).map(({ tag }) => tag),
    own,
  )
}

const EVERY_RUN: RunQuery = { filter: '', deleted: false, archived: false }

/** How a list is read: its statement and what is bound to it. @throws LabError E_FILTER_… */
export function listQuery({ filter, deleted, archived, most }: RunQuery): {
  sql: string
  parameters: (string | number)[]
} {
  if (most !== undefined) return { sql: NEWEST_QUERY, parameters: [most] }
  if (filter === '' && !deleted && !archived) return { sql: LIST_QUERY, parameters: [] }
  const parsed = parseRunFilter(filter)
  const { sql, parameters } = toSql(parsed)
  const places = [`deleted_at IS ${deleted ? 'NOT NULL' : 'NULL'}`]
  if (!deleted && !archived && !namesField(parsed, 'archived')) places.push('archived = 0')
  const order = deleted ? 'deleted_at DESC, id DESC' : 'id DESC'
  const where = [...places, `(${sql})`].join(' AND ')
  return { sql: `SELECT ${COLUMNS} FROM runs WHERE ${where} ORDER BY ${order}`, parameters: [...parameters] }
}

/** @throws LabError E_FILTER_… */
export function listRunRows(db: Connection, own: OwnTokens, query: RunQuery = EVERY_RUN): readonly RunRow[] {
  const tagsOf = new Map<number, string[]>()
  for (const { id, tag } of statement<[], { id: number; tag: string }>(db, TAGS_QUERY).all()) {
    const tags = tagsOf.get(id)
    if (tags) tags.push(tag)
    else tagsOf.set(id, [tag])
  }
  const { sql, parameters } = listQuery(query)
  // A filter's statement is as special as the filter: only the usual one is kept.
  const list = sql === LIST_QUERY ? statement<unknown[], StoredRun>(db, sql) : db.prepare<unknown[], StoredRun>(sql)
  const stored = list.all(...parameters)
  return stored.map((row) => asRow(row, tagsOf.get(row.id) ?? [], own))
}

function asRow({ id: _id, token, ...row }: StoredRun, tags: readonly string[], own: OwnTokens): RunRow {
  const { starred, archived, verdict } = row
  return {
    ...row,
    starred: starred === 1,
    archived: archived === 1,
    verdict: verdict === null ? null : verdict === 1 ? 'equal' : 'different',
    tags,
    here: token !== null && own.has(token),
  }
}

interface StoredDetails {
  readonly configuration: string | null
  readonly probe: string | null
  readonly sample: string | null
  readonly note: string
  readonly machine: string
  readonly versions: string
}

export function readRunDetail(db: Connection, run: RunId, own: OwnTokens): RunDetail {
  const row = readRunRow(db, run, own)
  const { id } = findStoredRun(db, run)
  const details = statement<[number], StoredDetails>(
    db,
    'SELECT configuration, probe, sample, note, machine, versions FROM run_details WHERE run_id = ?',
  ).get(id)
  return {
    ...row,
    configuration: configurationOf(details?.configuration ?? null),
    corpora: readSummaries(db, id),
    note: details?.note ?? '',
    probe: details?.probe ?? null,
    sample: details?.sample ?? null,
    machine: fromJson<RunDetail['machine']>(details?.machine ?? '{}'),
    versions: fromJson<RunDetail['versions']>(details?.versions ?? '{}'),
  }
}

function readSummaries(db: Connection, id: number): readonly CorpusSummary[] {
  const sql = 'SELECT summary FROM run_corpora WHERE run_id = ? ORDER BY position'
  return statement<[number], { summary: string }>(db, sql)
    .all(id)
    .map(({ summary }) => fromJson<CorpusSummary>(summary))
}

function configurationOf(stored: string | null): RunDetail['configuration'] {
  return stored === null ? null : readStoredConfiguration(fromJson<object>(stored))
}

/** What this lab wrote itself, under a CHECK that it is JSON. */
function fromJson<Value>(text: string): Value {
  return JSON.parse(text) as Value
}

/** Every lease there is, whoever holds it. */
export function listLeases(db: Connection): readonly Lease[] {
  const sql = `SELECT lease_pid AS pid, lease_started AS started, lease_token AS token
               FROM runs WHERE lease_token IS NOT NULL`
  return statement<[], Lease>(db, sql).all()
}

/** The run that a lease holds; null once it has let go. */
export function findRunOfLease(db: Connection, token: string): RunId | null {
  const sql = 'SELECT run FROM runs WHERE lease_token = ?'
  return statement<[string], { run: RunId }>(db, sql).get(token)?.run ?? null
}

export function readLease(db: Connection, run: RunId): Lease | null {
  const sql = `SELECT lease_pid AS pid, lease_started AS started, lease_token AS token
               FROM runs WHERE run = ? AND lease_token IS NOT NULL`
  return statement<[RunId], Lease>(db, sql).get(run) ?? null
}
