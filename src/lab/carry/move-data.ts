/**
 * The data directory copied into another folder, compared byte by byte, and only then named as the one in use: until the
 * pointer is written, in one rename, nothing of the old has changed, and after it the new is whole. The old stay. Of what
 * a process leaves that dies over it, ./unfinished-move tells.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { LabError } from '../../shared'
import { readPointer, writePointer } from '../data-pointer'
import { openConnection } from '../database/connection'
import { check } from '../database/repositories/health'
import { withLabErrors } from '../database/sqlite-error'
import { writeError } from '../files/atomic-write'
import { sweepTemporary } from '../files/sweep-temporary'
import type { MoveRequest } from './carry-api'
import { listMoved, sumOf } from './data-contents'
import type { ContainedFile } from './data-contents'
import { examineTarget } from './move-target'
import { claimData } from './replace-data'
import { clearTarget, forgetMove, movingFolder, recordMove, removeIfEmpty } from './unfinished-move'
import type { Waiting } from './unpack-backup'

const DATABASE = 'lab.sqlite'

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
    await clearTarget(target) // of a move that was killed: else there is nothing
    recordMove(directory, { target, wasThere, usual })
    mkdirSync(target, { recursive: true })
    const copied = movingFolder(target)
    await copyInto(request, copied, held, waiting)
    await settle(copied, target)
    mkdirSync(usual, { recursive: true })
    await sweepTemporary(usual, false)
    const previous = [directory, ...request.previous.filter((other) => other !== target)]
    writePointer(usual, { dataDirectory: target, previous })
    removeIfEmpty(copied)
  } catch (error) {
    if (readPointer(usual)?.dataDirectory !== target) {
      await clearTarget(target)
      if (!wasThere) removeIfEmpty(target)
    }
    throw error
  } finally {
    forgetMove(directory)
    release()
    for (const handle of held) await handle.close()
  }
}

/** The database last: where it is, all is. */
async function settle(copied: string, target: string): Promise<void> {
  const names = await readdir(copied)
  const others = names.filter((name) => name !== DATABASE)
  for (const name of [...others, ...names.filter((name) => name === DATABASE)]) {
    renameSync(join(copied, name), join(target, name))
  }
}

/** @param held where what was read stays open: closing a file of one's own lets go of all locks on it, the claim's too */
async function copyInto(
  { directory, nativeBinding }: MoveRequest,
  copied: string,
  held: FileHandle[],
  waiting: Waiting,
): Promise<void> {
  mkdirSync(copied)
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
    if (file.name === DATABASE) held.push(source)
    try {
      sums.set(file.name, await copy(source, join(copied, file.name), told('copy')))
    } finally {
      if (!held.includes(source)) await source.close()
    }
  }
  done = 0
  for (const file of files) await compare(copied, file, sums.get(file.name) ?? '', told('check'))
  assertSound(join(copied, DATABASE), nativeBinding)
  waiting.signal?.throwIfAborted()
  waiting.onProgress?.({ stage: 'settle', share: 1 })
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
  copied: string,
  { name }: ContainedFile,
  sum: string,
  onBytes: (count: number) => void,
): Promise<void> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(join(copied, name)) as AsyncIterable<Buffer>) {
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
