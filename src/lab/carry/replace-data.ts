/**
 * A data directory's contents changed for others in one go: what was there is put aside, the new moved in, and only then
 * is the old removed, or kept in a folder of its own. Where the process dies between, the next one to open the directory puts the old back.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from '../../shared'
import { openConnection } from '../database/connection'
import { isSqliteFailure } from '../database/sqlite-error'
import { isAlive, ownIdentity } from '../process-identity'
import type { ProcessIdentity } from '../process-identity'
import { CONTENTS } from './data-contents'
import { countRuns } from './snapshot'

export interface Replacement {
  /** Holds the new contents; on the same disk. */
  readonly staging: string
  readonly directory: string
  readonly nativeBinding: string | null
  /** Whether runs that are there may go. */
  readonly replace: boolean
  /** The name of the folder, inside the data directory, in which the old stay; null: they are removed. */
  readonly keepAs: string | null
}

const ASIDE = /^\.before-restore-\d+$/
/** Who is at it; and, once it is there, that all of the old is aside and what lies in its place is new. */
const OWNER = 'owner.json'
const COMPLETE = 'complete'

/** @returns whether there is a folder with the old now. @throws LabError E_DATA_IN_USE, E_DATA_PRESENT */
export function replaceData({ staging, directory, nativeBinding, replace, keepAs }: Replacement): boolean {
  const release = claimData(directory, nativeBinding, replace)
  const aside = join(directory, `.before-restore-${ownIdentity().pid}`)
  mkdirSync(aside)
  try {
    writeFileSync(join(aside, OWNER), JSON.stringify(ownIdentity()))
    moveContents(directory, aside)
    writeFileSync(join(aside, COMPLETE), '')
    release()
    moveContents(staging, directory)
  } catch (error) {
    release()
    putBack(directory, aside)
    throw error
  }
  return keepAs === null ? discard(aside) : keep(aside, join(directory, keepAs))
}

function moveContents(from: string, to: string): void {
  for (const name of CONTENTS) {
    if (existsSync(join(from, name))) renameSync(join(from, name), join(to, name))
  }
}

/** What was aside is of no use any more: from this name on nobody puts it back. */
function discard(aside: string): false {
  const old = aside.replace('.before-restore-', '.staging-').concat('-0')
  renameSync(aside, old)
  rmSync(old, { recursive: true, force: true })
  return false
}

/** From this name on they are a data directory of their own, which nobody puts back. */
function keep(aside: string, folder: string): boolean {
  if (!CONTENTS.some((name) => existsSync(join(aside, name)))) return discard(aside)
  renameSync(aside, folder)
  for (const name of [OWNER, COMPLETE]) rmSync(join(folder, name), { force: true })
  return true
}

function putBack(directory: string, aside: string): void {
  const isComplete = existsSync(join(aside, COMPLETE))
  for (const name of CONTENTS) {
    const isAside = existsSync(join(aside, name))
    if (!isAside && !isComplete) continue // it had not been moved yet
    rmSync(join(directory, name), { recursive: true, force: true })
    if (isAside) renameSync(join(aside, name), join(directory, name))
  }
  rmSync(aside, { recursive: true, force: true })
}

/** Of a process that died before the new was in place. */
export function recoverReplacedData(directory: string): void {
  for (const name of readdirSync(directory)) {
    if (!ASIDE.test(name)) continue
    const owner = readOwner(join(directory, name, OWNER))
    if (owner === null || !isAlive(owner)) putBack(directory, join(directory, name))
  }
}

/** null: it died before it could say who it is, and so before it moved anything. */
function readOwner(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity
  } catch {
    return null
  }
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
