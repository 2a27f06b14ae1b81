/** What a training worker is started with, what it hears, and what it tells the process that holds its run. */
import type { KernelCode, TokenIds } from '../../engine'
import type { RateChange, RunConfiguration, RunId, RunPoint, RunSnapshot, RunStatus } from '../../shared'
import type { CheckpointRow, RunProgress } from '../database/database-api'

export interface CheckpointFiles {
  readonly step: number
  /** Absolute paths. */
  readonly model: string
  readonly state: string
}

export interface TrainingJob {
  readonly run: RunId
  readonly configuration: RunConfiguration
  readonly totalSteps: number
  /** The length of the learning rate's schedule: that of the first configuration, however often it goes on. */
  readonly scheduleSteps: number
  /** The whole text, in shared memory, in the order it is read (`reverse`: from its end). */
  readonly ids: TokenIds
  /** Tokens from the beginning that are trained on; the rest is held out. */
  readonly trainTokens: number
  readonly vocabulary: readonly string[]
  /** Below 1 where several tokens make a character (jamo). */
  readonly charactersPerToken: number
  readonly probe: string
  /** Absolute path of `models/RUN`; it exists. */
  readonly folder: string
  /** What it computes with. */
  readonly kernel: KernelCode
  /** Where to go on from; null: from the beginning. */
  readonly resumeFrom: CheckpointFiles | null
  /** The step of its best parameters, where its state doesn't tell it; null: not known. */
  readonly bestStep: number | null
  /** Whether it had come to its end: then its patience begins anew. */
  readonly isExtended: boolean
  /** A model whose parameters it begins with; null: they are drawn. */
  readonly beginWith: string | null
  /** How many compute a batch, the training worker among them. */
  readonly workers: number
  /** Absolute path of the shard worker's file. */
  readonly shardFile: string
  /** Whether anybody looks on: snapshots are made only then. */
  readonly isWatched: boolean
}

/** Calls to the worker. Each resolves once it has come into effect. */
export interface TrainingWorkerApi {
  /** Builds the network (or takes it up again) and writes the checkpoint of step 0. */
  readonly prepare: () => Promise<void>
  /** Begins, or goes on. */
  readonly go: () => void
  /** Resolves when the run stands still and is saved. */
  readonly pause: () => Promise<void>
  /** Resolves when the run is saved and `ended` was told. */
  readonly stop: () => Promise<void>
  readonly watch: (probe: string | null, temperature: number | null) => void
  /** Resolves when the step it is at is saved; it trains on. */
  readonly save: () => Promise<void>
  /** The rate that the schedule is made of, from the next step on; resolves once it is written down. */
  readonly changeRate: (learningRate: number) => Promise<void>
}

export type EndStatus = Extract<RunStatus, 'finished' | 'stopped' | 'diverged' | 'crashed'>

/** Calls from the worker; a rejection means that nothing was written. */
export interface TrainingListener {
  readonly savePoints: (points: readonly RunPoint[], progress: RunProgress) => Promise<void>
  readonly saveCheckpoint: (checkpoint: CheckpointRow, progress: RunProgress) => Promise<void>
  readonly saveRateChange: (change: RateChange) => Promise<void>
  readonly snapshot: (snapshot: RunSnapshot) => void
  readonly diskFull: () => Promise<void>
  readonly diskFree: () => Promise<void>
  readonly ended: (status: EndStatus, reason: string | null) => Promise<void>
}
