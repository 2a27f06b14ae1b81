/**
 * What the database worker can do, as one synchronous interface. The worker implements it on the one connection of this
 * process; `DatabaseClient`, derived from it, is what everybody else holds.
 */
import type {
  CorpusSummary,
  Kernel,
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

/** Who trains a run: a process that can be looked for, and a token no other process has. */
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

export interface DatabaseApi {
  /** Inserts the run and its lease, as `queued` or `running`, in one immediate transaction. */
  createRun(run: NewRun, status: RunStatus, lease: Lease): RunRow
  /** Takes an idle run over. Throws E_RUN_BUSY while another process holds it, E_RUN_STATE where its status forbids it. */
  claimRun(run: RunId, from: readonly RunStatus[], to: RunStatus, lease: Lease): RunRow
  /** Changes the status of a run this lease holds; a status that is not live gives the lease up. */
  setRunStatus(run: RunId, token: string, status: RunStatus, reason: string | null): RunRow
  heartbeat(token: string, now: number): void
  /** Appends points and progress in one transaction; a point of a step that is there already replaces it. */
  appendPoints(run: RunId, token: string, points: readonly RunPoint[], progress: RunProgress): RunRow
  /** Writes the row that joins a checkpoint's files to its run, durably (synchronous=FULL). */
  recordCheckpoint(run: RunId, token: string, checkpoint: CheckpointRow, progress: RunProgress): RunRow
  listCheckpoints(run: RunId): readonly CheckpointRow[]
  forgetCheckpoints(run: RunId, steps: readonly number[]): void
  /** Drops points after the step a run resumes from, and claims it, in the same transaction. */
  resumeRun(run: RunId, step: number, totalSteps: number, lease: Lease): RunRow
  /** Runs held by processes that are gone become `interrupted`; answers those that did. */
  interruptLostRuns(isAlive: readonly { readonly pid: number; readonly started: string | null }[]): readonly RunRow[]
  /** Every process that holds a run, to be looked for. */
  listHolders(): readonly { readonly pid: number; readonly started: string | null }[]

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
  check(full: boolean): readonly string[]
  close(): void
}

export type DatabaseClient = Remote<DatabaseApi>
