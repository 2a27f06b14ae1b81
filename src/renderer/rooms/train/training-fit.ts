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
