/** What the threads of an experiment do: trials, by their numbers. Each thread is started with the settings. */
import type { ExperimentSettings } from '../../engine'

export interface ExperimentWorkerData {
  readonly settings: ExperimentSettings
}

export interface ExperimentApi {
  /** Trials `from` … `to` − 1, in order. */
  readonly run: (from: number, to: number) => readonly unknown[]
}
