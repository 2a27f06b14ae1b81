/**
 * The data directory as a whole, from the app that has it open: a backup is looked at and unpacked beside the data while
 * all goes on; only to be put in their place, or to be copied elsewhere, must the lab be closed.
 */
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { LabError } from '../../shared'
import type { BackupSummary, DataProgress, OldData, RestoreNews } from '../../shared'
import type { DataPlace } from '../data-directory'
import type { LabHost } from '../host'
import type { Lab } from '../lab'
import { startRemoteWorker } from '../workers/remote-worker'
import type { Remote } from '../workers/channel'
import type { CarryApi, CarryListener } from './carry-api'
import { ownBytes, REPLACED } from './data-contents'
import { stagingFolder } from './staging'

/** What a person waits for, and can end. */
export interface DataTask<Value> {
  readonly done: Promise<Value>
  readonly cancel: () => void
}

/** Unpacked and verified, beside the data; not in their place yet. */
export interface UnpackedBackup {
  readonly staging: string
  readonly runs: number
}

type OnProgress = (progress: DataProgress) => void

function inWorker<Value>(
  host: LabHost,
  work: (remote: Remote<CarryApi>) => Promise<Value>,
  onProgress: OnProgress = () => undefined,
): DataTask<Value> {
  const local: Pick<CarryListener, 'progress'> = { progress: onProgress }
  const worker = startRemoteWorker<CarryApi>(host, 'carry', {}, local)
  const done = work(worker.remote).finally(() => worker.stop())
  // A worker that is over by then answers with an error of its own, which is `done`'s to tell.
  return { done, cancel: () => void worker.remote.cancel().catch(() => undefined) }
}

/** @throws LabError E_ZIP…, E_BACKUP_…, E_DATABASE_NEWER, and those of the file */
export function lookAtBackup(host: LabHost, file: string): Promise<BackupSummary> {
  return inWorker(host, (remote) => remote.lookAtBackup(resolve(file))).done
}

/** @throws LabError E_ZIP…, E_BACKUP_…, E_DATABASE_NEWER, E_DISK_FULL, E_CANCELLED, and those of the file */
export function unpackBackup(host: LabHost, file: string, onProgress: OnProgress): DataTask<UnpackedBackup> {
  const staging = stagingFolder(host.dataDirectory)
  const request = { file: resolve(file), staging, nativeBinding: host.sqliteBinding }
  return inWorker(host, async (remote) => ({ staging, runs: await remote.unpackBackup(request) }), onProgress)
}

/** The lab is closed. What was there stays, in a folder of its own. @throws LabError E_DATA_IN_USE */
export async function putInPlace(host: LabHost, { staging, runs }: UnpackedBackup): Promise<RestoreNews> {
  const keepAs = `${REPLACED}${new Date(host.clock.now()).toISOString().slice(0, 19).replace(/[T:]/g, '-')}`
  const replacement = {
    staging,
    directory: host.dataDirectory,
    nativeBinding: host.sqliteBinding,
    replace: true,
    keepAs,
  }
  const isKept = await inWorker(host, (remote) => remote.replaceData(replacement)).done
  return { runs, keptAs: isKept ? keepAs : null }
}

/** Of a restore that didn't come to pass. */
export async function forgetUnpacked({ staging }: UnpackedBackup): Promise<void> {
  await rm(staging, { recursive: true, force: true })
}

/** The lab is closed. From then on `findDataPlace` finds the new folder. @throws LabError as ./move-data */
export function moveData(host: LabHost, place: DataPlace, target: string, onProgress: OnProgress): DataTask<void> {
  const { directory, usual, previous } = place
  const request = { directory, target, usual, previous, nativeBinding: host.sqliteBinding }
  return inWorker(host, (remote) => remote.moveData(request), onProgress)
}

/** What a move has left behind, as far as there is something. */
export async function oldDataOf({ previous }: DataPlace): Promise<readonly OldData[]> {
  const found = await Promise.all(previous.map(async (name) => ({ name, bytes: await ownBytes(name) })))
  return found.filter(({ bytes }) => bytes > 0)
}

/** Removes the lab's own from a folder that the data have left. @throws LabError E_INPUT, E_DATA_IN_USE */
export async function removeOldData(host: LabHost, place: DataPlace, directory: string): Promise<void> {
  const { usual } = place
  if (!place.previous.includes(directory)) throw new LabError('E_INPUT', { what: 'the folder is not one of the old' })
  const request = { directory, usual, nativeBinding: host.sqliteBinding }
  await inWorker(host, (remote) => remote.removeOldData(request)).done
}

/** While something trains, the data stay as and where they are. @throws LabError E_DATA_BUSY */
export async function assertIdle({ runs }: Pick<Lab, 'runs'>): Promise<void> {
  const filter = 'status:running OR status:queued'
  const [row] = await runs.list({ filter, deleted: false, archived: true })
  if (row) throw new LabError('E_DATA_BUSY', { name: row.name || row.run })
}
