/** What the threads of an experiment do: trials, by their numbers. Each thread is started with what was asked. */
import type { ExperimentRequest } from '../../shared'

export interface ExperimentWorkerData {
  readonly request: ExperimentRequest
}

export interface ExperimentApi {
  /** Stores the patterns, so that what the engine refuses is told before anything is written. @returns the trials in all */
  readonly prepare: () => number
  /** Trials `from` … `to` − 1, in order. */
  readonly run: (from: number, to: number) => readonly unknown[]
}
