/**
 * What the database worker can do, as one synchronous interface. The worker implements it on the one connection of this
 * process; `DatabaseClient`, derived from it, is what everybody else holds.
 */
import type {
  CorpusSummary,
  ExperimentRequest,
  ExperimentSummary,
  Kernel,
  KeptExperiment,
  PatternSet,
  PatternSetInfo,
  RunConfiguration,
  RunCurve,
  RunDetail,
  RunId,
  RunKind,
  RunPoint,
  RunRow,
  RunStatus,
  Settings,
  SettingsPatch,
} from '../../shared'
import type { Remote } from '../workers/channel'

/** Who trains a run: a process that can be looked for, and a token no other lease has. */
export interface Lease {
  readonly pid: number
  /** The process's start time as the system tells it; null where it doesn't. Guards against a pid used again. */
  readonly started: string | null
  readonly token: string
}

export interface NewRun {
  readonly run: RunId
  readonly kind: RunKind
  readonly name: string
  readonly configuration: RunConfiguration
  readonly corpora: readonly CorpusSummary[]
  readonly probe: string | null
  readonly parameters: number
  readonly vocabularySize: number
  readonly totalSteps: number
  readonly kernel: Kernel
  readonly workers: number
  readonly machine: Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, string>>
  readonly tags: readonly string[]
  readonly createdAt: number
}

export interface NewExperiment {
  readonly run: RunId
  readonly name: string
  readonly settings: ExperimentRequest
  readonly totalTrials: number
  /** Threads. */
  readonly workers: number
  readonly machine: Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, string>>
  readonly createdAt: number
}

/** How far an experiment is. */
export interface ExperimentState {
  readonly trials: number
  readonly seconds: number
  /** Of the trials so far. */
  readonly result: ExperimentSummary
}

/** What a training worker tells of a run besides its points. */
export interface RunProgress {
  readonly steps: number
  readonly trainLoss: number | null
  readonly validationLoss: number | null
  readonly bestValidationLoss: number | null
  readonly charactersPerSecond: number | null
  readonly seconds: number
  readonly sample: string | null
}

/** A checkpoint whose files are complete on disk. */
export interface CheckpointRow {
  readonly step: number
  /** File names inside `models/RUN/`. */
  readonly model: string
  /** null where only the parameters are kept. */
  readonly state: string | null
  readonly validationLoss: number | null
  readonly digest: string
}

/** What is no longer kept of a run's checkpoints: rows first, then the caller removes the files. */
export interface CheckpointThinning {
  /** Steps of which nothing stays. */
  readonly forgotten: readonly number[]
  /** Steps of which the parameters stay and the state goes. */
  readonly parametersOnly: readonly number[]
}

/**
 * Every function that is given a token writes only while that lease holds the run: else E_RUN_BUSY (another holds it) or
 * E_RUN_STATE (nobody does), and nothing is written. A run that isn't there is E_RUN_UNKNOWN. A write that fails half-way
 * leaves nothing (E_DISK_FULL, E_DATABASE_LOCKED, E_DATABASE_CORRUPT): the caller keeps its points and tries again.
 */
export interface DatabaseApi {
  /** Inserts the run and its lease, as `queued` or `running`, in one immediate transaction. */
  createRun(run: NewRun, status: RunStatus, lease: Lease): RunRow
  /** Inserts an experiment as `running` with its lease, in one immediate transaction. */
  createExperiment(experiment: NewExperiment, lease: Lease): RunRow
  /** What it has found so far takes the place of what it had found before. */
  saveExperiment(run: RunId, token: string, state: ExperimentState): RunRow
  /** The last state and the end (a status that is not live), together and durably; the lease is given up. */
  endExperiment(run: RunId, token: string, state: ExperimentState, status: RunStatus, reason: string | null): RunRow
  /** null for a run that is no experiment. */
  showExperiment(run: RunId): KeptExperiment | null
  /**
   * Takes an idle run over. Throws E_RUN_BUSY while a living process holds it, E_RUN_STATE where its status forbids it.
   * A holder that is gone counts as none, and its run as `interrupted`.
   */
  claimRun(run: RunId, from: readonly RunStatus[], to: RunStatus, lease: Lease): RunRow
  /** Changes the status of a run this lease holds; a status that is not live gives the lease up (and is written durably). */
  setRunStatus(run: RunId, token: string, status: RunStatus, reason: string | null): RunRow
  /** Gives the lease up and keeps the status: a run left `paused` by a process that ends. */
  releaseRun(run: RunId, token: string): RunRow
  /** The leases taken through this connection are still held (the lab itself beats for all of them). */
  heartbeat(now: number): void
  /** Appends points and progress in one transaction; a point of a step that is there already replaces it. */
  appendPoints(run: RunId, token: string, points: readonly RunPoint[], progress: RunProgress): RunRow
  /** Writes the row that joins a checkpoint's files to its run, durably (synchronous=FULL). One of the same step is replaced. */
  recordCheckpoint(run: RunId, token: string, checkpoint: CheckpointRow, progress: RunProgress): RunRow
  /** In the order of their steps. */
  listCheckpoints(run: RunId): readonly CheckpointRow[]
  forgetCheckpoints(run: RunId, token: string, thinning: CheckpointThinning): void
  /**
   * Claims a paused, interrupted, crashed, stopped or finished run as `running`, sets its steps and their total, and drops
   * what came after the step it resumes from: points (a last point that covers fewer steps than its grid too, see
   * ../runs/point-grid) and checkpoints, all in one transaction.
   */
  resumeRun(run: RunId, step: number, totalSteps: number, lease: Lease): RunRow
  /** Runs held by processes that are gone become `interrupted`; answers those that did. */
  interruptLostRuns(): readonly RunRow[]

  listRuns(): readonly RunRow[]
  showRun(run: RunId): RunDetail
  readPoints(run: RunId): readonly RunPoint[]
  readCurve(run: RunId): RunCurve
  renameRun(run: RunId, name: string): RunRow

  listPatternSets(): readonly PatternSetInfo[]
  openPatternSet(id: string): PatternSet | null
  savePatternSet(id: string | null, title: string, set: PatternSet): PatternSetInfo

  readSettings(): Settings
  changeSettings(patch: SettingsPatch): Settings
  readDraft(key: string): string | null
  writeDraft(key: string, value: string | null): void

  /** Changes whenever another connection wrote (PRAGMA data_version). */
  dataVersion(): number
  /** What SQLite finds wrong (quick_check; full: integrity_check and foreign_key_check): nothing when all is well. */
  check(full: boolean): readonly string[]
  /** Every file that some row names, relative to the data directory, with `/` between its parts. */
  listFiles(): readonly string[]
  /** The version of SQLite itself. */
  sqliteVersion(): string
  close(): void
}

export type DatabaseClient = Remote<DatabaseApi>
