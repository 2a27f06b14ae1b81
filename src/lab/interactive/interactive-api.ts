/** What a person waits for: reading a text with a model, writing one, and recalls, in a thread of their own. */
import type { NetworkGradients } from '../../engine'
import type {
  AnswersRequest,
  Evaluation,
  GradientReport,
  Kernel,
  ModelTensor,
  PatternSet,
  RecallBatch,
  RecallRequest,
  RecallStart,
  RecallWeights,
  TaskAnswers,
  TextComparison,
  Trace,
  WeightSpectrum,
  WeightsRequest,
} from '../../shared'
import type { KernelWish } from '../kernels/choose-kernel'
import type { ComparisonRequest, SampleAnswer, SampleRequest } from '../lab'
import type { ModelDescription } from '../training/first-parameters'
import type { CheckpointFiles } from '../training/training-api'
import type { EvaluationText } from './evaluate'
import type { ReadingRequest, StatesRequest } from './reading-request'

/** What the thread is started with. */
export interface InteractiveWorkerData {
  /** Where the compiled kernels lie. */
  readonly kernels: string
}

export interface TraceRequest {
  readonly text: string
  readonly top: number
  readonly skipUnknown: boolean
  readonly full: boolean
}

export interface GradientsRequest {
  readonly text: string
  readonly skipUnknown: boolean
}

export type FullTrace = Trace & { readonly logits: Float32Array | null }

export interface ReadRequest extends ReadingRequest {
  readonly top: number
  readonly lane?: string
}

export interface InteractiveApi {
  readonly read: (model: string, step: number | null, request: ReadRequest) => Promise<Trace>
  readonly states: (model: string, request: StatesRequest) => Promise<Float32Array>
  readonly paths: (
    model: string,
    step: number | null,
    request: ReadingRequest & { readonly at: number },
  ) => Promise<GradientReport>
  readonly stopPaths: () => void
  readonly spectrum: (model: string, layer: number) => Promise<readonly WeightSpectrum[]>
  readonly stopSpectrum: () => void
  /** @param model absolute path of a safetensors file; @param step of the checkpoint, null for a file of its own */
  readonly trace: (model: string, step: number | null, request: TraceRequest) => Promise<FullTrace>
  readonly compare: (model: string, step: number | null, request: ComparisonRequest) => Promise<TextComparison>
  readonly tensor: (model: string, name: string) => ModelTensor
  /** @param frequent the most frequent token of the text it learnt; null: not known */
  readonly sample: (model: string, request: SampleRequest, frequent: string | null) => Promise<SampleAnswer>
  /** How this model reads texts. */
  readonly describe: (model: string) => ModelDescription
  readonly evaluate: (model: string, text: EvaluationText) => Promise<Evaluation>
  readonly answers: (model: string, request: AnswersRequest) => Promise<TaskAnswers>
  readonly gradients: (model: string, request: GradientsRequest) => NetworkGradients
  /** Starts to recall; batches come until one carries the end. @param isFollowed whether they wait for an eye */
  readonly startRecall: (recall: string, request: RecallRequest, isFollowed: boolean) => RecallStart
  readonly followRecall: (recall: string, visit: number) => void
  readonly stopRecall: (recall: string) => void
  readonly weights: (request: WeightsRequest) => RecallWeights
  readonly overlaps: (set: PatternSet) => Float64Array
  /** The kernel that computes here. */
  readonly chooseKernel: (directory: string, wish: KernelWish) => Kernel
  /** The first of these checkpoints that can be read in full; null: none can. */
  readonly firstWhole: (checkpoints: readonly CheckpointFiles[]) => CheckpointFiles | null
}

export interface InteractiveListener {
  /** Resolves when the batch was taken: the next is sent then. */
  readonly recall: (batch: RecallBatch) => Promise<void>
}
