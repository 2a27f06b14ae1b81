/**
 * What the database worker can do, as one synchronous interface. The worker implements it on the one connection of this
 * process; `DatabaseClient`, derived from it, is what everybody else holds.
 */
import type {
  Baseline,
  BrowsedList,
  BrowsedRow,
  BrowseQuery,
  BrowseRequest,
  ComparedCurve,
  CorpusSummary,
  EarlierSpeed,
  ExperimentRequest,
  ExperimentSummary,
  Kernel,
  KeptExperiment,
  PatternSet,
  PatternSetInfo,
  RateChange,
  RunConfiguration,
  RunCurve,
  RunDetail,
  RunId,
  RunKind,
  RunPatch,
  RunPoint,
  RunQuery,
  RunRow,
  RunsAsColumns,
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
  /** The run it comes from. */
  readonly parent?: RunId | null
  /** Of an exact repetition: the digest that its model must have at this step. */
  readonly repeats?: { readonly digest: string; readonly step: number } | null
}

/** A run's points as columns that can be handed over without a copy; NaN where there is nothing. */
export interface PackedPoints extends RunCurve {
  /** 1 where a value wasn't finite. */
  readonly nonFinite: Uint8Array
}

/** A run that was made elsewhere, whole: nobody holds it. */
export interface CarriedRun {
  readonly detail: Omit<RunDetail, 'pid' | 'here' | 'deletedAt'>
  readonly nonFinite: boolean
  readonly checkpoints: readonly CheckpointRow[]
  /** What an experiment was made from and what it found; null of a training. */
  readonly experiment: Pick<KeptExperiment, 'settings' | 'result'> | null
}

/** What was taken out of the database for good; the caller removes the files. */
export interface PurgedRuns {
  readonly runs: readonly RunId[]
  /** SHA-256 of texts that no run names any more. */
  readonly corpora: readonly string[]
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
  readonly bestStep: number | null
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

/** Where a run goes on, how far, and with what. */
export interface Resumption {
  readonly step: number
  readonly totalSteps: number
  readonly kernel: Kernel
}

/** A set that was taken out, with all that putting it back needs. */
export interface RemovedPatternSet {
  /** In the list. */
  readonly place: number
  readonly patternSet: string
  readonly title: string
  readonly width: number
  readonly height: number
  readonly count: number
  /** JSON, as it was stored. */
  readonly patterns: string
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
  /** Becomes a part of the run's configuration. */
  recordRateChange(run: RunId, token: string, change: RateChange): RunRow
  /** In the order of their steps. */
  listCheckpoints(run: RunId): readonly CheckpointRow[]
  forgetCheckpoints(run: RunId, token: string, thinning: CheckpointThinning): void
  /**
   * Claims a paused, interrupted, crashed, stopped or finished run as `running`, sets its steps, their total and the kernel
   * it goes on with, and drops what came after the step it resumes from: points (a last point that covers fewer steps than its grid too, see
   * ../runs/point-grid) and checkpoints, all in one transaction.
   */
  resumeRun(run: RunId, resumption: Resumption, lease: Lease): RunRow
  /** Runs held by processes that are gone become `interrupted`; answers those that did. */
  interruptLostRuns(): readonly RunRow[]

  /** Newest first; without a query all that is neither archived nor in the bin. Throws E_FILTER_…. */
  listRuns(query?: RunQuery): readonly RunRow[]
  /** The identifiers of what a query finds, in its order and groups. Throws E_FILTER_…. */
  browseRuns(query: BrowseRequest): BrowsedList
  /** The same runs as columns: the settings that differ, and the losses. Throws E_FILTER_…. */
  readRunsAsColumns(query: Pick<BrowseQuery, 'filter' | 'place'>): RunsAsColumns
  /** Rows in sight, in the order asked for; one that is gone is left out. */
  readBrowsedRows(runs: readonly RunId[], atStep: number | null): readonly BrowsedRow[]
  /** Runs that differ from it in their seed alone. */
  listSiblings(run: RunId): readonly RunId[]
  /** For the eye: smoothed, then decimated with its extremes kept. */
  readComparedCurve(run: RunId, buckets: number, smoothing: number): ComparedCurve
  showRun(run: RunId): RunDetail
  readPoints(run: RunId): readonly RunPoint[]
  readCurve(run: RunId): RunCurve
  renameRun(run: RunId, name: string): RunRow
  changeRun(run: RunId, patch: RunPatch): RunRow
  tagRun(run: RunId, tag: string, isThere: boolean): RunRow
  /** Into the bin. Throws E_RUN_STATE for a run that a living process holds. */
  deleteRun(run: RunId, now: number): RunRow
  /** Out of the bin again. Throws E_RUN_STATE for one that isn't there. */
  restoreRun(run: RunId): RunRow
  /** Removes what was put into the bin before this time, and texts that no run names. */
  purgeRuns(before: number, most?: number): PurgedRuns
  /** Gives up to so many free pages back to the disk; answers how many are still free. */
  giveBackPages(most: number): number

  /** As it is carried away. */
  readCarriedRun(run: RunId): CarriedRun
  readPackedPoints(run: RunId): PackedPoints
  /** Inserts it with its points in one transaction; the files of its checkpoints are there. */
  insertCarriedRun(carried: CarriedRun, points: PackedPoints): RunRow

  listPatternSets(): readonly PatternSetInfo[]
  openPatternSet(id: string): PatternSet | null
  savePatternSet(id: string | null, title: string, set: PatternSet): PatternSetInfo
  /** Renaming and removing throw E_PATTERN_SET_UNKNOWN for a set that isn't there. */
  renamePatternSet(id: string, title: string): PatternSetInfo
  removePatternSet(id: string): RemovedPatternSet
  restorePatternSet(removed: RemovedPatternSet): PatternSetInfo

  readSettings(): Settings
  changeSettings(patch: SettingsPatch): Settings
  readDraft(key: string): string | null
  writeDraft(key: string, value: string | null): void

  /** How fast runs were on a machine, the newest first. */
  readSpeeds(machine: Readonly<Record<string, string>>, most: number): readonly EarlierSpeed[]
  /** What counting reaches, by the reading it was counted on (JSON); null: not counted yet. */
  readBaseline(reading: string): Baseline | null
  writeBaseline(reading: string, baseline: Baseline): void

  /** Changes whenever another connection wrote (PRAGMA data_version). */
  dataVersion(): number
  /** What SQLite finds wrong (quick_check; full: integrity_check and foreign_key_check): nothing when all is well. */
  check(full: boolean): readonly string[]
  /** Every file that some row names, relative to the data directory, with `/` between its parts. */
  listFiles(): readonly string[]
  /** Files of runs that have ended which neither their beginning, their best nor their end needs. */
  listIntermediate(): readonly string[]
  /** Takes them out of the rows; answers them. The caller removes them. */
  forgetIntermediate(): readonly string[]
  /** The version of SQLite itself. */
  sqliteVersion(): string
  close(): void
}

export type DatabaseClient = Remote<DatabaseApi>
