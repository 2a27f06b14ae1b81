/** The bin: what is deleted stays for a while, then goes for good, and its space with it. */
import { LabError } from '../../../shared'
import type { RunId } from '../../../shared'
import type { ProcessIdentity } from '../../process-identity'
import { statement } from '../connection'
import type { Connection } from '../connection'
import type { PurgedRuns } from '../database-api'
import { findStoredRun, readLease } from './run-rows'
import { endLease } from './run-writes'

/** @throws LabError E_RUN_STATE while a living process holds it, E_RUN_DELETED where it lies there already */
export function deleteRun(db: Connection, run: RunId, now: number, lives: (holder: ProcessIdentity) => boolean): void {
  const stored = findStoredRun(db, run)
  if (stored.deletedAt !== null) throw new LabError('E_RUN_DELETED', { run })
  const holder = readLease(db, run)
  if (holder && lives(holder)) {
    throw new LabError('E_RUN_STATE', { run, status: stored.status, action: 'be deleted' })
  }
  if (holder) endLease(db, stored.id, 'interrupted', null)
  statement(db, 'UPDATE runs SET deleted_at = ? WHERE id = ?').run(now, stored.id)
}

/** @throws LabError E_RUN_STATE */
export function restoreRun(db: Connection, run: RunId): void {
  const stored = findStoredRun(db, run)
  if (stored.deletedAt === null) {
    throw new LabError('E_RUN_STATE', { run, status: 'not in the bin', action: 'be restored' })
  }
  statement(db, 'UPDATE runs SET deleted_at = NULL WHERE id = ?').run(stored.id)
}

export const PURGED_QUERY = 'SELECT run FROM runs WHERE deleted_at < ?'
const UNUSED_CORPORA = 'NOT EXISTS (SELECT 1 FROM run_corpora WHERE run_corpora.sha256 = corpora.sha256)'

/** Rows alone: the caller removes the files after. At most so many at once: whoever trains waits for it. */
export function purgeRuns(db: Connection, before: number, most = Number.MAX_SAFE_INTEGER): PurgedRuns {
  const runs = statement<[number, number], { run: RunId }>(db, `${PURGED_QUERY} LIMIT ?`).all(before, most)
  if (runs.length === 0) return { runs: [], corpora: [] }
  for (const { run } of runs) statement(db, 'DELETE FROM runs WHERE run = ?').run(run)
  const corpora = statement<[], { sha256: string }>(db, `SELECT sha256 FROM corpora WHERE ${UNUSED_CORPORA}`).all()
  statement(db, `DELETE FROM corpora WHERE ${UNUSED_CORPORA}`).run()
  return { runs: runs.map(({ run }) => run), corpora: corpora.map(({ sha256 }) => sha256) }
}

export function giveBackPages(db: Connection, most: number): number {
  db.pragma(`incremental_vacuum(${Math.floor(most)})`)
  return db.pragma('freelist_count', { simple: true }) as number
}
