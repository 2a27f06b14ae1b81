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

/** Workers that compile no kernel. Changing V8's flags costs every later thread the code cache of Node's own modules. */
const WITHOUT_KERNELS: ReadonlySet<WorkerName> = new Set(['database', 'corpus', 'carry'])

export function createNodeHost({ workersDirectory, ...choice }: NodeHostChoice): LabHost {
  const workerFile = (name: WorkerName): string => join(workersDirectory, `${name}.worker.cjs`)
  return {
    ...choice,
    workerFile,
    startWorker: (name, workerData) => {
      if (!WITHOUT_KERNELS.has(name)) enableWideVectors()
      return startThread(workerFile(name), name, workerData)
    },
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
  }
}
