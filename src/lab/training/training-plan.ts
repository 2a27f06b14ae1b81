/** From a configuration and a text to what is trained: the split, the number of steps, the parameters, the memory. */
import { availableParallelism, freemem } from 'node:os'
import { createLayout, fittingBatch, gateCount, streamLength } from '../../engine'
import type { ModelShape, TrainerSettings } from '../../engine'
import { LabError } from '../../shared'
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

/** @throws LabError E_CORPUS_TOO_SMALL, E_CONFIGURATION, E_MEMORY, E_NOT_AVAILABLE */
export function planTraining(
  configuration: RunConfiguration,
  tokens: number,
  vocabularySize: number,
  name: string,
  freeBytes = freemem(),
  cores = availableParallelism(),
): TrainingPlan {
  const { batch, sequence } = configuration
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

/** @throws LabError E_NOT_AVAILABLE for what this version does not train */
export function shapeOf(configuration: RunConfiguration, vocabularySize: number): ModelShape {
  const { cell, layers, hidden, embedding } = configuration
  if (cell === 'window') throw new LabError('E_NOT_AVAILABLE', { what: '--cell window' })
  return { cell, layers, hidden, vocabulary: vocabularySize, embedding }
}

interface Bytes {
  /** Parameters with gradients and moments. */
  readonly weights: number
  /** A window of activations, of all shards together. */
  readonly activations: number
  /** What the other shards have of their own: copies of the parameters, and a thread each. */
  readonly shards: number
}

/** What a run needs at most. */
export function estimateBytes(
  { batch, sequence }: RunConfiguration,
  shape: ModelShape,
  parameters: number,
  workers: number,
): Bytes {
  const units = shape.layers * shape.hidden * (2 * gateCount(shape.cell) + 3)
  const shared = workers > 1 ? parameters * FLOAT_BYTES : 0
  // Parameters and gradients of its own, and the gradients it tells.
  const shard = parameters * 3 * FLOAT_BYTES + THREAD_BYTES
  return {
    weights: parameters * 5 * FLOAT_BYTES,
    activations: FLOAT_BYTES * batch * sequence * (2 * shape.vocabulary + units),
    shards: shared + (workers - 1) * shard,
  }
}

function assertMemory(
  configuration: RunConfiguration,
  shape: ModelShape,
  parameters: number,
  workers: number,
  free: number,
): void {
  const { weights, activations, shards } = estimateBytes(configuration, shape, parameters, workers)
  const needed = weights + activations + shards
  if (needed <= free * MOST_OF_MEMORY) return
  const field = shards > needed / 2 ? 'workers' : weights > needed / 2 ? 'hidden' : 'batch'
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
