/** What a network is asked about texts: read, compared, written, judged. */
import type { NetworkGradients } from '../engine'
import type {
  AnswersRequest,
  BundledModel,
  CorpusSummary,
  EncodingChoice,
  Evaluation,
  GradientReport,
  KeptModel,
  ModelTensor,
  RunId,
  TaskAnswers,
  TextComparison,
  Trace,
  WeightSpectrum,
} from '../shared'
import type { FileChoice } from './files/file-choice'
import type { ReadingRequest, StatesRequest } from './interactive/reading-request'

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
  readonly files: readonly FileChoice[]
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
  /** What it would expect, had it read another text; ended by a newer of the model. */
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
  /** Ended by a newer one. @throws LabError E_NO_RECURRENCE, E_CANCELLED */
  readonly spectrum: (model: ModelChoice, layer: number) => Promise<readonly WeightSpectrum[]>
  /** Ends a `spectrum` that is still computed. */
  readonly stopSpectrum: () => Promise<void>
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
