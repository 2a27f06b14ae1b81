/**
 * A backup: `backup.json`, `lab.sqlite`, `models/…` and `corpora/…` in one zip. Its parts are checked by the zip's own
 * sums, its database by SQLite before it takes the place of another.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import * as v from 'valibot'
import { LabError } from '../../shared'
import { openConnection, readVersion, userVersion } from '../database/connection'
import { newestVersion, refuseNewer } from '../database/migrate'
import { listFiles } from '../database/repositories/checkpoints'
import { check } from '../database/repositories/health'
import { withLabErrors } from '../database/sqlite-error'
import { assertWritable } from '../models/export-model'
import { assertRoom } from './bundle'
import type { BackupRequest, RestoreRequest } from './carry-api'
import { replaceData } from './replace-data'
import { countRuns, takeSnapshot } from './snapshot'
import { stagingFolder } from './staging'
import { openZip, ZipFailure } from './zip-read'
import type { OpenZip } from './zip-read'
import { writeZip } from './zip-write'
import type { ZipSource } from './zip-write'

const FORMAT = 'engram-backup'
const AboutSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(1),
  runs: v.pipe(v.number(), v.integer(), v.minValue(0)),
})
const MOST_ABOUT_BYTES = 65_536
const DATA_FILE = /^(?:lab\.sqlite|models\/[\w-]{1,64}\/[\w.-]{1,100}|corpora\/[0-9a-f]{64})$/

/** @returns how many runs it holds. @throws LabError E_FILE_EXISTS, E_FILE_WRITE, E_DISK_FULL, E_DATABASE_CORRUPT */
export async function backUp({ file, overwrite, directory, nativeBinding }: BackupRequest): Promise<number> {
  assertWritable(file, overwrite)
  const staging = stagingFolder(directory)
  mkdirSync(staging)
  try {
    const { database, files, runs } = takeSnapshot(directory, nativeBinding, staging)
    const about = new TextEncoder().encode(`${JSON.stringify({ format: FORMAT, version: 1, runs })}\n`)
    const sources: ZipSource[] = [
      { name: 'backup.json', content: { bytes: about }, compress: false },
      { name: 'lab.sqlite', content: { file: database }, compress: true },
      ...[...files].map(([name, path]): ZipSource => {
        return { name, content: { file: path }, compress: name.startsWith('corpora/') }
      }),
    ]
    await writeZip(file, sources, overwrite)
    return runs
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

/**
 * @returns how many runs it holds
 * @throws LabError E_BACKUP, E_DATABASE_NEWER, E_DATA_PRESENT, E_DATA_IN_USE, E_DISK_FULL, and those of the file
 */
export async function restore(request: RestoreRequest): Promise<number> {
  const { file, directory, nativeBinding } = request
  const staging = stagingFolder(directory)
  try {
    const zip = await openZip(file)
    try {
      await unpackAll(zip, staging)
    } finally {
      zip.close()
    }
    const runs = verifyBackup(join(staging, 'lab.sqlite'), nativeBinding, zip)
    replaceData({ staging, directory, nativeBinding, replace: request.replace })
    return runs
  } catch (error) {
    throw backupError(file, error)
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

function backupError(file: string, error: unknown): unknown {
  if (!(error instanceof ZipFailure)) return error
  return new LabError('E_BACKUP', { file: basename(file), reason: error.message.replace(/\.$/, '') }, { cause: error })
}

async function unpackAll(zip: OpenZip, staging: string): Promise<void> {
  const about = zip.entries.find(({ name }) => name === 'backup.json')
  if (!about) throw new ZipFailure('it has no backup.json')
  readAbout(await zip.read(about, MOST_ABOUT_BYTES))
  const wrong = zip.entries.find((entry) => entry !== about && !DATA_FILE.test(entry.name))
  if (wrong) throw new ZipFailure(`it holds ${wrong.name}, which is no part of the data`)
  await assertRoom(
    dirname(staging),
    zip.entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  )
  for (const folder of ['models', 'corpora']) await mkdir(join(staging, folder), { recursive: true })
  for (const entry of zip.entries) {
    if (entry === about) continue
    const target = join(staging, entry.name)
    await mkdir(dirname(target), { recursive: true })
    await zip.unpack(entry, target)
  }
}

function readAbout(bytes: Uint8Array): void {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new ZipFailure('its backup.json is not JSON', { cause: error })
  }
  if (!v.is(AboutSchema, json)) throw new ZipFailure('its backup.json is of another format')
}

/** Damage is the backup's, not that of the data in whose place it would be put. */
function verifyBackup(...database: Parameters<typeof verify>): number {
  try {
    return verify(...database)
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'E_DATABASE_CORRUPT') throw error
    throw new ZipFailure(error.message, { cause: error })
  }
}

/** @returns how many runs there are. @throws LabError E_DATABASE_NEWER, E_DATABASE_CORRUPT; ZipFailure */
function verify(file: string, nativeBinding: string | null, zip: OpenZip): number {
  const given = new Set(zip.entries.map(({ name }) => name))
  if (!given.has('lab.sqlite')) throw new ZipFailure('it has no lab.sqlite')
  return withLabErrors('backup', () => {
    refuseNewer(readVersion({ file, nativeBinding }))
    const db = openConnection({ file, nativeBinding })
    try {
      if (userVersion(db) < 1 || userVersion(db) > newestVersion()) throw new ZipFailure('its database is empty')
      const [fault] = check(db, true)
      if (fault !== undefined) throw new ZipFailure(fault)
      const missing = listFiles(db).find((name) => name.startsWith('models/') && !given.has(name))
      if (missing !== undefined) throw new ZipFailure(`${missing} is missing`)
      const runs = countRuns(db)
      db.pragma('journal_mode = DELETE')
      return runs
    } finally {
      db.close()
    }
  })
}
