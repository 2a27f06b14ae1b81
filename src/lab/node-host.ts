/** A host on plain worker threads: every worker is a file beside the shell's own bundle. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { LabHost } from './host'
import { enableWideVectors } from './kernels/wide-vectors'

export interface NodeHostChoice extends Pick<
  LabHost,
  'dataDirectory' | 'kernelsDirectory' | 'resourcesDirectory' | 'shell' | 'version' | 'sqliteBinding' | 'log'
> {
  /** Where the built workers lie. */
  readonly workersDirectory: string
}

/** Old space of a worker's heap, in MiB: a leak ends the worker, never the lab. */
const HEAP_MB = 2048

export function createNodeHost({ workersDirectory, ...choice }: NodeHostChoice): LabHost {
  enableWideVectors()
  return {
    ...choice,
    startWorker: (name, workerData) =>
      new Worker(join(workersDirectory, `${name}.worker.cjs`), {
        workerData,
        name: `engram ${name}`,
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      }),
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
  }
}
