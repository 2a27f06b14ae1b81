/** What experiments are made from and what they found. Every write expects to stand inside a transaction. */
import { seedOf } from '../../../shared'
import type { ExperimentRequest, ExperimentSummary, KeptExperiment, RunId, RunStatus } from '../../../shared'
import { statement } from '../connection'
import type { Connection } from '../connection'
import type { ExperimentState, Lease, NewExperiment } from '../database-api'
import { findStoredRun } from './run-rows'

const INSERT_RUN = `
INSERT INTO runs (run, kind, status, name, total_steps, workers, created_at,
  lease_pid, lease_started, lease_token, lease_beat)
VALUES (@run, @kind, @status, @name, @totalTrials, @workers, @createdAt, @pid, @started, @token, @createdAt)`

export function insertExperiment(db: Connection, made: NewExperiment, status: RunStatus, lease: Lease): void {
  const { run, name, settings, totalTrials, workers, createdAt, machine, versions } = made
  const values = { run, kind: settings.kind, status, name, totalTrials, workers, createdAt, ...lease }
  const { lastInsertRowid } = statement<object>(db, INSERT_RUN).run(values)
  const id = Number(lastInsertRowid)
  statement(db, 'INSERT INTO run_details (run_id, machine, versions) VALUES (?, ?, ?)').run(
    id,
    JSON.stringify(machine),
    JSON.stringify(versions),
  )
  insertFindings(db, id, { settings, result: null })
}

/** Of a run whose row is there. */
export function insertFindings(db: Connection, id: number, made: Pick<KeptExperiment, 'settings' | 'result'>): void {
  const { settings, result } = made
  const sql = 'INSERT INTO experiments (run_id, settings, seed, result) VALUES (?, ?, ?, ?)'
  const found = result === null ? null : JSON.stringify(result)
  statement(db, sql).run(id, JSON.stringify(settings), seedOf(settings), found)
}

export function updateExperiment(db: Connection, id: number, { trials, seconds, result }: ExperimentState): void {
  statement(db, 'UPDATE runs SET steps = ?, seconds = ? WHERE id = ?').run(trials, seconds, id)
  statement(db, 'UPDATE experiments SET result = ? WHERE run_id = ?').run(JSON.stringify(result), id)
}

interface Stored {
  readonly settings: string
  readonly seed: number
  readonly result: string | null
}

/** null for a run that is no experiment. @throws LabError E_RUN_UNKNOWN */
export function readExperiment(db: Connection, run: RunId): KeptExperiment | null {
  const { id, status, steps, totalSteps } = findStoredRun(db, run)
  const sql = 'SELECT settings, seed, result FROM experiments WHERE run_id = ?'
  const stored = statement<[number], Stored>(db, sql).get(id)
  if (!stored) return null
  return {
    run,
    status,
    settings: JSON.parse(stored.settings) as ExperimentRequest,
    seed: stored.seed,
    trials: steps,
    totalTrials: totalSteps ?? steps,
    result: stored.result === null ? null : (JSON.parse(stored.result) as ExperimentSummary),
  }
}
