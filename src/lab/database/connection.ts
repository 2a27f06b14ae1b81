/** The one connection of a process: how it is opened, and what every statement goes through. */
import Database from 'better-sqlite3'
import { foldText } from './run-filter-sql'

export type Connection = Database.Database

export interface ConnectionChoice {
  readonly file: string
  /** Another native binding than the packaged one; null: the packaged one. */
  readonly nativeBinding: string | null
}

/** How long a statement waits for another process's write, in milliseconds. */
const BUSY_TIMEOUT_MS = 5000

/**
 * Ten thousand rows of the list with their details, and a page of points of each of them (40 MB): what is looked through
 * again and again, and with less room would push itself out at every look.
 */
const CACHE_KIBIBYTES = 64 * 1024

export function openConnection({ file, nativeBinding }: ConnectionChoice): Connection {
  const db = new Database(file, bindingOption(nativeBinding))
  try {
    db.pragma('auto_vacuum = INCREMENTAL') // says nothing once there is a first page, which WAL writes
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    db.pragma(`cache_size = -${CACHE_KIBIBYTES}`)
    db.function('fold', { deterministic: true }, (text: unknown) => (typeof text === 'string' ? foldText(text) : null))
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** The format's version of an existing file, read without changing a byte of it. */
export function readVersion({ file, nativeBinding }: ConnectionChoice): number {
  const db = new Database(file, { readonly: true, fileMustExist: true, ...bindingOption(nativeBinding) })
  try {
    return userVersion(db)
  } finally {
    db.close()
  }
}

export function userVersion(db: Connection): number {
  return db.pragma('user_version', { simple: true }) as number
}

/** `timeout` is SQLite's busy_timeout. */
function bindingOption(nativeBinding: string | null): { timeout: number; nativeBinding?: string } {
  return { timeout: BUSY_TIMEOUT_MS, ...(nativeBinding === null ? {} : { nativeBinding }) }
}

const statements = new WeakMap<Connection, Map<string, Database.Statement>>()

/** A statement, compiled once a connection. */
export function statement<Parameters extends unknown[] | object = unknown[], Row = unknown>(
  db: Connection,
  sql: string,
): Database.Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row> {
  let known = statements.get(db)
  if (!known) statements.set(db, (known = new Map()))
  let found = known.get(sql)
  if (!found) known.set(sql, (found = db.prepare(sql)))
  return found as unknown as Database.Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row>
}

/** A transaction that takes the write lock at once, so that it never has to give up half-way. */
export function immediately<Value>(db: Connection, work: () => Value): Value {
  return db.transaction(work).immediate()
}

/** The same, on the disk when it returns: it survives a loss of power, not only the end of the process. */
export function durably<Value>(db: Connection, work: () => Value): Value {
  db.pragma('synchronous = FULL')
  try {
    return immediately(db, work)
  } finally {
    db.pragma('synchronous = NORMAL')
  }
}
