/**
 * A whole data directory in one file, while others go on writing to it: the database as it is at one moment (VACUUM INTO
 * reads it in one transaction), its checkpoints' files and texts. A run that trains thins its checkpoints meanwhile, so
 * its files are linked aside before the database is read and again after it, and should it have overtaken both, all is
 * read once more; what is gone even so is taken out of the copy, and nobody holds a run in it.
 */
import { copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
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

const MOST_ATTEMPTS = 5

/** @param staging a folder on the same disk as the data directory; the caller removes it */
export function takeSnapshot(directory: string, nativeBinding: string | null, staging: string): DataSnapshot {
  return withLabErrors(directory, () => {
    for (let attempt = 1; ; attempt++) {
      const snapshot = attemptSnapshot(directory, nativeBinding, staging, attempt === MOST_ATTEMPTS)
      if (snapshot !== null) return snapshot
    }
  })
}

/** @returns null if a run that trains has left nothing to go on from, unless this is the last attempt */
function attemptSnapshot(
  directory: string,
  nativeBinding: string | null,
  staging: string,
  isLast: boolean,
): DataSnapshot | null {
  const copy = join(staging, 'lab.sqlite')
  const asideOf = (file: string): string => join(staging, 'files', file)
  const source = openConnection({ file: join(directory, 'lab.sqlite'), nativeBinding })
  try {
    for (const file of filesOfHeldRuns(source, directory)) setAside(join(directory, file), asideOf(file))
    rmSync(copy, { force: true })
    source.prepare('VACUUM INTO ?').run(copy)
  } finally {
    source.close()
  }
  const db = openConnection({ file: copy, nativeBinding })
  try {
    db.pragma('journal_mode = DELETE') // one file, without a log beside it
    const files = new Map<string, string>()
    for (const file of listFiles(db)) {
      const aside = asideOf(file)
      if (setAside(join(directory, file), aside)) files.set(file, aside)
    }
    const there = new Set(files.keys())
    if (!isLast && isOvertaken(db, there)) return null
    settleRows(db, there)
    return { database: copy, files, runs: countRuns(db) }
  } finally {
    db.close()
  }
}

/** All that lies in the folders of runs that somebody trains. */
function filesOfHeldRuns(db: Connection, directory: string): string[] {
  const held = statement<[], { run: string }>(db, 'SELECT run FROM runs WHERE lease_token IS NOT NULL').all()
  return held.flatMap(({ run }) => {
    const folder = join(directory, 'models', run)
    if (!existsSync(folder)) return []
    const whole = readdirSync(folder).filter((name) => /\.(safetensors|state)$/.test(name))
    return whole.map((name) => `models/${run}/${name}`)
  })
}

/** Whether a run had checkpoints to go on from, and not one of them is there in full. */
function isOvertaken(db: Connection, there: ReadonlySet<string>): boolean {
  const kept = new Map<string, boolean>()
  const rows = statement<[], { run: string; model: string; state: string }>(
    db,
    `SELECT run, model, state FROM checkpoints JOIN runs ON runs.id = run_id
     WHERE state IS NOT NULL AND lease_token IS NOT NULL`,
  ).all()
  for (const { run, model, state } of rows) {
    const isThere = there.has(`models/${run}/${model}`) && there.has(`models/${run}/${state}`)
    kept.set(run, isThere || (kept.get(run) ?? false))
  }
  return [...kept.values()].includes(false)
}

/** @returns whether it is there */
function setAside(file: string, aside: string): boolean {
  if (existsSync(aside)) return true
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
