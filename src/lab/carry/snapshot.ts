/**
 * A whole data directory in one file, while others go on writing to it: the database as it is at one moment (VACUUM INTO
 * reads it in one transaction), its checkpoints' files and texts. Files are linked aside at once, since a run that trains
 * thins its checkpoints meanwhile; what is gone even so is taken out of the copy, and nobody holds a run in it.
 */
import { copyFileSync, existsSync, linkSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openConnection, statement } from '../database/connection'
import type { Connection } from '../database/connection'
import { listFiles } from '../database/repositories/checkpoints'
import { withLabErrors } from '../database/sqlite-error'

export interface DataSnapshot {
  /** Absolute path of the database's copy. */
  readonly database: string
  /** From a path inside the data directory to where the file lies now. */
  readonly files: ReadonlyMap<string, string>
  readonly runs: number
}

/** @param staging a folder on the same disk as the data directory; the caller removes it */
export function takeSnapshot(directory: string, nativeBinding: string | null, staging: string): DataSnapshot {
  return withLabErrors(directory, () => {
    const copy = join(staging, 'lab.sqlite')
    const source = openConnection({ file: join(directory, 'lab.sqlite'), nativeBinding })
    try {
      source.prepare('VACUUM INTO ?').run(copy)
    } finally {
      source.close()
    }
    const db = openConnection({ file: copy, nativeBinding })
    try {
      db.pragma('journal_mode = DELETE') // one file, without a log beside it
      const files = new Map<string, string>()
      for (const file of listFiles(db)) {
        const aside = join(staging, 'files', file)
        if (setAside(join(directory, file), aside)) files.set(file, aside)
      }
      settleRows(db, new Set(files.keys()))
      return { database: copy, files, runs: countRuns(db) }
    } finally {
      db.close()
    }
  })
}

/** @returns whether it is there */
function setAside(file: string, aside: string): boolean {
  mkdirSync(dirname(aside), { recursive: true })
  try {
    linkSync(file, aside)
    return true
  } catch {
    // A disk without hard links, or a file that is gone by now.
  }
  if (!existsSync(file)) return false
  try {
    copyFileSync(file, aside)
    return true
  } catch (error) {
    rmSync(aside, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

function settleRows(db: Connection, there: ReadonlySet<string>): void {
  db.transaction(() => {
    db.exec(`UPDATE runs SET status = 'interrupted', reason = NULL, lease_pid = NULL, lease_started = NULL,
      lease_token = NULL, lease_beat = NULL WHERE lease_token IS NOT NULL`)
    const rows = statement<[], { id: number; run: string; step: number; model: string; state: string | null }>(
      db,
      'SELECT run_id AS id, run, step, model, state FROM checkpoints JOIN runs ON runs.id = run_id',
    ).all()
    for (const { id, run, step, model, state } of rows) {
      if (!there.has(`models/${run}/${model}`)) {
        statement(db, 'DELETE FROM checkpoints WHERE run_id = ? AND step = ?').run(id, step)
      } else if (state !== null && !there.has(`models/${run}/${state}`)) {
        statement(db, 'UPDATE checkpoints SET state = NULL WHERE run_id = ? AND step = ?').run(id, step)
      }
    }
    db.exec(`UPDATE runs SET (model_step, digest) =
      (SELECT step, digest FROM checkpoints WHERE run_id = runs.id ORDER BY step DESC LIMIT 1)
      WHERE model_step IS NOT (SELECT MAX(step) FROM checkpoints WHERE run_id = runs.id)`)
  })()
}

export function countRuns(db: Connection): number {
  return statement<[], { n: number }>(db, 'SELECT count(*) AS n FROM runs').get()?.n ?? 0
}
