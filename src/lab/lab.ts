/** The lab as a shell sees it: its services, and what it tells while it works. */
import type {
  AnswersRequest,
  Baseline,
  BrowsedList,
  BrowsedRow,
  BrowseQuery,
  ComparedCurve,
  DiskUse,
  BundledModel,
  CorpusSummary,
  Kernel,
  EncodingChoice,
  Evaluation,
  ExperimentProgress,
  ExperimentRequest,
  GradientReport,
  KeptExperiment,
  KeptModel,
  ModelTensor,
  PatternSet,
  PatternSetInfo,
  RecallBatch,
  RecallRequest,
  RecallStart,
  RecallWeights,
  RunConfiguration,
  RunComparison,
  RunCurve,
  RunDetail,
  RunId,
  RunPatch,
  RunPoint,
  RunQuery,
  RunRow,
  RunSnapshot,
  SampleCorpus,
  Settings,
  SettingsPatch,
  TaskAnswers,
  TaskRequest,
  TextComparison,
  TokenKind,
  Trace,
  TrainingMachine,
  WeightSpectrum,
  WeightsRequest,
} from '../shared'
import type { BenchJob } from './bench/bench-api'
import type { ReadingRequest, StatesRequest } from './interactive/reading-request'
import type { ExperimentResults, NetworkGradients } from '../engine'

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

export interface TrainingRequest {
  /** Absolute paths, joined in this order. */
  readonly files: readonly string[]
  readonly encoding: EncodingChoice
  readonly configuration: RunConfiguration
  readonly name: string
  readonly tags?: readonly string[]
  /** Empty: chosen from the text. */
  readonly probe: string
  /** Told once the row and the checkpoint of step 0 are written. */
  readonly onStarted?: (row: RunRow) => void
  /** Absolute path of a model to begin with, in place of drawn parameters. */
  readonly init?: string | null
}

export interface ResumeRequest {
  /** What may differ from the first time; nothing: it goes on to the end it had. */
  readonly configuration?: Partial<Pick<RunConfiguration, 'steps' | 'epochs' | 'checkpointEvery'>>
  readonly onStarted?: (row: RunRow) => void
}

export interface RepeatRequest {
  readonly name?: string
  /** Another than its own: the same setting to its own end, in place of an exact repetition. */
  readonly seed?: number
  /** Changed: the same text, trained to the end that this one gives. */
  readonly configuration?: RunConfiguration
  readonly onStarted?: (row: RunRow) => void
}

export interface ModelChoice {
  readonly run?: RunId
  /** Absolute path of a safetensors file. */
  readonly file?: string
  readonly best?: boolean
  /** Of the run's kept models; null: the newest. */
  readonly step?: number | null
  /** One that comes with the lab. */
  readonly model?: string
}

export interface BaselineRequest {
  /** Absolute paths, joined in this order. */
  readonly files: readonly string[]
  readonly encoding: EncodingChoice
  readonly tokens: TokenKind
  readonly validation: number
  readonly maxContext: number
}

export interface CorpusService {
  readonly inspect: (file: string, encoding: EncodingChoice, tokens: TokenKind) => Promise<CorpusSummary>
  /** What counting n-grams reaches on the held-out end of a text. */
  readonly baseline: (request: BaselineRequest) => Promise<Baseline>
  /** What counting up to six tokens of context reaches on the part of its text that a run holds out; counted once. */
  readonly baselineOf: (run: RunId) => Promise<Baseline>
  /** The same where it was counted before, else null. */
  readonly knownBaselineOf: (run: RunId) => Promise<Baseline | null>
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
  /** Newest first; without a query all that is neither archived nor in the bin. @throws LabError E_FILTER */
  readonly list: (query?: RunQuery) => Promise<readonly RunRow[]>
  /** The identifiers of what a query finds. @throws LabError E_FILTER */
  readonly browse: (query: BrowseQuery) => Promise<BrowsedList>
  /** Rows in sight; one that is gone is left out. */
  readonly rows: (runs: readonly RunId[], atStep: number | null) => Promise<readonly BrowsedRow[]>
  /** Runs that differ from it in their seed alone. */
  readonly siblings: (run: RunId) => Promise<readonly RunId[]>
  /** Curves for the eye: smoothed, then decimated with their extremes kept. */
  readonly curves: (runs: readonly RunId[], buckets: number, smoothing: number) => Promise<readonly ComparedCurve[]>
  readonly diskUse: (run: RunId | null) => Promise<DiskUse>
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
}

/** Paths are absolute, or of the working directory. */
export interface CarryService {
  /** Writes a bundle; answers the runs in it. */
  readonly exportRuns: (
    runs: readonly RunId[],
    choice: { readonly file: string; readonly overwrite: boolean; readonly withCorpus: boolean },
  ) => Promise<readonly RunId[]>
  readonly importBundle: (file: string) => Promise<readonly ImportedRun[]>
  readonly importModel: (file: string, choice: ModelImport) => Promise<RunRow>
  /** Everything in one file, while others go on; answers how many runs it holds. */
  readonly backUp: (file: string, overwrite: boolean) => Promise<number>
  /** A folder in which PyTorch goes on with the run's model. */
  readonly handOff: (
    run: RunId,
    choice: { readonly folder: string; readonly overwrite: boolean; readonly best: boolean },
  ) => Promise<void>
}

export interface SampleRequest {
  readonly prompt: string
  readonly length: number
  readonly temperature: number
  readonly topK: number | null
  readonly topP: number | null
  readonly seed: number
  /** Leaves out what the model does not know; of a prompt that has nothing else, the usual one stays. */
  readonly skipUnknown?: boolean
}

/** In the order in which the network read and wrote it. */
export interface SampleAnswer {
  readonly prompt: string
  readonly text: string
  /** Where the network reads from the end: the text is to be read backward. */
  readonly reverse?: true
}

export interface EvaluationRequest {
  /** Absolute paths. */
  readonly files: readonly string[]
  readonly encoding: EncodingChoice
  readonly skipUnknown: boolean
  /** Told what reading the texts changed and guessed, before they are predicted. */
  readonly onRead?: (corpora: readonly CorpusSummary[]) => void
}

export interface ComparisonRequest {
  readonly text: string
  readonly changed: string
  readonly top: number
  readonly skipUnknown: boolean
}

export interface AnalysisService {
  /** Models that come with the lab. */
  readonly bundled: () => Promise<readonly BundledModel[]>
  /** The models of a run that can still be opened, oldest first. @throws LabError E_RUN_UNKNOWN */
  readonly kept: (run: RunId) => Promise<readonly KeptModel[]>
  /** What it would expect, had it read another text. */
  readonly compare: (model: ModelChoice, request: ComparisonRequest) => Promise<TextComparison>
  /** One of its parameters, by PyTorch's name. @throws LabError E_TENSOR_UNKNOWN */
  readonly tensor: (model: ModelChoice, name: string) => Promise<ModelTensor>
  /** As `trace`, for a window: kept for a while, without the states where they are many, ended by a newer of its lane. */
  readonly read: (
    model: ModelChoice,
    request: ReadingRequest & { readonly top: number; readonly lane?: string },
  ) => Promise<Trace>
  /** (to − from, L, H). @throws LabError E_STATES */
  readonly states: (model: ModelChoice, request: StatesRequest) => Promise<Float32Array>
  /** How far back the prediction of the token after `at` of them reaches, by every way; ended by a newer of the model. */
  readonly paths: (model: ModelChoice, request: ReadingRequest & { readonly at: number }) => Promise<GradientReport>
  /** Ends every `paths` that is still computed. */
  readonly stopPaths: () => Promise<void>
  /** @throws LabError E_NO_RECURRENCE */
  readonly spectrum: (model: ModelChoice, layer: number) => Promise<readonly WeightSpectrum[]>
  readonly trace: (
    model: ModelChoice,
    request: { readonly text: string; readonly top: number; readonly skipUnknown: boolean; readonly full?: boolean },
  ) => Promise<Trace & { readonly logits: Float32Array | null }>
  readonly sample: (model: ModelChoice, request: SampleRequest) => Promise<SampleAnswer>
  /** How well it predicts texts, joined in this order. */
  readonly evaluate: (model: ModelChoice, request: EvaluationRequest) => Promise<Evaluation>
  /** How much of a memory task's answers it gives right. @throws LabError E_TASK_REVERSED; E_SYMBOLS_UNKNOWN */
  readonly answers: (model: ModelChoice, request: AnswersRequest) => Promise<TaskAnswers>
  /** How far back the prediction of the text's last token reaches. */
  readonly gradients: (
    model: ModelChoice,
    request: { readonly text: string; readonly skipUnknown: boolean },
  ) => Promise<NetworkGradients>
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
  /** @throws LabError E_RUN_UNKNOWN, E_RUN_STATE for a run that is no experiment */
  readonly show: (run: RunId) => Promise<KeptExperiment>
  /** Resolves with the final row of one that runs here, else with its row as it is. */
  readonly settled: (run: RunId) => Promise<RunRow>
}

/** A peer in the same turns on one thread. */
export interface BenchPeer {
  readonly name: string
  readonly version: string
  /** The processor that its matrix library computes for; null: it doesn't tell. */
  readonly core: string | null
  readonly charactersPerSecond: number
  /** How many times as fast the lab is. */
  readonly ratio: number
}

export interface BenchResult {
  /** Over whole training steps: forward, backward, clip, update. */
  readonly charactersPerSecond: number
  /** The matrix products of those steps over the whole time, in 10⁹ operations a second. */
  readonly gflops: number
  /** The better of a loop in registers and the best product, of this kernel on one thread, in the same turns. */
  readonly peakGflops: number
  readonly kernel: Kernel
  /** Whether its multiply-add rounds once. */
  readonly fused: boolean
  /** Where they were asked for: those that are installed. */
  readonly peers?: readonly BenchPeer[]
}

export interface BenchOptions {
  /** Of training steps, in all. */
  readonly seconds: number
  readonly peers?: boolean
  readonly onProgress?: (round: number, rounds: number) => void
}

export interface BenchService {
  /** @throws LabError E_NOT_AVAILABLE, E_MEMORY, E_PEER */
  readonly measure: (job: BenchJob, options: BenchOptions) => Promise<BenchResult>
  /** How many times as fast this machine trains as the engine's cost of a step says; measured once. */
  readonly pace: () => Promise<number>
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
