/** A thread of the lab: a built worker's file with its start data. */
import { Worker } from 'node:worker_threads'

/** Old space of a worker's heap, in MiB: a leak ends the worker, never the lab. */
const HEAP_MB = 2048

export function startThread(file: string, name: string, workerData: unknown): Worker {
  return new Worker(file, {
    workerData,
    name: `engram ${name}`,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
}
