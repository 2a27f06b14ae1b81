/** A worker of the lab with its functions: started by the shell, and everything that waits for it ends when it does. */
import { LabError } from '../../shared'
import type { LabHost, WorkerName } from '../host'
import { openChannel } from './channel'
import type { Remote } from './channel'

export interface RemoteWorker<Api> {
  readonly remote: Remote<Api>
  /** Resolves when the thread is gone: null after `stop`, else why it went. */
  readonly ended: Promise<LabError | null>
  /** Ends the thread at once. Ask it to close first, where it has something to save. */
  readonly stop: () => Promise<void>
}

/** @param local what the worker may call back */
export function startRemoteWorker<Api extends object>(
  host: LabHost,
  name: WorkerName,
  workerData: unknown,
  local: object = {},
): RemoteWorker<Api> {
  const worker = host.startWorker(name, workerData)
  const channel = openChannel<Api>(worker, local)
  let stopping = false
  let failure: LabError | null = null
  const ended = new Promise<LabError | null>((resolve) => {
    worker.on('error', (error) => {
      failure = new LabError('E_WORKER', { worker: name, reason: reasonOf(error) }, { cause: error })
      host.log(`${name} worker: ${error.stack ?? error.message}`)
    })
    worker.on('exit', (code) => {
      const reason = stopping
        ? null
        : (failure ?? new LabError('E_WORKER', { worker: name, reason: `exit code ${code}` }))
      channel.close(reason ?? new LabError('E_WORKER', { worker: name, reason: 'it was closed' }))
      resolve(reason)
    })
  })
  return {
    remote: channel.remote,
    ended,
    stop: async () => {
      stopping = true
      await worker.terminate()
      await ended
    },
  }
}

function reasonOf(error: Error & { code?: string }): string {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it ran out of memory' : error.message
}
