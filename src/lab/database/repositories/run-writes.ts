/** What changes a run's row. Every function expects to stand inside a transaction. */
import { LabError, toStoredConfiguration, withRateChange } from '../../../shared'
import type { CorpusSummary, RateChange, RunConfiguration, RunId, RunPatch, RunStatus } from '../../../shared'
import { statement } from '../connection'
import type { Connection } from '../connection'
import type { Lease, NewRun, Resumption, RunProgress } from '../database-api'
import { finiteOrNull } from './finite'
import { findStoredRun } from './run-rows'
import type { StoredRun } from './run-rows'

const INSERT_RUN = `
INSERT INTO runs (run, kind, status, name, corpus, cell, hidden, layers, parameters, vocabulary_size, total_steps, kernel,
  workers, created_at, parent, repeats_digest, repeats_step, lease_pid, lease_started, lease_token, lease_beat)
VALUES (@run, @kind, @status, @name, @corpus, @cell, @hidden, @layers, @parameters, @vocabularySize, @totalSteps, @kernel,
  @workers, @createdAt, @parent, @repeatsDigest, @repeatsStep, @pid, @started, @token, @createdAt)`

export function insertRun(db: Connection, run: NewRun, status: RunStatus, lease: Lease): void {
  const { cell, hidden, layers } = run.configuration
  const { lastInsertRowid } = statement<object>(db, INSERT_RUN).run({
    run: run.run,
    kind: run.kind,
    status,
    name: run.name,
    corpus: run.corpora.map(({ name }) => name).join(' + ') || null,
    cell,
    hidden,
    layers,
    parameters: run.parameters,
    vocabularySize: run.vocabularySize,
    totalSteps: run.totalSteps,
    kernel: run.kernel,
    workers: run.workers,
    createdAt: run.createdAt,
    parent: run.parent ?? null,
    repeatsDigest: run.repeats?.digest ?? null,
    repeatsStep: run.repeats?.step ?? null,
    ...lease,
  })
  const id = Number(lastInsertRowid)
  statement(db, 'INSERT INTO run_details (run_id, configuration, probe, machine, versions) VALUES (?, ?, ?, ?, ?)').run(
    id,
    JSON.stringify(toStoredConfiguration(run.configuration)),
    run.probe,
    JSON.stringify(run.machine),
    JSON.stringify(run.versions),
  )
  insertCorpora(db, id, run.corpora)
  for (const tag of new Set(run.tags)) statement(db, 'INSERT INTO tags (run_id, tag) VALUES (?, ?)').run(id, tag)
}

export function insertCorpora(db: Connection, id: number, corpora: readonly CorpusSummary[]): void {
  corpora.forEach((summary, position) => {
    statement(db, 'INSERT INTO corpora (sha256, size_bytes) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
      summary.sha256,
      summary.sizeBytes,
    )
    statement(db, 'INSERT INTO run_corpora (run_id, position, sha256, summary) VALUES (?, ?, ?, ?)').run(
      id,
      position,
      summary.sha256,
      JSON.stringify(summary),
    )
  })
}

/** The run, if this lease holds it: what every write of a training process begins with. */
export function findHeldRun(db: Connection, run: RunId, token: string, action: string): StoredRun {
  const stored = findStoredRun(db, run)
  if (stored.token === token) return stored
  if (stored.token !== null) throw new LabError('E_RUN_BUSY', { run, pid: stored.pid ?? 0 })
  throw new LabError('E_RUN_STATE', { run, status: stored.status, action })
}

/** The lease stays. */
export function updateStatus(db: Connection, id: number, status: RunStatus, reason: string | null): void {
  statement(db, 'UPDATE runs SET status = ?, reason = ? WHERE id = ?').run(status, reason, id)
}

/** The lease goes, the status is set. */
export function endLease(db: Connection, id: number, status: RunStatus, reason: string | null): void {
  const sql = `UPDATE runs SET status = ?, reason = ?,
    lease_pid = NULL, lease_started = NULL, lease_token = NULL, lease_beat = NULL WHERE id = ?`
  statement(db, sql).run(status, reason, id)
}

export function takeLease(db: Connection, id: number, status: RunStatus, lease: Lease, now: number): void {
  const sql = `UPDATE runs SET status = ?, reason = NULL,
    lease_pid = ?, lease_started = ?, lease_token = ?, lease_beat = ? WHERE id = ?`
  statement(db, sql).run(status, lease.pid, lease.started, lease.token, now, id)
}

export function beatLease(db: Connection, token: string, now: number): void {
  statement(db, 'UPDATE runs SET lease_beat = ? WHERE lease_token = ?').run(now, token)
}

export function updateProgress(db: Connection, id: number, progress: RunProgress): void {
  const sql = `UPDATE runs SET steps = ?, train_loss = ?, validation_loss = ?, best_validation_loss = ?,
    best_step = ?, non_finite = ?,
    characters_per_second = ?, seconds = ? WHERE id = ?`
  const losses = [progress.trainLoss, progress.validationLoss]
  statement(db, sql).run(
    progress.steps,
    finiteOrNull(progress.trainLoss),
    finiteOrNull(progress.validationLoss),
    finiteOrNull(progress.bestValidationLoss),
    progress.bestStep,
    losses.some((loss) => loss !== null && !Number.isFinite(loss)) ? 1 : 0,
    finiteOrNull(progress.charactersPerSecond),
    progress.seconds,
    id,
  )
  if (progress.sample === null) return
  statement(db, 'UPDATE run_details SET sample = ? WHERE run_id = ?').run(progress.sample, id)
}

export function updateResumption(db: Connection, id: number, { step, totalSteps, kernel }: Resumption): void {
  const sql = 'UPDATE runs SET steps = ?, total_steps = ?, kernel = ?, non_finite = 0 WHERE id = ?'
  statement(db, sql).run(step, totalSteps, kernel, id)
}

/** @throws LabError E_INTERNAL for a run without a configuration: nothing trains it */
export function addRateChange(db: Connection, id: number, change: RateChange): void {
  const sql = 'SELECT configuration FROM run_details WHERE run_id = ?'
  const stored = statement<[number], { configuration: string | null }>(db, sql).get(id)?.configuration ?? null
  if (stored === null) throw new LabError('E_INTERNAL', { what: 'a run without a configuration' })
  const changed = withRateChange(JSON.parse(stored) as RunConfiguration, change)
  statement(db, 'UPDATE run_details SET configuration = ? WHERE run_id = ?').run(JSON.stringify(changed), id)
}

export function updateName(db: Connection, id: number, name: string): void {
  statement(db, 'UPDATE runs SET name = ? WHERE id = ?').run(name, id)
}

/** What isn't named stays as it is. */
export function updateRun(db: Connection, id: number, { name, note, starred, archived }: RunPatch): void {
  if (name !== undefined) updateName(db, id, name)
  if (note !== undefined) statement(db, 'UPDATE run_details SET note = ? WHERE run_id = ?').run(note, id)
  const mark = (column: 'starred' | 'archived', isSet: boolean | undefined): void => {
    if (isSet !== undefined) statement(db, `UPDATE runs SET ${column} = ? WHERE id = ?`).run(isSet ? 1 : 0, id)
  }
  mark('starred', starred)
  mark('archived', archived)
}

/** A tag that is there already, or isn't, stays so. */
export function updateTag(db: Connection, id: number, tag: string, isThere: boolean): void {
  const sql = isThere
    ? 'INSERT INTO tags (run_id, tag) VALUES (?, ?) ON CONFLICT DO NOTHING'
    : 'DELETE FROM tags WHERE run_id = ? AND tag = ?'
  statement(db, sql).run(id, tag)
}
