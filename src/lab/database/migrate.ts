/**
 * Brings a database to this version's format: all pending migrations in one transaction, after a backup of what was
 * there. A database of a newer version is refused before anything is written.
 */
import { renameSync, rmSync } from 'node:fs'
import { LabError } from '../../shared'
import { immediately, userVersion } from './connection'
import type { Connection } from './connection'
import { MIGRATIONS } from './migrations'
import type { Migration } from './migrations'

export function newestVersion(migrations: readonly Migration[] = MIGRATIONS): number {
  return migrations.reduce((most, { version }) => Math.max(most, version), 0)
}

export function refuseNewer(found: number, known: number = newestVersion()): void {
  if (found > known) throw new LabError('E_DATABASE_NEWER', { found, known })
}

/** Where the database as it was before a migration from that version is kept. */
export function backupFile(file: string, version: number): string {
  return `${file}.version-${version}.backup`
}

export function migrate(db: Connection, file: string, migrations: readonly Migration[] = MIGRATIONS): void {
  const found = userVersion(db)
  refuseNewer(found, newestVersion(migrations))
  if (found === newestVersion(migrations)) return
  if (found > 0) backUp(db, backupFile(file, found))
  immediately(db, () => {
    const current = userVersion(db) // another process may have been quicker
    refuseNewer(current, newestVersion(migrations))
    for (const migration of migrations) {
      if (migration.version <= current) continue
      migration.up(db)
      db.pragma(`user_version = ${migration.version}`)
    }
  })
}

function backUp(db: Connection, target: string): void {
  const unfinished = `${target}.${process.pid}.tmp`
  rmSync(unfinished, { force: true })
  db.prepare('VACUUM INTO ?').run(unfinished)
  renameSync(unfinished, target)
}
