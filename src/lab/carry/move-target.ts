/** Whether a folder can take the data: beside theirs, new or empty, writable, and with room for them. */
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, realpath, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { LabError } from '../../shared'
import { POINTER } from '../data-pointer'
import { freeOnDisk } from '../files/free-on-disk'
import { inMebibytes } from '../files/mebibytes'
import { listMoved, sumOf } from './data-contents'
import { isLeftover } from './unfinished-move'

export interface MoveTarget {
  /** Absolute, links resolved. */
  readonly directory: string
  readonly neededBytes: number
  readonly freeBytes: number
}

/** What a file system keeps of its own for so many files, and a copy of the database's log. */
const ROOM = 1.05

/** @throws LabError E_TARGET_INSIDE, E_TARGET_NOT_EMPTY, E_DATA_DIRECTORY, E_NO_ROOM */
export async function examineTarget(
  directory: string,
  chosen: string,
  roomOn: (folder: string) => Promise<number> = freeOnDisk,
): Promise<MoveTarget> {
  const target = await resolved(chosen)
  const folder = basename(target) || target
  const own = await resolved(directory)
  if (isInside(own, target) || isInside(target, own)) throw new LabError('E_TARGET_INSIDE', { folder })
  const there = await nearest(target)
  await assertEmpty(target, folder)
  await assertWritable(there)
  const freeBytes = await roomOn(there)
  const neededBytes = sumOf(await listMoved(directory))
  if (neededBytes * ROOM > freeBytes) {
    const details = { folder, needed: inMebibytes(neededBytes * ROOM), free: inMebibytes(freeBytes) }
    throw new LabError('E_NO_ROOM', details)
  }
  return { directory: target, neededBytes, freeBytes }
}

/** With the links of as much of it as is there. */
async function resolved(path: string): Promise<string> {
  const whole = resolve(path)
  const there = await nearest(whole)
  return join(await realpath(there), relative(there, whole))
}

async function nearest(path: string): Promise<string> {
  return existsSync(path) || dirname(path) === path ? path : nearest(dirname(path))
}

/** The same counts as inside. */
function isInside(outer: string, inner: string): boolean {
  const way = relative(outer, inner)
  return way === '' || (!isAbsolute(way) && way.split(/[\\/]/)[0] !== '..')
}

/** The file that tells where the data lie may be there: it was the usual folder once. So may what a killed move left. */
async function assertEmpty(target: string, folder: string): Promise<void> {
  if (!existsSync(target)) return
  if (!(await stat(target)).isDirectory())
    throw new LabError('E_DATA_DIRECTORY', { directory: folder, reason: 'ENOTDIR' })
  const names = await readdir(target).catch((error: unknown) => {
    throw unusable(folder, error)
  })
  const others = names.filter((name) => name !== POINTER)
  if (others.length > 0 && !isLeftover(others)) throw new LabError('E_TARGET_NOT_EMPTY', { folder })
}

/** Writing tells more than the rights do: a disk may be mounted so that nobody writes. */
async function assertWritable(folder: string): Promise<void> {
  try {
    await rmdir(await mkdtemp(join(folder, '.engram-')))
  } catch (error) {
    throw unusable(folder, error)
  }
}

function unusable(directory: string, error: unknown): LabError {
  const { code } = error as NodeJS.ErrnoException
  return new LabError('E_DATA_DIRECTORY', { directory, reason: code ?? String(error) }, { cause: error })
}
