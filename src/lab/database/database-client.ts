/** The database as everybody but its worker sees it: the same functions, answered by promises. */
import { join } from 'node:path'
import { toLabError } from '../engine-errors'
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

/**
 * The same in the thread that asks, which waits for every answer: for a shell that asks a few short questions and ends.
 * Starting a thread takes more processor time than all of them.
 * @throws LabError as {@link openDatabaseClient}
 */
export async function openDatabaseHere(host: LabHost): Promise<OpenDatabase> {
  const [{ createDatabaseApi }, { openDatabase }] = await Promise.all([
    import('./create-database-api'),
    import('./open-database'),
  ])
  const directory = host.dataDirectory
  const file = join(directory, 'lab.sqlite')
  const db = openDatabase({ file, nativeBinding: host.sqliteBinding }, directory)
  const api = createDatabaseApi({ db, directory, now: host.clock.now })
  const asynchronous = Object.entries(api as unknown as Record<string, (...input: unknown[]) => unknown>).map(
    ([name, work]) => {
      const call = async (...input: unknown[]): Promise<unknown> => {
        try {
          return work(...input)
        } catch (error) {
          throw toLabError(error)
        }
      }
      return [name, call] as const
    },
  )
  return {
    client: Object.fromEntries(asynchronous) as unknown as DatabaseClient,
    close: async () => api.close(),
  }
}
