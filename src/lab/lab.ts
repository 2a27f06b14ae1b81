/** The lab as a shell sees it: its services, and what it tells while it works. */
import type {
  Baseline,
  BrowsedList,
  BrowsedRow,
  BrowseQuery,
  BrowseRequest,
  ComparedCurve,
  CorpusSummary,
  DiskFreeable,
  DiskUse,
  EncodingChoice,
  ExperimentProgress,
  ExperimentRequest,
  Freeable,
  KeptExperiment,
  Kernel,
  ModelAlphabet,
  ModelLook,
  PatternSet,
  PatternSetInfo,
  RecallBatch,
  RecallRequest,
  RecallStart,
  RecallWeights,
  RunComparison,
  RunConfiguration,
  RunCurve,
  RunDetail,
  RunId,
  RunPatch,
  RunPoint,
  RunQuery,
  RunRow,
  RunsAsColumns,
  RunSnapshot,
  SampleCorpus,
  Settings,
  SettingsPatch,
  TaskRequest,
  TokenKind,
  TrainingMachine,
  WeightsRequest,
} from '../shared'
import type { ExperimentResults } from '../engine'
import type { FileChoice, NamedFile } from './files/file-choice'
import type { Incoming } from './files/incoming'
import type { AnalysisService } from './lab-analysis'
import type { BenchService } from './lab-bench'

export type * from './lab-analysis'
export type * from './lab-bench'

/** What the lab tells without being asked. Points are told after they are in the database. */
export interface LabListener {
  readonly run?: (row: RunRow) => void
  readonly points?: (run: RunId, points: readonly RunPoint[]) => void
  readonly snapshot?: (snapshot: RunSnapshot) => void
  readonly recall?: (batch: RecallBatch) => void
  /** What an experiment has found so far, once it is in the database. */
  readonly experiment?: (progress: ExperimentProgress) => void
  readonly settings?: (settings: Settings) => void
  /** Another process wrote to the database: read again. */
  readonly changedElsewhere?: () => void
}

export interface DiskRoom {
  /** What a run may write at most. */
  readonly neededBytes: number
  readonly freeBytes: number
}

/** What whoever asks for a run is told of it. */
export interface BeginningListener {
  /** Told once the row and the checkpoint of step 0 are written. */
  readonly onStarted?: (row: RunRow) => void
  /** Told before that, where the run may write more than is free on the disk. */
  readonly onDiskTight?: (room: DiskRoom) => void
}

export interface TrainingRequest extends BeginningListener {
  /** Absolute paths, joined in this order. */
  readonly files: readonly FileChoice[]
  readonly encoding: EncodingChoice
  readonly configuration: RunConfiguration
  readonly name: string
  readonly tags?: readonly string[]
  /** Empty: chosen from the text. */
  readonly probe: string
  /** Absolute path of a model to begin with, in place of drawn parameters. */
  readonly init?: string | null
}

export interface ResumeRequest extends BeginningListener {
  /** What may differ from the first time; nothing: it goes on to the end it had. */
  readonly configuration?: Partial<Pick<RunConfiguration, 'steps' | 'epochs' | 'checkpointEvery'>>
}

export interface RepeatRequest extends BeginningListener {
  readonly name?: string
  /** Another than its own: the same setting to its own end, in place of an exact repetition. */
  readonly seed?: number
  /** Changed: the same text, trained to the end that this one gives. */
  readonly configuration?: RunConfiguration
}

export interface BaselineRequest {
  /** Absolute paths, joined in this order. */
  readonly files: readonly FileChoice[]
  readonly encoding: EncodingChoice
  readonly tokens: TokenKind
  readonly validation: number
  readonly maxContext: number
}

/** On either side of a run's split. */
export interface TokensPerCharacter {
  readonly trained: number
  /** Null where nothing is held out. */
  readonly heldOut: number | null
}

export interface CorpusService {
  /**
   * Takes in a text that comes through a pipe, for every other function to read until the lab is closed. It is bounded as
   * a file is. @throws LabError E_FILE_TOO_LARGE, E_FILE_UNREADABLE, E_DISK_FULL
   */
  readonly receive: (incoming: Incoming) => Promise<NamedFile>
  readonly inspect: (file: FileChoice, encoding: EncodingChoice, tokens: TokenKind) => Promise<CorpusSummary>
  /** Its different tokens in the order of their numbers. */
  readonly alphabet: (file: FileChoice, encoding: EncodingChoice, tokens: TokenKind) => Promise<readonly string[]>
  /** What counting n-grams reaches on the held-out end of a text. */
  readonly baseline: (request: BaselineRequest) => Promise<Baseline>
  /** What counting up to six tokens of context reaches on the part of its text that a run holds out; counted once. */
  readonly baselineOf: (run: RunId) => Promise<Baseline>
  /** The same where it was counted before, else null. */
  readonly knownBaselineOf: (run: RunId) => Promise<Baseline | null>
  /**
   * Of the text of a run; 1 but for jamo.
   * @throws LabError E_RUN_UNKNOWN, E_CORPUS_GONE
   */
  readonly tokensPerCharacter: (run: RunId) => Promise<TokensPerCharacter>
  /** Absolute path of a text made for a question of memory, in the data directory. */
  readonly generate: (request: TaskRequest) => Promise<string>
  readonly samples: () => Promise<readonly SampleCorpus[]>
  /** Absolute path of a bundled sample. */
  readonly sampleFile: (id: string) => Promise<string>
}

export interface TrainingService {
  /** Starts, or queues where a run is active already; answers once the row and the checkpoint of step 0 are written. */
  readonly start: (request: TrainingRequest) => Promise<RunRow>
  readonly pause: (run: RunId) => Promise<void>
  /** Goes on with a paused, interrupted, crashed or stopped run from its checkpoint. */
  readonly resume: (run: RunId, request?: ResumeRequest) => Promise<RunRow>
  /**
   * Trains it again, as a run of its own whose parent it is, with the same bytes, configuration, rounding and workers, to
   * the step of its last model; `digest` of both tells whether they are equal.
   */
  readonly repeat: (run: RunId, request?: RepeatRequest) => Promise<RunRow>
  readonly stop: (run: RunId) => Promise<void>
  readonly watch: (run: RunId, probe: string | null, temperature: number | null) => Promise<void>
  /** A checkpoint now; it trains on. @throws LabError E_RUN_STATE for a run that isn't trained here */
  readonly save: (run: RunId) => Promise<void>
  /** What this machine has for a run, measured where nothing trains yet. */
  readonly machine: () => Promise<TrainingMachine>
  /**
   * The learning rate of the next step and all after it, recorded in the run's configuration; the schedule goes on with it.
   * @throws LabError E_RUN_STATE for a run that isn't trained here
   */
  readonly changeRate: (run: RunId, learningRate: number) => Promise<void>
  /** Resolves with the final row when the run has left every live state (or is paused). */
  readonly settled: (run: RunId) => Promise<RunRow>
  /** Stops or leaves every active run with its state saved (closing the app). */
  readonly saveAll: () => Promise<void>
  readonly active: () => readonly RunId[]
}

export interface RunService {
  /** Newest first; without a query all that is neither archived nor in the bin. @throws LabError E_FILTER_… */
  readonly list: (query?: RunQuery) => Promise<readonly RunRow[]>
  /** The identifiers of what a query finds. @throws LabError E_FILTER_… */
  readonly browse: (query: BrowseRequest) => Promise<BrowsedList>
  readonly columns: (query: Pick<BrowseQuery, 'filter' | 'place'>) => Promise<RunsAsColumns>
  /** Rows in sight; one that is gone is left out. */
  readonly rows: (runs: readonly RunId[], atStep: number | null) => Promise<readonly BrowsedRow[]>
  /** Runs that differ from it in their seed alone. */
  readonly siblings: (run: RunId) => Promise<readonly RunId[]>
  /** Curves for the eye: smoothed, then decimated with their extremes kept. */
  readonly curves: (runs: readonly RunId[], buckets: number, smoothing: number) => Promise<readonly ComparedCurve[]>
  readonly diskUse: (run: RunId | null) => Promise<DiskUse>
  /** What lies on the disk without being needed. */
  readonly freeable: () => Promise<DiskFreeable>
  readonly free: (what: Freeable) => Promise<void>
  readonly show: (run: RunId) => Promise<RunDetail>
  readonly points: (run: RunId) => Promise<readonly RunPoint[]>
  readonly curve: (run: RunId) => Promise<RunCurve>
  readonly rename: (run: RunId, name: string) => Promise<RunRow>
  readonly change: (run: RunId, patch: RunPatch) => Promise<RunRow>
  readonly tag: (run: RunId, tag: string, isThere: boolean) => Promise<RunRow>
  /** Into the bin. @throws LabError E_RUN_STATE while it is trained */
  readonly delete: (run: RunId) => Promise<RunRow>
  readonly restore: (run: RunId) => Promise<RunRow>
  /** Removes what has been in the bin for so many days (0: all of it), and gives its space back. */
  readonly emptyBin: (olderThanDays: number) => Promise<readonly RunId[]>
  /** From 2 to 20 of them, in this order. @throws LabError E_INPUT */
  readonly compare: (runs: readonly RunId[]) => Promise<RunComparison>
  /** Absolute path of its last parameters, or of those with the smallest validation loss. */
  readonly modelFile: (run: RunId, best: boolean) => Promise<string>
}

export interface ImportedRun {
  /** As it is named here. */
  readonly run: RunId
  /** As it was named where it came from. */
  readonly from: RunId
  /** false: it was here already. */
  readonly isNew: boolean
}

export interface ModelImport {
  readonly parent: RunId | null
  /** Empty: the file's. */
  readonly name: string
  /** Of a file that holds tensors alone; one that says itself what it reads takes none. */
  readonly alphabet?: ModelAlphabet | null
  /** A text that it can read; else its parent's. */
  readonly probe?: string | null
}

/** Paths are absolute, or of the working directory. */
export interface CarryService {
  /** Writes a bundle; answers the runs in it. */
  readonly exportRuns: (
    runs: readonly RunId[],
    choice: { readonly file: string; readonly overwrite: boolean; readonly withCorpus: boolean },
  ) => Promise<readonly RunId[]>
  readonly importBundle: (file: string) => Promise<readonly ImportedRun[]>
  /** What a model's file holds, whether or not it says which symbols it reads. */
  readonly lookAtModel: (file: string) => Promise<ModelLook>
  readonly importModel: (file: string, choice: ModelImport) => Promise<RunRow>
  /** Everything in one file, while others go on; answers how many runs it holds. */
  readonly backUp: (file: string, overwrite: boolean) => Promise<number>
  /** A folder in which PyTorch goes on with the run's model. */
  readonly handOff: (
    run: RunId,
    choice: { readonly folder: string; readonly overwrite: boolean; readonly best: boolean },
  ) => Promise<void>
}

export interface RecallService {
  /** @param isFollowed its stream waits a few sweeps ahead of what `follow` tells; else it runs to its end */
  readonly start: (request: RecallRequest, isFollowed?: boolean) => Promise<RecallStart>
  readonly follow: (recall: string, visit: number) => Promise<void>
  readonly stop: (recall: string) => Promise<void>
  /** A part of W, and b, of a linear rule. */
  readonly weights: (request: WeightsRequest) => Promise<RecallWeights>
  /** m between every two patterns, (P, P). */
  readonly overlaps: (set: PatternSet) => Promise<Float64Array>
}

export interface ExperimentOptions<Request extends ExperimentRequest = ExperimentRequest> {
  /** Threads; nothing: as many as there are cores. */
  readonly workers?: number
  /** Whether it is kept as a run; it is unless this says false. */
  readonly save?: boolean
  /** Of the run; nothing: what it is and of what. */
  readonly name?: string
  /** Told once its row is written. */
  readonly onStarted?: (row: RunRow) => void
  readonly onProgress?: (done: number, total: number) => void
  /** After every share of the trials: what they have found so far. */
  readonly onPartial?: (result: ExperimentResults[Request['kind']]) => void
  /** Aborted: the threads end at once; what they found is kept and answered, as `stopped`. */
  readonly signal?: AbortSignal
}

export interface ExperimentOutcome<Request extends ExperimentRequest = ExperimentRequest> {
  /** Its row at the end; null where it isn't kept. */
  readonly run: RunRow | null
  readonly status: 'finished' | 'stopped'
  /** Those that the result holds. */
  readonly trials: number
  readonly totalTrials: number
  readonly result: ExperimentResults[Request['kind']]
}

export interface ExperimentService {
  /**
   * Answers at its end. The result is a function of the request alone, whatever the number of threads.
   * @throws LabError of the patterns and the rule, E_CONFIGURATION, E_CANCELLED before anything is written
   */
  readonly run: <Request extends ExperimentRequest>(
    request: Request,
    options?: ExperimentOptions<Request>,
  ) => Promise<ExperimentOutcome<Request>>
  /** Answers once its row is written; what it finds is told to listeners. */
  readonly start: (request: ExperimentRequest, name: string) => Promise<RunRow>
  /** Ends one that runs here, keeping what it found. @throws LabError E_RUN_STATE */
  readonly stop: (run: RunId) => Promise<RunRow>
  /** Those kept as runs that go on in this process. */
  readonly active: () => readonly RunId[]
  /** @throws LabError E_RUN_UNKNOWN, E_RUN_STATE for a run that is no experiment */
  readonly show: (run: RunId) => Promise<KeptExperiment>
  /** Resolves with the final row of one that runs here, else with its row as it is. */
  readonly settled: (run: RunId) => Promise<RunRow>
}

export interface PatternService {
  readonly sets: () => Promise<readonly PatternSetInfo[]>
  readonly open: (id: string) => Promise<PatternSet>
  readonly save: (id: string | null, title: string, set: PatternSet) => Promise<PatternSetInfo>
  readonly rename: (id: string, title: string) => Promise<PatternSetInfo>
  /** A set of one's own with the same patterns. */
  readonly duplicate: (id: string, title: string) => Promise<PatternSetInfo>
  readonly remove: (id: string) => Promise<void>
  /** Puts back a set that was removed since the lab was opened. */
  readonly restore: (id: string) => Promise<PatternSetInfo>
}

export interface SettingsService {
  readonly read: () => Promise<Settings>
  readonly change: (patch: SettingsPatch) => Promise<Settings>
  readonly readDraft: (key: string) => Promise<string | null>
  readonly writeDraft: (key: string, value: string | null) => Promise<void>
}

export interface DoctorReport {
  readonly versions: Readonly<Record<string, string>>
  readonly kernel: string
  readonly cores: number
  readonly dataDirectory: string
  /** `ok`, or what is wrong. */
  readonly database: string
  readonly orphans: readonly string[]
}

export interface Lab {
  readonly corpora: CorpusService
  readonly training: TrainingService
  readonly runs: RunService
  readonly carry: CarryService
  readonly analysis: AnalysisService
  readonly recall: RecallService
  readonly experiments: ExperimentService
  readonly bench: BenchService
  readonly patterns: PatternService
  readonly settings: SettingsService
  /** The kernel that `auto` is on this machine. */
  readonly kernel: () => Promise<Kernel>
  readonly doctor: (check: boolean) => Promise<DoctorReport>
  readonly listen: (listener: LabListener) => () => void
  readonly close: () => Promise<void>
}
