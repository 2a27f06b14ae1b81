/**
 * A move of the data that its process may die over. In the target lies a folder named after the process, in which the copy
 * is put together: while something is in it, what lies beside it is part of a copy; once it is empty, a whole one (or
 * nothing yet). In the old directory a record tells where that is, so that the next process can remove it there, unless
 * the pointer names it: then the data have moved.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { LabError } from '../../shared'
import { readPointer } from '../data-pointer'
import { writeFileAtomically } from '../files/atomic-write'
import { identityIn, isAlive, nameOfIdentity, ownIdentity } from '../process-identity'
import type { ProcessIdentity } from '../process-identity'
import { isOwn, MOVE_RECORD } from './data-contents'

const MOVING = '.moving-'

const RecordSchema = v.object({
  target: v.string(),
  /** Whether there was such a folder. */
  wasThere: v.boolean(),
  /** The folder of the pointer. */
  usual: v.string(),
  owner: v.object({ pid: v.number(), started: v.nullable(v.string()) }),
})

export type MoveRecord = Omit<v.InferOutput<typeof RecordSchema>, 'owner'>

/** The path of the folder in which this process puts the copy together. */
export function movingFolder(target: string, owner: ProcessIdentity = ownIdentity()): string {
  return join(target, MOVING + nameOfIdentity(owner))
}

/** @throws LabError E_DISK_FULL, E_FILE_WRITE */
export function recordMove(directory: string, record: MoveRecord): void {
  const text = JSON.stringify({ ...record, owner: ownIdentity() })
  writeFileAtomically(join(directory, MOVE_RECORD), [new TextEncoder().encode(text)])
}

export function forgetMove(directory: string): void {
  rmSync(join(directory, MOVE_RECORD), { force: true })
}

/** Removes all of the lab's own from a folder that was new or empty, that of the copy last. */
export async function clearTarget(target: string): Promise<void> {
  const names = existsSync(target) ? readdirSync(target).filter(isOwn) : []
  for (const name of names.sort((a, b) => Number(isMoving(a)) - Number(isMoving(b)))) {
    await rm(join(target, name), { recursive: true, force: true })
  }
}

export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Something else is in it by now, and stays; or it is gone.
  }
}

const isMoving = (name: string): boolean => name.startsWith(MOVING)

/** Whether the names in a folder are of what a move has left whose process died. */
export function isLeftover(names: readonly string[]): boolean {
  const copies = names.filter(isMoving)
  return copies.length > 0 && !copies.some((name) => isAlive(ownerOf(name))) && names.every(isOwn)
}

function ownerOf(name: string): ProcessIdentity {
  return identityIn(name.slice(MOVING.length)) ?? { pid: 0, started: null }
}

/**
 * Of a folder that is about to be opened as data: a whole copy is taken as it is, a part of one goes.
 * @throws LabError E_DATA_IN_USE while it is put together
 */
export function settleCopy(directory: string): void {
  for (const name of readdirSync(directory).filter(isMoving)) {
    const owner = ownerOf(name)
    const folder = join(directory, name)
    if (folder !== movingFolder(directory) && isAlive(owner)) throw new LabError('E_DATA_IN_USE', { directory })
    if (readdirSync(folder).length === 0) rmdirSync(folder)
    else giveToSweep(directory, folder, owner)
  }
}

/** Under its last name, whoever opens the lab removes it in passing. */
function giveToSweep(directory: string, folder: string, { pid }: ProcessIdentity): void {
  for (const name of readdirSync(directory).filter((other) => isOwn(other) && !isMoving(other))) {
    renameSync(join(directory, name), join(folder, name))
  }
  renameSync(folder, join(directory, `.staging-${pid}-0`))
}

/** In the directory that the data were to leave: what a process that died over it has copied goes. */
export async function sweepUnfinishedMove(directory: string): Promise<void> {
  const record = readRecord(directory)
  if (record === null || isAlive(record.owner)) return
  const { target, wasThere, usual, owner } = record
  if (!existsSync(dirname(target))) return // perhaps a disk that isn't connected
  if (readPointer(usual)?.dataDirectory !== target) {
    if (existsSync(movingFolder(target, owner))) await clearTarget(target)
    if (!wasThere) removeIfEmpty(target)
  }
  forgetMove(directory)
}

function readRecord(directory: string): v.InferOutput<typeof RecordSchema> | null {
  try {
    return v.parse(RecordSchema, JSON.parse(readFileSync(join(directory, MOVE_RECORD), 'utf8')))
  } catch {
    return null // none, or one of another version, which knows itself what to do
  }
}
