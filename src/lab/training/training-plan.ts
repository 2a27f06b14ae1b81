/** From a configuration and a text to what is trained: the split, the number of steps, the parameters, the memory. */
import { availableParallelism, freemem } from 'node:os'
import { createLayout, fittingBatch, gateCount, streamLength } from '../../engine'
import type { ModelShape, TrainerSettings } from '../../engine'
import { DEFAULT_CONFIGURATION, LabError, meaninglessSetting } from '../../shared'
import type { RunConfiguration } from '../../shared'
import { inMebibytes } from '../files/mebibytes'
import { countWorkers } from './worker-count'

export interface TrainingPlan {
  readonly shape: ModelShape
  readonly trainTokens: number
  readonly totalSteps: number
  readonly parameters: number
  /** The training worker among them. */
  readonly workers: number
}

/** Share of the free memory that a run may take. */
const MOST_OF_MEMORY = 0.6
const FLOAT_BYTES = 4
/** A thread with its heap, before it computes. */
const THREAD_BYTES = 8 * 2 ** 20

/** @throws LabError E_CONFIGURATION, E_CORPUS_TOO_SMALL, E_MEMORY */
export function planTraining(
  configuration: RunConfiguration,
  tokens: number,
  vocabularySize: number,
  name: string,
  freeBytes = freemem(),
  cores = availableParallelism(),
): TrainingPlan {
  const { batch, sequence } = configuration
  assertMeaningful(configuration)
  const shape = shapeOf(configuration, vocabularySize)
  const trainTokens = tokens - Math.floor(tokens * configuration.validation)
  const stepsPerEpoch = Math.floor(streamLength(trainTokens, batch) / sequence)
  if (stepsPerEpoch < 1) {
    const fit = fittingBatch(trainTokens, batch, sequence)
    const details = { name, tokens: trainTokens, batch, sequence, fitBatch: fit.batch, fitSequence: fit.sequence }
    throw new LabError('E_CORPUS_TOO_SMALL', details)
  }
  const parameters = createLayout(shape).size
  const workers = countWorkers(configuration, shape, cores)
  assertMemory(configuration, shape, parameters, workers, freeBytes)
  return {
    shape,
    trainTokens,
    totalSteps: configuration.steps ?? configuration.epochs * stepsPerEpoch,
    parameters,
    workers,
  }
}

export function shapeOf(configuration: RunConfiguration, vocabularySize: number): ModelShape {
  const { cell, window, layers, hidden, embedding } = configuration
  const sizes = { layers, hidden, vocabulary: vocabularySize, embedding }
  return cell === 'window' ? { cell, window, ...sizes } : { cell, ...sizes }
}

/** @throws LabError E_CONFIGURATION for a setting that its cell has no use for */
function assertMeaningful(configuration: RunConfiguration): void {
  const name = meaninglessSetting(configuration)
  if (name === null) return
  const option = name === 'initialisation' ? '--initialisation' : '--gate-bias'
  const expected = `${DEFAULT_CONFIGURATION[name]} with --cell ${configuration.cell}`
  throw new LabError('E_CONFIGURATION', { option, expected, value: configuration[name] })
}

/** Parameters, gradients, two moments, the weights packed for the way back, and each parameter's place on a kernel. */
const COPIES = 6

/** What a run of one worker needs at most, in bytes: the parameters' copies and a window of activations. */
export function estimateBytes({ batch, sequence }: RunConfiguration, shape: ModelShape, parameters: number): number {
  const rows = batch * sequence
  if (shape.cell === 'window') {
    // Each layer's rows with their gradient, mask and masked input; the embedded input with its gradient.
    const width = 4 * shape.layers * shape.hidden + shape.window * (2 * shape.embedding + 1)
    return FLOAT_BYTES * (parameters * COPIES + rows * (2 * shape.vocabulary + width))
  }
  const units = shape.layers * shape.hidden * (2 * gateCount(shape.cell) + 3)
  return FLOAT_BYTES * (parameters * COPIES + rows * (2 * shape.vocabulary + units))
}

/** What the shards but the first need besides: parameters, gradients, the weights packed, places, what they tell; a thread each. */
function shardBytes(parameters: number, workers: number): number {
  if (workers === 1) return 0
  return parameters * FLOAT_BYTES + (workers - 1) * (parameters * 5 * FLOAT_BYTES + THREAD_BYTES)
}

function assertMemory(
  configuration: RunConfiguration,
  shape: ModelShape,
  parameters: number,
  workers: number,
  free: number,
): void {
  const shards = shardBytes(parameters, workers)
  const needed = estimateBytes(configuration, shape, parameters) + shards
  if (needed <= free * MOST_OF_MEMORY) return
  const weights = parameters * COPIES * FLOAT_BYTES
  const ofOne = weights <= needed / 2 ? 'batch' : shape.cell === 'window' ? 'window' : 'hidden'
  const field = shards > needed / 2 ? 'workers' : ofOne
  throw new LabError('E_MEMORY', { needed: inMebibytes(needed), available: inMebibytes(free), field })
}

/** The length of the schedule is that of the first configuration: beyond it the last rate holds. */
export function trainerSettings(configuration: RunConfiguration, shape: ModelShape, steps: number): TrainerSettings {
  const { learningRate, schedule, warmUp, decayEvery, decay, momentum, alpha, weightDecay } = configuration
  return {
    shape,
    batch: configuration.batch,
    sequence: configuration.sequence,
    dropout: configuration.dropout,
    clip: configuration.clip,
    optimiser: { name: configuration.optimizer, momentum, alpha, weightDecay },
    schedule: {
      name: schedule,
      learningRate,
      totalSteps: steps,
      warmUp,
      decayEvery: decayEvery ?? Math.max(1, Math.floor(steps / 3)),
      decay: decay ?? 0.1,
    },
    initialisation: { recurrent: configuration.initialisation, gateBias: configuration.gateBias },
    seed: configuration.seed,
    precision: 'float32',
  }
}
