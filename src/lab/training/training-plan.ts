/** From a configuration and a text to what is trained: the split, the number of steps, the parameters, the memory. */
import { availableParallelism, freemem } from 'node:os'
import { createLayout, fittingBatch, memoryNeed, MOST_OF_MEMORY, streamLength } from '../../engine'
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
  assertMemory(configuration, shape, workers, freeBytes)
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

/** @throws LabError E_MEMORY with the number to lower */
function assertMemory({ batch, sequence }: RunConfiguration, shape: ModelShape, workers: number, free: number): void {
  const most = free * MOST_OF_MEMORY
  const { bytes, field } = memoryNeed(shape, batch, sequence, workers, most)
  if (bytes <= most) return
  throw new LabError('E_MEMORY', { needed: inMebibytes(bytes), available: inMebibytes(free), field })
}

/** The length of the schedule is that of the first configuration: beyond it the last rate holds. */
export function trainerSettings(configuration: RunConfiguration, shape: ModelShape, steps: number): TrainerSettings {
  const { learningRate, schedule, warmUp, decayEvery, decay, momentum, alpha, weightDecay } = configuration
  return {
    shape,
    batch: configuration.batch,
    sequence: configuration.sequence,
    dropout: configuration.dropout,
    decoderDropout: configuration.dropoutBeforeDecoder ? configuration.dropout : 0,
    freshStarts: configuration.freshStarts,
    clip: configuration.clip,
    optimiser: { name: configuration.optimizer, momentum, alpha, weightDecay },
    schedule: {
      name: schedule,
      learningRate,
      totalSteps: steps,
      warmUp,
      decayEvery: decayEvery ?? Math.max(1, Math.floor(steps / 3)),
      decay: decay ?? 0.1,
      changes: configuration.rateChanges,
    },
    initialisation: { recurrent: configuration.initialisation, gateBias: configuration.gateBias },
    seed: configuration.seed,
    precision: 'float32',
  }
}

/** What a change leaves undefined stays as it is. */
export function changed(configuration: RunConfiguration, changes: Partial<RunConfiguration>): RunConfiguration {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  return { ...configuration, ...(Object.fromEntries(given) as Partial<RunConfiguration>) }
}
