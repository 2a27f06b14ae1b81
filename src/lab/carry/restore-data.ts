/** A backup put in the place of a data directory that nobody has open, as `lab restore` and the app's menu do it. */
import { resolve } from 'node:path'
import type { RestoreNews } from '../../shared'
import { prepareDataDirectory } from '../data-directory'
import type { LabHost } from '../host'
import { startRemoteWorker } from '../workers/remote-worker'
import type { CarryApi } from './carry-api'
import { replacedName } from './data-contents'

/**
 * What was there stays, in a folder of its own inside the data directory.
 * @param replace whether runs that are there may be replaced
 * @throws LabError E_ZIP…, E_BACKUP_…, E_DATABASE_NEWER, E_DATA_PRESENT, E_DATA_IN_USE, E_DISK_FULL, E_DATA_DIRECTORY, of the file
 */
export async function restoreData(host: LabHost, file: string, replace: boolean): Promise<RestoreNews> {
  const { directory } = prepareDataDirectory(host.dataDirectory)
  const worker = startRemoteWorker<CarryApi>(host, 'carry', {})
  try {
    return await worker.remote.restore({
      file: resolve(file),
      directory,
      nativeBinding: host.sqliteBinding,
      replace,
      keepAs: replacedName(host.clock.now()),
    })
  } finally {
    await worker.stop()
  }
}
