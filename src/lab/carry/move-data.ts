/**
 * The data directory copied into another folder, compared byte by byte, and only then named as the one in use: until the
 * pointer is written, in one rename, nothing of the old has changed, and after it the new is whole. The old stay.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { LabError } from '../../shared'
import { writePointer } from '../data-pointer'
import { openConnection } from '../database/connection'
import { check } from '../database/repositories/health'
import { withLabErrors } from '../database/sqlite-error'
import { writeError } from '../files/atomic-write'
import type { MoveRequest } from './carry-api'
import { isOwn, listMoved, sumOf } from './data-contents'
import type { ContainedFile } from './data-contents'
import { examineTarget } from './move-target'
import { claimData } from './replace-data'
import { stagingFolder } from './staging'
import type { Waiting } from './unpack-backup'

/**
 * @throws LabError E_DATA_IN_USE, E_CANCELLED, E_COPY, E_DATABASE_CORRUPT, E_DISK_FULL, E_FILE_WRITE, and those of
 * ./move-target; whatever it throws, the data are where they were
 */
export async function moveData(request: MoveRequest, waiting: Waiting = {}): Promise<void> {
  const { directory, nativeBinding, usual } = request
  const { directory: target } = await examineTarget(directory, request.target)
  const release = claimData(directory, nativeBinding, true)
  const wasThere = existsSync(target)
  const held: FileHandle[] = []
  try {
    mkdirSync(target, { recursive: true })
    await copyInto(request, target, held, waiting)
    mkdirSync(usual, { recursive: true })
    const previous = [directory, ...request.previous.filter((other) => other !== target)]
    writePointer(usual, { dataDirectory: target, previous })
  } catch (error) {
    await clear(target, wasThere)
    throw error
  } finally {
    release()
    for (const handle of held) await handle.close()
  }
}

/** @param held where what was read stays open: closing a file of one's own lets go of all locks on it, the claim's too */
async function copyInto(
  { directory, nativeBinding }: MoveRequest,
  target: string,
  held: FileHandle[],
  waiting: Waiting,
): Promise<void> {
  const staging = stagingFolder(target)
  mkdirSync(staging)
  const files = await listMoved(directory)
  const whole = Math.max(1, sumOf(files))
  const sums = new Map<string, string>()
  let done = 0
  const told = (stage: 'copy' | 'check') => (bytes: number) => {
    waiting.signal?.throwIfAborted()
    done += bytes
    waiting.onProgress?.({ stage, share: Math.min(1, done / whole) })
  }
  for (const file of files) {
    const source = await open(join(directory, file.name), 'r')
    if (file.name === 'lab.sqlite') held.push(source)
    try {
      sums.set(file.name, await copy(source, join(staging, file.name), told('copy')))
    } finally {
      if (!held.includes(source)) await source.close()
    }
  }
  done = 0
  for (const file of files) await compare(staging, file, sums.get(file.name) ?? '', told('check'))
  assertSound(join(staging, 'lab.sqlite'), nativeBinding)
  waiting.signal?.throwIfAborted()
  waiting.onProgress?.({ stage: 'settle', share: 1 })
  for (const name of await readdir(staging)) renameSync(join(staging, name), join(target, name))
  rmdirSync(staging)
}

/** @returns the SHA-256 of what was read. @throws LabError E_DISK_FULL, E_FILE_WRITE */
async function copy(source: FileHandle, target: string, onBytes: (count: number) => void): Promise<string> {
  const hash = createHash('sha256')
  const watched = new Transform({
    transform: (chunk: Buffer, _encoding, next) => {
      try {
        onBytes(chunk.length)
        hash.update(chunk)
        next(null, chunk)
      } catch (error) {
        next(error as Error)
      }
    },
  })
  try {
    await mkdir(dirname(target), { recursive: true })
    const bytes = source.createReadStream({ autoClose: false })
    await pipeline(bytes, watched, createWriteStream(target, { flags: 'wx' }))
    await sync(target)
  } catch (error) {
    throw writeError(target, error)
  }
  return hash.digest('hex')
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** @throws LabError E_COPY */
async function compare(
  staging: string,
  { name }: ContainedFile,
  sum: string,
  onBytes: (count: number) => void,
): Promise<void> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(join(staging, name)) as AsyncIterable<Buffer>) {
    onBytes(chunk.length)
    hash.update(chunk)
  }
  if (hash.digest('hex') !== sum) throw new LabError('E_COPY', { file: basename(name) })
}

/** @throws LabError E_DATABASE_CORRUPT */
function assertSound(file: string, nativeBinding: string | null): void {
  if (!existsSync(file)) return
  withLabErrors(dirname(file), () => {
    const db = openConnection({ file, nativeBinding })
    try {
      const [fault] = check(db, true)
      if (fault !== undefined) throw new LabError('E_DATABASE_CORRUPT', { reason: fault })
      db.pragma('journal_mode = DELETE')
    } finally {
      db.close()
    }
  })
}

/** The folder was new or empty: all of the lab's in it is this copy's. */
async function clear(target: string, wasThere: boolean): Promise<void> {
  for (const name of (await readdir(target).catch(() => [])).filter(isOwn)) {
    rmSync(join(target, name), { recursive: true, force: true })
  }
  if (wasThere) return
  try {
    rmdirSync(target)
  } catch {
    // Something else is in it by now, and stays.
  }
}
