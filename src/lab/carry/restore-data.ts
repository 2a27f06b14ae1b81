/** A backup put in the place of a data directory that nobody has open, as `lab restore` and the app's menu do it. */
import { resolve } from 'node:path'
import { prepareDataDirectory } from '../data-directory'
import type { LabHost } from '../host'
import { startRemoteWorker } from '../workers/remote-worker'
import type { CarryApi } from './carry-api'

/**
 * @param replace whether runs that are there may go
 * @returns how many runs the backup holds
 * @throws LabError E_ZIP…, E_BACKUP_…, E_DATABASE_NEWER, E_DATA_PRESENT, E_DATA_IN_USE, E_DISK_FULL, E_DATA_DIRECTORY, of the file
 */
export async function restoreData(host: LabHost, file: string, replace: boolean): Promise<number> {
  const { directory } = prepareDataDirectory(host.dataDirectory)
  const worker = startRemoteWorker<CarryApi>(host, 'carry', {})
  try {
    return await worker.remote.restore({
      file: resolve(file),
      directory,
      nativeBinding: host.sqliteBinding,
      replace,
    })
  } finally {
    await worker.stop()
  }
}
