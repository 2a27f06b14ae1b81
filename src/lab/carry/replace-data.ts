/**
 * A data directory's contents changed for others in one go: what was there is put aside, the new moved in, and only then
 * is the old given a name of its own, under which it stays. Where the process dies between, the next one to open the
 * directory puts the old back, see ./put-aside.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from '../../shared'
import { openConnection } from '../database/connection'
import { isSqliteFailure } from '../database/sqlite-error'
import { ownIdentity } from '../process-identity'
import { CONTENTS } from './data-contents'
import { asideFolder, COMPLETE, moveContents, OLD, putBack } from './put-aside'
import { countRuns } from './snapshot'

export interface Replacement {
  /** Holds the new contents; on the same disk. */
  readonly staging: string
  readonly directory: string
  readonly nativeBinding: string | null
  /** Whether runs that are there may go. */
  readonly replace: boolean
  /** The name of the folder, inside the data directory, in which the old stay; where it is taken, another like it. */
  readonly keepAs: string
}

/**
 * @returns the name of the folder with the old; null: there was nothing
 * @throws LabError E_DATA_IN_USE, E_DATA_PRESENT
 */
export function replaceData({ staging, directory, nativeBinding, replace, keepAs }: Replacement): string | null {
  const release = claimData(directory, nativeBinding, replace)
  const aside = asideFolder(directory)
  let kept: string | null
  try {
    for (const folder of [aside, join(aside, OLD)]) mkdirSync(folder)
    moveContents(directory, join(aside, OLD))
    writeFileSync(join(aside, COMPLETE), '')
    release()
    assertEmpty(directory)
    moveContents(staging, directory)
    kept = keep(aside, directory, keepAs)
  } catch (error) {
    release()
    putBack(directory, aside)
    throw error
  }
  rmSync(aside, { recursive: true, force: true })
  return kept
}

/** A process that had looked before the old were aside may have begun a lab of its own. @throws LabError E_DATA_IN_USE */
function assertEmpty(directory: string): void {
  if (CONTENTS.some((name) => existsSync(join(directory, name)))) throw new LabError('E_DATA_IN_USE', { directory })
}

/** One rename: from there on the new are the data, and nobody puts the old back. */
function keep(aside: string, directory: string, keepAs: string): string | null {
  const old = join(aside, OLD)
  if (!holdsFiles(old)) {
    const forgotten = join(directory, `.staging-${ownIdentity().pid}-0`)
    renameSync(aside, forgotten)
    rmSync(forgotten, { recursive: true, force: true })
    return null
  }
  let name = keepAs
  for (let i = 2; existsSync(join(directory, name)); i++) name = `${keepAs}-${i}`
  renameSync(old, join(directory, name))
  return name
}

function holdsFiles(folder: string): boolean {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => !entry.isDirectory())
}

/**
 * Makes sure that nobody else has the database open: leaving WAL needs it alone, and an exclusive lock keeps newcomers out
 * until it is moved. A database that can't be read is in nobody's use.
 * @returns what lets it go
 */
export function claimData(directory: string, nativeBinding: string | null, replace: boolean): () => void {
  const file = join(directory, 'lab.sqlite')
  if (!existsSync(file)) return () => undefined
  let db
  try {
    db = openConnection({ file, nativeBinding })
  } catch (error) {
    return readFailure(error, directory, replace)
  }
  try {
    db.pragma('busy_timeout = 500')
    const runs = hasTables(db) ? countRuns(db) : 0
    if (runs > 0 && !replace) throw new LabError('E_DATA_PRESENT', { directory, runs })
    if (db.pragma('journal_mode = DELETE', { simple: true }) !== 'delete')
      throw new LabError('E_DATA_IN_USE', { directory })
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    return readFailure(error, directory, replace)
  }
  const claimed = db
  return () => void claimed.close()
}

function hasTables(db: ReturnType<typeof openConnection>): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'runs'").get() !== undefined
}

function readFailure(error: unknown, directory: string, replace: boolean): () => void {
  if (!isSqliteFailure(error)) throw error
  if (/^SQLITE_(BUSY|LOCKED)/.test(error.code)) throw new LabError('E_DATA_IN_USE', { directory }, { cause: error })
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(error.code)) throw error
  if (!replace) throw new LabError('E_DATABASE_CORRUPT', { reason: `${error.message}; --force replaces it` })
  return () => undefined
}
