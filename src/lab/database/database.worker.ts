/** The thread that owns the connection. A failure to open is answered to whoever calls first, as its own error. */
import { parentPort, workerData } from 'node:worker_threads'
import { openChannel } from '../workers/channel'
import { createDatabaseApi } from './create-database-api'
import type { DatabaseApi } from './database-api'
import { openDatabase } from './open-database'

export interface DatabaseWorkerData {
  readonly file: string
  readonly directory: string
  readonly nativeBinding: string | null
}

const { file, directory, nativeBinding } = workerData as DatabaseWorkerData
let api: DatabaseApi | null = null

function opened(): DatabaseApi {
  api ??= createDatabaseApi({
    db: openDatabase({ file, nativeBinding }, directory),
    directory,
    now: () => Date.now(),
  })
  return api
}

/** Every function of the interface, opening the database at the first call. */
const local = new Proxy({} as Record<string, (...input: unknown[]) => unknown>, {
  get: (_target, name: string) =>
    name === 'then'
      ? undefined
      : (...input: unknown[]) =>
          (opened() as unknown as Record<string, (...input: unknown[]) => unknown>)[name](...input),
})

if (!parentPort) throw new Error('this is a worker')
openChannel(parentPort, local)
