/** A host on plain worker threads: every worker is a file beside the shell's own bundle. */
import { join } from 'node:path'
import type { LabHost, WorkerName } from './host'
import { enableWideVectors } from './kernels/wide-vectors'
import { startThread } from './workers/start-thread'

export interface NodeHostChoice extends Pick<
  LabHost,
  'dataDirectory' | 'kernelsDirectory' | 'resourcesDirectory' | 'shell' | 'version' | 'sqliteBinding' | 'log'
> {
  /** Where the built workers lie. */
  readonly workersDirectory: string
}

export function createNodeHost({ workersDirectory, ...choice }: NodeHostChoice): LabHost {
  enableWideVectors()
  const workerFile = (name: WorkerName): string => join(workersDirectory, `${name}.worker.cjs`)
  return {
    ...choice,
    workerFile,
    startWorker: (name, workerData) => startThread(workerFile(name), name, workerData),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
  }
}
