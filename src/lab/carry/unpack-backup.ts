/**
 * A backup read: looked at, or unpacked into a folder beside the data. Its parts are checked by the zip's own sums, its
 * database by SQLite, before it may take the place of another.
 */
import { rmSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { LabError } from '../../shared'
import type { BackupSummary, DataProgress } from '../../shared'
import { openConnection, readVersion, userVersion } from '../database/connection'
import { newestVersion, refuseNewer } from '../database/migrate'
import { listFiles } from '../database/repositories/checkpoints'
import { check } from '../database/repositories/health'
import { withLabErrors } from '../database/sqlite-error'
import { decodeAbout } from './backup-about'
import type { BackupAbout } from './backup-about'
import { assertRoom } from './bundle'
import { CarryFailure } from './carry-failure'
import type { RestoreRequest, UnpackRequest } from './carry-api'
import { replaceData } from './replace-data'
import { countRuns } from './snapshot'
import { stagingFolder } from './staging'
import { openZip } from './zip-read'
import type { OpenZip, ZipEntry } from './zip-read'

const MOST_ABOUT_BYTES = 65_536
const DATA_FILE = /^(?:lab\.sqlite|models\/[\w-]{1,64}\/[\w.-]{1,100}|corpora\/[0-9a-f]{64})$/

/** What a person who waits can do, and sees. */
export interface Waiting {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: DataProgress) => void
}

/** @throws LabError E_ZIP…, E_BACKUP_…, E_DATABASE_NEWER, and those of the file */
export async function lookAtBackup(file: string): Promise<BackupSummary> {
  return withZip(file, async (zip) => {
    const { runs, madeAt } = await readAbout(zip)
    const { entries, sizeBytes } = zip
    const unpackedBytes = sumOf(entries)
    return { name: basename(file), runs, madeAt: madeAt ?? statSync(file).mtimeMs, sizeBytes, unpackedBytes }
  })
}

/**
 * Into the folder `staging`, which is gone again where it fails.
 * @returns how many runs it holds
 * @throws LabError E_ZIP…, E_BACKUP_…, E_DATABASE_NEWER, E_DISK_FULL, and those of the file
 */
export async function unpackBackup(request: UnpackRequest, waiting: Waiting = {}): Promise<number> {
  const { file, staging, nativeBinding } = request
  try {
    return await withZip(file, async (zip) => {
      await readAbout(zip)
      await assertRoom(dirname(staging), sumOf(zip.entries))
      await unpackAll(zip, staging, waiting)
      waiting.onProgress?.({ stage: 'check', share: 0 })
      return verifyBackup(join(staging, 'lab.sqlite'), nativeBinding, zip)
    })
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    throw error
  }
}

/**
 * @returns how many runs it holds
 * @throws LabError E_ZIP…, E_BACKUP_…, E_DATABASE_NEWER, E_DATA_PRESENT, E_DATA_IN_USE, E_DISK_FULL, and those of the file
 */
export async function restore({ file, directory, nativeBinding, replace }: RestoreRequest): Promise<number> {
  const staging = stagingFolder(directory)
  const runs = await unpackBackup({ file, staging, nativeBinding })
  try {
    replaceData({ staging, directory, nativeBinding, replace, keepAs: null })
    return runs
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

async function withZip<Value>(file: string, work: (zip: OpenZip) => Promise<Value>): Promise<Value> {
  try {
    const zip = await openZip(file)
    try {
      return await work(zip)
    } finally {
      zip.close()
    }
  } catch (error) {
    throw error instanceof CarryFailure ? error.of(file) : error
  }
}

const isAbout = ({ name }: ZipEntry): boolean => name === 'backup.json'
const sumOf = (entries: readonly ZipEntry[]): number => entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)

/** What it says of itself, once its names are those of a backup. */
async function readAbout(zip: OpenZip): Promise<BackupAbout> {
  const about = zip.entries.find(isAbout)
  if (!about) throw new CarryFailure('E_BACKUP_MISSING', { entry: 'backup.json' })
  const told = decodeAbout(await zip.read(about, MOST_ABOUT_BYTES))
  const wrong = zip.entries.find((entry) => !isAbout(entry) && !DATA_FILE.test(entry.name))
  if (wrong) throw new CarryFailure('E_BACKUP_STRANGER', { entry: wrong.name })
  if (!zip.entries.some(({ name }) => name === 'lab.sqlite'))
    throw new CarryFailure('E_BACKUP_MISSING', { entry: 'lab.sqlite' })
  return told
}

async function unpackAll(zip: OpenZip, staging: string, { signal, onProgress }: Waiting): Promise<void> {
  for (const folder of ['models', 'corpora']) await mkdir(join(staging, folder), { recursive: true })
  const whole = Math.max(1, sumOf(zip.entries))
  let done = 0
  for (const entry of zip.entries) {
    if (isAbout(entry)) continue
    const target = join(staging, entry.name)
    await mkdir(dirname(target), { recursive: true })
    await zip.unpack(entry, target, signal)
    done += entry.sizeBytes
    onProgress?.({ stage: 'unpack', share: done / whole })
  }
}

/** Damage is the backup's, not that of the data in whose place it would be put. */
function verifyBackup(...database: Parameters<typeof verify>): number {
  try {
    return verify(...database)
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'E_DATABASE_CORRUPT') throw error
    throw new CarryFailure('E_BACKUP_DATABASE', {}, { cause: error })
  }
}

/** @returns how many runs there are. @throws LabError E_DATABASE_NEWER, E_DATABASE_CORRUPT; CarryFailure */
function verify(file: string, nativeBinding: string | null, zip: OpenZip): number {
  const given = new Set(zip.entries.map(({ name }) => name))
  return withLabErrors('backup', () => {
    refuseNewer(readVersion({ file, nativeBinding }))
    const db = openConnection({ file, nativeBinding })
    try {
      if (userVersion(db) < 1 || userVersion(db) > newestVersion()) throw new CarryFailure('E_BACKUP_EMPTY')
      const [fault] = check(db, true)
      if (fault !== undefined) throw new CarryFailure('E_BACKUP_DATABASE', {}, { cause: new Error(fault) })
      const missing = listFiles(db).find((name) => name.startsWith('models/') && !given.has(name))
      if (missing !== undefined) throw new CarryFailure('E_BACKUP_MISSING', { entry: missing })
      const runs = countRuns(db)
      db.pragma('journal_mode = DELETE')
      return runs
    } finally {
      db.close()
    }
  })
}
