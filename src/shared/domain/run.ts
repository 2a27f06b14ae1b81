/** A run: its life, its row in the list, its points and its checkpoints (DESIGN, "A run's life"). */
import * as v from 'valibot'
import type { CorpusSummary } from './corpus'
import { textUpTo, wordsUpTo } from './well-formed'
import type { Cell, Kernel, RunConfiguration } from './run-configuration'

export const RUN_STATUSES = [
  'queued',
  'running',
  'paused',
  'finished',
  'stopped',
  'diverged',
  'crashed',
  'interrupted',
] as const
export type RunStatus = (typeof RUN_STATUSES)[number]
/** A run in one of these is held by a process that trains it. */
export const LIVE_STATUSES: readonly RunStatus[] = ['queued', 'running', 'paused']

export const RUN_KINDS = ['training', 'recall', 'capacity', 'basin', 'attractors', 'landscape'] as const
export type RunKind = (typeof RUN_KINDS)[number]
export const REPEAT_VERDICTS = ['equal', 'different'] as const
export type RepeatVerdict = (typeof REPEAT_VERDICTS)[number]
export type PauseReason = 'person' | 'disk full'
export type RunId = string

/** A row of the list. Times are milliseconds since 1970 for people's eyes only; order and durations never use them. */
export interface RunRow {
  readonly run: RunId
  readonly kind: RunKind
  readonly status: RunStatus
  /** Why it paused or crashed. */
  readonly reason: string | null
  readonly name: string
  readonly corpus: string | null
  readonly cell: Cell | null
  readonly hidden: number | null
  readonly layers: number | null
  readonly parameters: number | null
  readonly vocabularySize: number | null
  /** Steps done, and in all. */
  readonly steps: number
  readonly totalSteps: number | null
  /** Mean over the last 100 steps, nats per token. */
  readonly trainLoss: number | null
  readonly validationLoss: number | null
  /** Of the best parameters; once the run has finished, on all of the held-out text, as `validationLoss` is then. */
  readonly bestValidationLoss: number | null
  /** The step of the best parameters; null before the first validation. */
  readonly bestStep: number | null
  readonly charactersPerSecond: number | null
  /** Seconds spent training, without pauses. */
  readonly seconds: number
  readonly kernel: Kernel | null
  readonly workers: number | null
  readonly digest: string | null
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly starred: boolean
  /** Kept, but shown only to whoever asks. */
  readonly archived: boolean
  /** When it was put into the bin, null while it is not there. */
  readonly deletedAt: number | null
  /** The run it came from (repeated, trained on elsewhere), whether that one is here or not. */
  readonly parent: RunId | null
  /** Of a run that repeats its parent exactly, once it got there: whether the same model came of it. */
  readonly verdict: RepeatVerdict | null
  /** The process that trains it, while one does; `here` tells whether it is this one. */
  readonly pid: number | null
  readonly here: boolean
  /** A step whose model can be opened, null before the first checkpoint. */
  readonly modelStep: number | null
}

/** What a machine has for a run. */
export interface TrainingMachine {
  readonly cores: number
  readonly freeBytes: number
  /** On the disk that the data lie on. */
  readonly diskFreeBytes: number
  /** How many times as fast it trains as the engine's cost of a step says. */
  readonly pace: number
  /** How fast runs were here before, the newest first. */
  readonly earlier: readonly EarlierSpeed[]
}

/** What a step of an earlier run took, and what decides how long one takes. */
export interface EarlierSpeed extends Pick<
  RunConfiguration,
  'cell' | 'hidden' | 'layers' | 'embedding' | 'window' | 'batch' | 'sequence'
> {
  readonly vocabularySize: number
  readonly workers: number
  readonly nanosecondsAStep: number
}

/** What a person writes about a run, in UTF-16 units. */
export const LONGEST_NAME = 200
export const LONGEST_TAG = 100
export const LONGEST_NOTE = 100_000

/** What a person may change of a run at any time. */
export const RunPatchSchema = v.strictObject({
  name: v.exactOptional(wordsUpTo(LONGEST_NAME)),
  note: v.exactOptional(textUpTo(LONGEST_NOTE)),
  starred: v.exactOptional(v.boolean()),
  archived: v.exactOptional(v.boolean()),
})
export type RunPatch = Readonly<Partial<v.InferOutput<typeof RunPatchSchema>>>

/** A run that was brought in. */
export interface CarriedIn {
  readonly run: RunId
  /** false: it was here already. */
  readonly isNew: boolean
}

/** Which runs a list shows. */
export interface RunQuery {
  /** Of ./run-filter; empty: all. */
  readonly filter: string
  /** The bin instead of what isn't in it. */
  readonly deleted: boolean
  /** Archived ones too. A filter that names `archived` decides for itself. */
  readonly archived: boolean
  /** The newest so many, and whatever goes on; nothing: all. */
  readonly most?: number
}

/** How long a deleted run can be restored. */
export const BIN_DAYS = 30

/** One point of the curves. A value that wasn't finite is null and `nonFinite` is true. */
export interface RunPoint {
  readonly step: number
  /** Mean over the steps that the point covers. */
  readonly trainLoss: number | null
  /** The smallest and the largest of them; null in points of earlier versions. */
  readonly minTrainLoss: number | null
  readonly maxTrainLoss: number | null
  readonly validationLoss: number | null
  readonly gradientNorm: number | null
  readonly learningRate: number
  readonly charactersPerSecond: number | null
  readonly nonFinite: boolean
}

export const CURVE_COLUMNS = [
  'step',
  'trainLoss',
  'minTrainLoss',
  'maxTrainLoss',
  'validationLoss',
  'gradientNorm',
  'learningRate',
  'charactersPerSecond',
] as const

/** The same as columns, for the page: one array a column, NaN where there is nothing. */
export type RunCurve = Readonly<Record<(typeof CURVE_COLUMNS)[number], Float64Array>>

export interface RunDetail extends RunRow {
  readonly configuration: RunConfiguration | null
  readonly corpora: readonly CorpusSummary[]
  /** What a person wrote about it, in Markdown. */
  readonly note: string
  /** The text whose hidden states are watched. */
  readonly probe: string | null
  /** The last text the network wrote while it trained. */
  readonly sample: string | null
  readonly machine: Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, string>>
}

/** What a running network shows of itself; only the newest matters. */
export interface RunSnapshot {
  readonly run: RunId
  readonly step: number
  /** Tokens of the probe text, as shown. */
  readonly probe: readonly string[]
  /** (T, L, H) of the probe text, float32. */
  readonly hidden: Float32Array
  readonly layers: number
  readonly units: number
  /** What it writes at this step. */
  readonly sample: string
}
