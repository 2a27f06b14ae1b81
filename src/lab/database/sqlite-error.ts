/** SQLite's errors as the lab's own, where a person can do something about them. */
import { LabError } from '../../shared'

interface SqliteFailure extends Error {
  readonly code: string
}

export function isSqliteFailure(error: unknown): error is SqliteFailure {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')
}

const LACKING = /^no such|^unknown|^malformed|has no column named/

/** What isn't known here stays as it is: a mistake of ours, not a fault of the disk. */
export function fromSqlite(error: unknown, directory: string): unknown {
  if (!isSqliteFailure(error)) return error
  const primary = error.code.split('_').slice(0, 2).join('_')
  const options = { cause: error }
  switch (primary) {
    case 'SQLITE_FULL':
      return new LabError('E_DISK_FULL', {}, options)
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new LabError('E_DATABASE_LOCKED', {}, options)
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return new LabError('E_DATABASE_CORRUPT', { reason: error.message }, options)
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_IOERR':
    case 'SQLITE_PERM':
      return new LabError('E_DATA_DIRECTORY', { directory, reason: `${error.message}, ${error.code}` }, options)
    case 'SQLITE_ERROR':
      // Every statement is compiled by the tests: where one lacks what it names, a byte of the schema has changed.
      return LACKING.test(error.message)
        ? new LabError('E_DATABASE_CORRUPT', { reason: error.message }, options)
        : error
    default:
      return error
  }
}

/** Runs it, and throws what SQLite throws as a LabError. */
export function withLabErrors<Value>(directory: string, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw fromSqlite(error, directory)
  }
}
