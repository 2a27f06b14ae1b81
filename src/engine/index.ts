/** The engine's door: the mathematics, for whoever trains, recalls or looks on. */
export { EngineError } from './error'
export { exp, log, sigmoid, tanh } from './numerics/elementary'
export type { Floats, Precision } from './numerics/floats'
export { Random } from './random/generator'
export type { RandomState } from './random/generator'
export type { Initialisation } from './recurrent/initialise'
export { createNetwork } from './network'
export { RecurrentNetwork } from './recurrent/network'
export { createLayout, GATES, gateCount } from './recurrent/shape'
export type { ModelShape, ParameterLayout, RecurrentCell, RecurrentShape, Tensor } from './recurrent/shape'
export type { WindowShape } from './window/shape'
export { createReader } from './kernels/reader'
export type { Reader } from './kernels/reader'
export { createReference } from './kernels/training-arithmetic'
export type { TrainableNetwork } from './kernels/trainable-network'
export type { KernelCode, KernelName } from './kernels/kernel'
export { probeKernel, quickestKernel } from './kernels/measure'
export { operationsOfStep } from './kernels/operations'
export { bestForm, bestRate, measureForm, peakForms } from './kernels/peak'
export type { PeakForm } from './kernels/peak'
export { MOMENTS } from './optimisers/optimiser'
export type { OptimiserName, OptimiserSettings } from './optimisers/optimiser'
export type { Schedule } from './optimisers/schedule'
export { memoryNeed, MOST_OF_MEMORY, trainingBytes, worthwhileWorkers } from './training/cost'
export { stepNanoseconds, validationNanoseconds } from './training/time'
export type { MemoryNeed } from './training/cost'
export { fittingBatch, streamLength } from './training/cursor'
export type { TokenIds } from './training/cursor'
export { Shard } from './training/shard'
export type { ShardSettings } from './training/shard'
export { openExchange } from './training/shards'
export type { ExchangeSizes, ShardExchange } from './training/shards'
export { Trainer } from './training/trainer'
export type { StepResult, TrainerSettings, TrainerSnapshot } from './training/trainer'
export { Validation } from './training/validation'
export { countingLosses } from './analysis/baseline'
export { alignedSteps, totalVariation } from './analysis/difference'
export { gradientPieces } from './analysis/gradient-paths'
export type { GradientPaths } from './analysis/gradient-paths'
export { gatePieces, gradientsOfText } from './analysis/gradients'
export type { NetworkGradients } from './analysis/gradients'
export { Sampler } from './analysis/sample'
export type { SampleSettings } from './analysis/sample'
export { finish } from './analysis/pieces'
export { singularValuePieces, spectrumPieces } from './analysis/spectrum'
export { largest, Probe, traceNetwork, tracePieces } from './analysis/trace'
export type { NetworkTrace, TraceChoice } from './analysis/trace'
export { isSyllable, LEADING, SYLLABLE, TRAILING, TRAILINGS, VOWEL, VOWELS } from './text/jamo'
export { answerPlaces, chanceOf, taskDistances, writeQuestions, writeTask } from './text/tasks'
export type { DistanceRange } from './text/tasks'
export type { Task } from './text/tasks'
export { BYTE_SYMBOLS, Tokeniser } from './text/tokeniser'
export type { Tokens } from './text/tokeniser'
export { createExperiment, createTally } from './hopfield/experiments'
export type {
  Attractor,
  AttractorSettings,
  BasinPoint,
  BasinSettings,
  CapacityPoint,
  CapacitySettings,
  Experiment,
  ExperimentResults,
  ExperimentSettings,
  Landscape,
  LandscapeAxes,
  LandscapeSettings,
  PathPoint,
  SingleRecall,
  SingleRecallSettings,
  Tally,
} from './hopfield/experiments'
export { CRITICAL_LOAD, meanFieldOverlap } from './hopfield/experiments/mean-field'
export { isFixedPoint } from './hopfield/fixed-point'
export { patternOverlaps } from './hopfield/overlaps'
export { createMemory } from './hopfield/memory'
export type { MemorySettings, NamedPattern } from './hopfield/memory'
export { looksLikeJson, parsePatternJson } from './hopfield/pattern-json'
export type { PatternJson, RealCue } from './hopfield/pattern-json'
export { parsePatternText, printPatternText, toGrid, toRows } from './hopfield/pattern-text'
export type { GridPattern } from './hopfield/pattern-text'
export { Recall } from './hopfield/recall'
export type { RecallOptions, Visit } from './hopfield/recall'
export { overlap } from './hopfield/rule'
export type { Memory, RuleName } from './hopfield/rule'
export { blankHalf, flipShare, toBipolar } from './hopfield/spoil'
export { createWeightReader } from './hopfield/weights'
export type { WeightReader } from './hopfield/weights'
export { judge } from './hopfield/verdict'
export type { Verdict } from './hopfield/verdict'
