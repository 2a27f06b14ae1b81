/** Rows that join a checkpoint's files to its run. */
import { statement } from '../connection'
import type { Connection } from '../connection'
import type { CheckpointRow, CheckpointThinning } from '../database-api'
import { finiteOrNull } from './finite'

export function writeCheckpoint(db: Connection, id: number, checkpoint: CheckpointRow): void {
  const { step, model, state, validationLoss, digest } = checkpoint
  const sql = `INSERT OR REPLACE INTO checkpoints (run_id, step, model, state, validation_loss, digest)
               VALUES (?, ?, ?, ?, ?, ?)`
  statement(db, sql).run(id, step, model, state, finiteOrNull(validationLoss), digest)
  statement(db, 'UPDATE runs SET verdict = (repeats_digest = ?) WHERE id = ? AND repeats_step = ?').run(
    digest,
    id,
    step,
  )
  followNewest(db, id)
}

export function listCheckpoints(db: Connection, id: number): readonly CheckpointRow[] {
  const sql = `SELECT step, model, state, validation_loss AS validationLoss, digest
               FROM checkpoints WHERE run_id = ? ORDER BY step`
  return statement<[number], CheckpointRow>(db, sql).all(id)
}

export function thinCheckpoints(db: Connection, id: number, { forgotten, parametersOnly }: CheckpointThinning): void {
  for (const step of forgotten) {
    statement(db, 'DELETE FROM checkpoints WHERE run_id = ? AND step = ?').run(id, step)
  }
  for (const step of parametersOnly) {
    statement(db, 'UPDATE checkpoints SET state = NULL WHERE run_id = ? AND step = ?').run(id, step)
  }
  followNewest(db, id)
}

export function dropCheckpointsAfter(db: Connection, id: number, step: number): void {
  statement(db, 'DELETE FROM checkpoints WHERE run_id = ? AND step > ?').run(id, step)
  followNewest(db, id)
}

/** The row of the list names the newest model and its digest. */
function followNewest(db: Connection, id: number): void {
  const sql = `UPDATE runs SET (model_step, digest) =
    (SELECT step, digest FROM checkpoints WHERE run_id = runs.id ORDER BY step DESC LIMIT 1) WHERE id = ?`
  statement(db, sql).run(id)
}

/** Every file that belongs to a run or a text, relative to the data directory. */
export function listFiles(db: Connection): readonly string[] {
  const sql = `
    SELECT 'models/' || run || '/' || model AS file FROM checkpoints JOIN runs ON runs.id = run_id
    UNION SELECT 'models/' || run || '/' || state FROM checkpoints JOIN runs ON runs.id = run_id WHERE state IS NOT NULL
    UNION SELECT 'corpora/' || sha256 FROM corpora
    ORDER BY file`
  return statement<[], { file: string }>(db, sql)
    .all()
    .map(({ file }) => file)
}

/** Of a run that has come to an end and isn't in the bin; one that was cut off keeps what it may have to fall back on. */
const ENDED = "lease_token IS NULL AND deleted_at IS NULL AND status IN ('finished', 'stopped', 'diverged')"
/** Neither the last, the best (the earlier of two equals) nor the first. */
const BETWEEN = `step <> 0 AND step <> model_step AND step IS NOT coalesce(
  (SELECT best.step FROM checkpoints AS best WHERE best.run_id = checkpoints.run_id AND best.step = best_step),
  (SELECT best.step FROM checkpoints AS best WHERE best.run_id = checkpoints.run_id AND best.validation_loss IS NOT NULL
    ORDER BY best.validation_loss, best.step LIMIT 1))`

interface EndedCheckpoint {
  readonly id: number
  readonly run: string
  readonly step: number
  readonly model: string
  readonly state: string | null
  readonly isBetween: 0 | 1
}

/** What isn't the last is of no use to going on: its state may go, and where it is between, its parameters too. */
function listThinnable(db: Connection): readonly EndedCheckpoint[] {
  const sql = `SELECT run_id AS id, run, step, model, state, (${BETWEEN}) AS isBetween
    FROM checkpoints JOIN runs ON runs.id = run_id
    WHERE ${ENDED} AND step <> model_step AND (state IS NOT NULL OR ${BETWEEN}) ORDER BY run_id, step`
  return statement<[], EndedCheckpoint>(db, sql).all()
}

const filesOf = ({ run, model, state, isBetween }: EndedCheckpoint): string[] => [
  ...(isBetween === 1 ? [`models/${run}/${model}`] : []),
  ...(state === null ? [] : [`models/${run}/${state}`]),
]

/** Relative to the data directory. */
export function listIntermediate(db: Connection): readonly string[] {
  return listThinnable(db).flatMap(filesOf)
}

/** The same, and they are in no row any more. */
export function forgetIntermediate(db: Connection): readonly string[] {
  const thinnable = listThinnable(db)
  for (const { id, step, isBetween } of thinnable) {
    const sql =
      isBetween === 1
        ? 'DELETE FROM checkpoints WHERE run_id = ? AND step = ?'
        : 'UPDATE checkpoints SET state = NULL WHERE run_id = ? AND step = ?'
    statement(db, sql).run(id, step)
  }
  return thinnable.flatMap(filesOf)
}
