/** A worker that is started when it is first needed, and again after it died. */
import type { LabHost, WorkerName } from '../host'
import type { Remote } from './channel'
import { startRemoteWorker } from './remote-worker'
import type { RemoteWorker } from './remote-worker'

export interface OnDemandWorker<Api> {
  readonly use: () => Remote<Api>
  readonly close: () => Promise<void>
}

export function createOnDemandWorker<Api extends object>(
  host: LabHost,
  name: WorkerName,
  local: object = {},
  workerData: object = {},
): OnDemandWorker<Api> {
  let worker: RemoteWorker<Api> | null = null
  return {
    use: () => {
      if (worker === null) {
        const started = startRemoteWorker<Api>(host, name, workerData, local)
        worker = started
        void started.ended.then(() => {
          if (worker === started) worker = null
        })
      }
      return worker.remote
    },
    close: async () => worker?.stop(),
  }
}
