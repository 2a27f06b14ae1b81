/** The database as everybody but its worker sees it: the same functions, answered by promises. */
import { join } from 'node:path'
import type { LabHost } from '../host'
import { startRemoteWorker } from '../workers/remote-worker'
import type { DatabaseApi, DatabaseClient } from './database-api'
import type { DatabaseWorkerData } from './database.worker'

export interface OpenDatabase {
  readonly client: DatabaseClient
  readonly close: () => Promise<void>
}

/** @throws LabError E_DATABASE_NEWER, E_DATABASE_CORRUPT, E_DATABASE_LOCKED, E_DATA_DIRECTORY, E_NODE_VERSION */
export async function openDatabaseClient(host: LabHost): Promise<OpenDatabase> {
  const directory = host.dataDirectory
  const workerData: DatabaseWorkerData = {
    file: join(directory, 'lab.sqlite'),
    directory,
    nativeBinding: host.sqliteBinding,
  }
  const worker = startRemoteWorker<DatabaseApi>(host, 'database', workerData)
  try {
    await worker.remote.dataVersion()
  } catch (error) {
    await worker.stop()
    throw error
  }
  return {
    client: worker.remote,
    close: async () => {
      await worker.remote.close()
      await worker.stop()
    },
  }
}
