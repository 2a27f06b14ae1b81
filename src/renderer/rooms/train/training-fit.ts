/** How a configuration fits a text: what is trained on, the batch and sequence that fit, the steps, the parameters. */
import { createLayout, fittingBatch, streamLength } from '../../../engine'
import type { RunConfiguration } from '../../../shared'

export interface TrainingFit {
  /** Whether the batch or the sequence had to be lowered. */
  readonly isLowered: boolean
  readonly batch: number
  readonly sequence: number
  /** Tokens that are held out. */
  readonly heldOut: number
  /** Steps in all; 0 where even one token after another is too few. */
  readonly totalSteps: number
  readonly parameters: number
}

/** @param tokens of the whole text; @param vocabularySize a guess is enough for the parameters */
export function fitTraining(configuration: RunConfiguration, tokens: number, vocabularySize: number): TrainingFit {
  const { cell, window, layers, hidden, embedding, validation, epochs } = configuration
  const heldOut = Math.floor(tokens * validation)
  const trained = tokens - heldOut
  const isShort = Math.floor(streamLength(trained, configuration.batch) / configuration.sequence) < 1
  const { batch, sequence } = isShort
    ? fittingBatch(trained, configuration.batch, configuration.sequence)
    : { batch: configuration.batch, sequence: configuration.sequence }
  const stepsPerEpoch = Math.max(0, Math.floor(streamLength(trained, batch) / sequence))
  const sizes = { layers, hidden, embedding, vocabulary: vocabularySize }
  const parameters = createLayout(cell === 'window' ? { cell, window, ...sizes } : { cell, ...sizes }).size
  return {
    isLowered: isShort,
    batch,
    sequence,
    heldOut,
    totalSteps: configuration.steps ?? epochs * stepsPerEpoch,
    parameters,
  }
}

/** Steps after which something can be seen, and how many batches a text should give at least. */
const FIRST_STEPS = 4000
const LEAST_BATCHES = 16
const MOST_BATCH = 16

/** A batch and a number of epochs with which a text of that length is learnt while one looks on. */
export function suggestSetting(
  tokens: number,
  { validation, sequence }: Pick<RunConfiguration, 'validation' | 'sequence'>,
): Pick<RunConfiguration, 'batch' | 'epochs'> {
  const trained = tokens - Math.floor(tokens * validation)
  const batch = Math.min(MOST_BATCH, Math.max(1, Math.floor(trained / (sequence * LEAST_BATCHES))))
  const stepsPerEpoch = Math.max(1, Math.floor(streamLength(trained, batch) / sequence))
  return { batch, epochs: Math.ceil(FIRST_STEPS / stepsPerEpoch) }
}
