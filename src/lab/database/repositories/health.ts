/** What the database says of itself. */
import { statement } from '../connection'
import type { Connection } from '../connection'

/** How many faults are told; one is enough to act on. */
const MOST_FAULTS = 20

/** What is wrong; nothing when all is well. */
export function check(db: Connection, full: boolean): readonly string[] {
  const pragma = full ? 'integrity_check' : 'quick_check'
  const answers = db.pragma(`${pragma}(${MOST_FAULTS})`) as readonly Record<string, string>[]
  const faults = answers.map((answer) => answer[pragma]).filter((answer) => answer !== 'ok')
  return full ? [...faults, ...danglingRows(db)] : faults
}

function danglingRows(db: Connection): readonly string[] {
  const answers = db.pragma('foreign_key_check') as readonly { table: string; rowid: number | null; parent: string }[]
  return answers
    .slice(0, MOST_FAULTS)
    .map(({ table, rowid, parent }) => `row ${rowid ?? '?'} of ${table} belongs to nothing in ${parent}`)
}

/** Another number whenever another connection has written. */
export function dataVersion(db: Connection): number {
  return db.pragma('data_version', { simple: true }) as number
}

export function sqliteVersion(db: Connection): string {
  return statement<[], { version: string }>(db, 'SELECT sqlite_version() AS version').get()?.version ?? 'unknown'
}
