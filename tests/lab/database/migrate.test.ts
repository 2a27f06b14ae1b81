/** The database's format: brought up to date in one step, kept before, never changed by an older lab. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openConnection, userVersion } from '../../../src/lab/database/connection'
import type { Connection } from '../../../src/lab/database/connection'
import { createDatabaseApi } from '../../../src/lab/database/create-database-api'
import { backupFile, migrate, newestVersion } from '../../../src/lab/database/migrate'
import { MIGRATIONS } from '../../../src/lab/database/migrations'
import type { Migration } from '../../../src/lab/database/migrations'
import { openDatabase } from '../../../src/lab/database/open-database'
import { LabError } from '../../../src/shared'
import { newLease, newRun, openTestDatabase, point, progress } from '../support/database'
import { errorOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')
const open = (file: string): Connection => openConnection({ file, nativeBinding: null })
const NEXT = newestVersion() + 1

const addColumn: Migration = { version: NEXT, up: (db) => void db.exec('ALTER TABLE runs ADD COLUMN colour TEXT') }
const failing: Migration = {
  version: NEXT,
  up: (db) => {
    db.exec('CREATE TABLE half_done (a INTEGER) STRICT')
    throw new Error('no further')
  },
}

function schemaOf(db: Connection): unknown[] {
  return db.prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').all()
}

describe('migrations', () => {
  it('make a fresh file, in WAL mode, with strict tables that give space back', () => {
    const { db } = openTestDatabase()
    expect(userVersion(db)).toBe(newestVersion())
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2)
    const tables = db.pragma('table_list') as { name: string; schema: string; strict: 0 | 1; type: string }[]
    const own = tables.filter(({ name, schema }) => schema === 'main' && !name.startsWith('sqlite_'))
    expect(own.length).toBeGreaterThan(5)
    expect(own.filter(({ strict }) => strict !== 1)).toEqual([])
  })

  it('are numbered one after the other', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, i) => i + 1))
  })

  it('bring what an older version wrote along', () => {
    const file = join(temporaryDirectory(), 'lab.sqlite')
    const db = open(file)
    onTestFinished(() => void db.close())
    migrate(db, file, MIGRATIONS.slice(0, 1))
    db.exec(`
      INSERT INTO runs (id, run, kind, status, name, cell, hidden, validation_loss, created_at)
        VALUES (7, 'old', 'training', 'finished', 'an old run', 'lstm', 8, 1.5, 3);
      INSERT INTO run_details (run_id, configuration, machine, versions) VALUES (7, NULL, '{}', '{}');
      INSERT INTO tags (run_id, tag) VALUES (7, 'kept');`)
    migrate(db, file)
    const api = createDatabaseApi({ db, directory: file, now: () => 0 })
    const kept = { starred: false, archived: false, deletedAt: null, parent: null, note: '' }
    expect(api.showRun('old')).toMatchObject({ name: 'an old run', validationLoss: 1.5, tags: ['kept'], ...kept })
    const fresh = openTestDatabase()
    expect(schemaOf(db)).toEqual(schemaOf(fresh.db))
  })

  it('find the best step of earlier runs in their checkpoints, else in their points, and give no point a range', () => {
    const file = join(temporaryDirectory(), 'lab.sqlite')
    const db = open(file)
    onTestFinished(() => void db.close())
    migrate(db, file, MIGRATIONS.slice(0, 7))
    const digest = 'd'.repeat(64)
    db.exec(`
      INSERT INTO runs (id, run, kind, status, name, best_validation_loss, created_at) VALUES
        (1, 'kept', 'training', 'finished', 'a', 1.25, 3), (2, 'thinned', 'training', 'finished', 'b', 1.5, 4),
        (3, 'untested', 'training', 'finished', 'c', NULL, 5);
      INSERT INTO run_details (run_id, machine, versions) VALUES (1, '{}', '{}'), (2, '{}', '{}'), (3, '{}', '{}');
      INSERT INTO points (run_id, step, train_loss, validation_loss, learning_rate, non_finite) VALUES
        (1, 1510, 1, 1.25, 0.1, 0), (1, 2010, 1, 1.5, 0.1, 0), (2, 1010, 1, 2, 0.1, 0), (2, 1210, 1, 1.5, 0.1, 0);
      INSERT INTO checkpoints (run_id, step, model, validation_loss, digest) VALUES
        (1, 1500, 'm', 1.25, '${digest}'), (1, 2000, 'm', 1.5, '${digest}'), (3, 40, 'm', NULL, '${digest}');`)
    migrate(db, file)
    const api = createDatabaseApi({ db, directory: file, now: () => 0 })
    expect(['kept', 'thinned', 'untested'].map((run) => api.showRun(run).bestStep)).toEqual([1500, 1210, null])
    expect(api.readPoints('kept')[0]).toMatchObject({ minTrainLoss: null, maxTrainLoss: null })
    const { minTrainLoss, smoothed } = api.readComparedCurve('kept', 100, 0)
    expect([...minTrainLoss]).toEqual([NaN, NaN])
    expect([...smoothed]).toEqual([1, 1])
  })

  it('change nothing when they run a second time', () => {
    const { db, file } = openTestDatabase()
    const before = schemaOf(db)
    db.pragma('wal_checkpoint(TRUNCATE)')
    const bytes = sha256(file)
    migrate(db, file)
    db.pragma('wal_checkpoint(TRUNCATE)')
    expect(schemaOf(db)).toEqual(before)
    expect(sha256(file)).toBe(bytes)
    expect(existsSync(backupFile(file, newestVersion()))).toBe(false)
  })

  it('keep a copy of what was there before, which is whole and has its rows', () => {
    const { db, api, file } = openTestDatabase()
    api.createRun(newRun('before'), 'running', newLease())
    migrate(db, file, [...MIGRATIONS, addColumn])
    expect(userVersion(db)).toBe(NEXT)
    const copy = open(backupFile(file, newestVersion()))
    expect(userVersion(copy)).toBe(newestVersion())
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(copy.prepare('SELECT run FROM runs').all()).toEqual([{ run: 'before' }])
    copy.close()
  })

  it('leave nothing of one that fails', () => {
    const { db, file } = openTestDatabase()
    const before = schemaOf(db)
    expect(() => migrate(db, file, [...MIGRATIONS, failing])).toThrow('no further')
    expect(schemaOf(db)).toEqual(before)
    expect(userVersion(db)).toBe(newestVersion())
  })
})

describe('opening', () => {
  function fileOf(fill: (db: Connection) => void): string {
    const file = join(temporaryDirectory(), 'lab.sqlite')
    const db = open(file)
    fill(db)
    db.close()
    return file
  }

  it('refuses a database of a newer version and changes no byte of it', () => {
    const file = fileOf((db) => {
      migrate(db, db.name)
      db.pragma(`user_version = ${NEXT}`)
    })
    const before = sha256(file)
    expect(() => openDatabase({ file, nativeBinding: null }, 'here')).toThrow(
      errorOf('E_DATABASE_NEWER', { found: NEXT, known: newestVersion() }) as Error,
    )
    expect(sha256(file)).toBe(before)
  })

  it('tells a file that is no database, and leaves it', () => {
    const file = join(temporaryDirectory(), 'lab.sqlite')
    writeFileSync(file, 'this is a letter, not a database. '.repeat(100))
    const before = sha256(file)
    expect(() => openDatabase({ file, nativeBinding: null }, 'here')).toThrow(errorOf('E_DATABASE_CORRUPT') as Error)
    expect(sha256(file)).toBe(before)
  })

  it('tells a directory that stands in its place', () => {
    const file = join(temporaryDirectory(), 'lab.sqlite')
    mkdirSync(file)
    expect(() => openDatabase({ file, nativeBinding: null }, 'here')).toThrow(errorOf('E_DATA_DIRECTORY') as Error)
  })

  it('finds pages that were overwritten when it is asked to look', () => {
    const file = fileOf((db) => {
      migrate(db, db.name)
      const api = createDatabaseApi({ db, directory: '', now: () => 0 })
      const lease = newLease()
      api.createRun(newRun('r'), 'running', lease)
      api.appendPoints(
        'r',
        lease.token,
        Array.from({ length: 20_000 }, (_, i) => point(i + 1)),
        progress(2000),
      )
    })
    const bytes = readFileSync(file)
    const pages = bytes.length / 4096
    bytes.fill(0x5a, Math.floor(pages * 0.75) * 4096, bytes.length - 4096)
    writeFileSync(file, bytes)
    const db = openDatabase({ file, nativeBinding: null }, 'here')
    const api = createDatabaseApi({ db, directory: 'here', now: () => 0 })
    expect(api.check(false)).not.toEqual([])
    expect(() => api.readPoints('r')).toThrow(errorOf('E_DATABASE_CORRUPT') as Error)
    db.close()
  })

  it('answers damage of any kind by success or by an error, never by a crash', () => {
    const whole = readFileSync(
      fileOf((db) => {
        migrate(db, db.name)
        const api = createDatabaseApi({ db, directory: '', now: () => 0 })
        api.createRun(newRun('r'), 'running', newLease())
      }),
    )
    const file = join(temporaryDirectory(), 'lab.sqlite')
    const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    })
    let refused = 0
    fc.assert(
      fc.property(flips, fc.option(fc.nat(whole.length)), (changes, cut) => {
        const bytes = Buffer.from(whole)
        for (const [at, mask] of changes) bytes[at] ^= mask
        for (const rest of ['-wal', '-shm']) writeFileSync(file + rest, '')
        writeFileSync(file, cut === null ? bytes : bytes.subarray(0, cut))
        let db: Connection | null = null
        try {
          db = openDatabase({ file, nativeBinding: null }, 'here')
          const api = createDatabaseApi({ db, directory: 'here', now: () => 0 })
          api.listRuns()
          api.check(true)
        } catch (error) {
          refused += 1
          expect(error).toBeInstanceOf(LabError)
          expect((error as LabError).code).toMatch(/^E_DATA/)
        } finally {
          db?.close()
        }
      }),
      { numRuns: 300, seed: 20261 },
    )
    expect(refused).toBeGreaterThan(20)
  })
})
