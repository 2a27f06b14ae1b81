/**
 * What a shell (the Electron main process, the command line, a test) gives the lab: everything that differs between
 * them. The lab itself never asks which shell it runs in.
 */
import type { Worker } from 'node:worker_threads'

export const WORKER_NAMES = [
  'database',
  'corpus',
  'training',
  'shard',
  'interactive',
  'experiment',
  'bench',
  'carry',
] as const
export type WorkerName = (typeof WORKER_NAMES)[number]

export interface Clock {
  /** Milliseconds since 1970, for people's eyes. It may jump. */
  readonly now: () => number
  /** Milliseconds that never go back, for durations. */
  readonly monotonic: () => number
}

export interface LabHost {
  /** Starts the built worker of that name with its start data. */
  readonly startWorker: (name: WorkerName, workerData: unknown) => Worker
  /** Absolute path of the built worker of that name, for a worker that starts others. */
  readonly workerFile: (name: WorkerName) => string
  /** Absolute path of the data directory; the lab creates it. */
  readonly dataDirectory: string
  /** Absolute path of the compiled kernels. */
  readonly kernelsDirectory: string
  /** Absolute path of `resources/`. */
  readonly resourcesDirectory: string
  readonly clock: Clock
  /** The shell's name in a run's versions: `app` or `cli`. */
  readonly shell: 'app' | 'cli' | 'test'
  readonly version: string
  /** A native SQLite binding for runtimes that cannot load the packaged one; null: the packaged one. */
  readonly sqliteBinding: string | null
  /** Where technical detail goes (a log file, standard error with ENGRAM_DEBUG=1). Never corpus text. */
  readonly log: (line: string) => void
}
