/**
 * The setting that the room suggests for a text. On a long text it reaches a lower validation loss than the best counter of
 * short contexts in well under a minute on two cores (docs/decisions/0012-texts-that-need-memory.md has the table).
 */
import { stepNanoseconds, streamLength } from '../../../../engine'
import { DEFAULT_CONFIGURATION } from '../../../../shared'
import type { RunConfiguration } from '../../../../shared'
import { shapeOf } from './model-shape'

export type SuggestedSetting = Pick<
  RunConfiguration,
  | 'cell'
  | 'hidden'
  | 'batch'
  | 'sequence'
  | 'learningRate'
  | 'schedule'
  | 'warmUp'
  | 'epochs'
  | 'steps'
  | 'validateEvery'
>

export interface SuggestedFor {
  readonly tokens: number
  readonly vocabularySize: number
  /** The share that is held out. */
  readonly validation: number
}

/** Before a text is chosen, and for a short one: a network that learns something visible within a minute. */
export const FIRST_SETTING: SuggestedSetting = {
  cell: DEFAULT_CONFIGURATION.cell,
  hidden: 128,
  batch: 16,
  sequence: 48,
  learningRate: DEFAULT_CONFIGURATION.learningRate,
  schedule: DEFAULT_CONFIGURATION.schedule,
  warmUp: DEFAULT_CONFIGURATION.warmUp,
  epochs: 30,
  steps: null,
  validateEvery: 100,
}

/** With fewer tokens a network memorises the text sooner than it learns its language. */
export const LONG_TEXT = 60_000
/** A small batch and a high rate that falls to zero learn the most from a given number of tokens (same document). */
const LONG: Partial<SuggestedSetting> = {
  cell: 'gru',
  hidden: 128,
  batch: 16,
  sequence: 64,
  learningRate: 0.006,
  schedule: 'cosine',
  warmUp: 100,
}
/**
 * Seconds of one core of the machine that `stepNanoseconds` was fitted to. A large alphabet makes a step dearer, so it gets
 * fewer of them; two cores take little more than half as long.
 */
const LONG_SECONDS = 40
const LONG_INTERVAL = 250
/** With so few steps, which a large alphabet leaves, a network needs the higher rate to win (same document). */
const FEW_STEPS = 2500
const RATE_OF_FEW_STEPS = 0.01

/** Steps and batches for a short text, as many as it has batches at least, and the most passes over it. */
const SHORT_STEPS = 4000
const LEAST_BATCHES = 16
const MOST_EPOCHS = 200

const stepsPerEpoch = (trained: number, { batch, sequence }: Pick<SuggestedSetting, 'batch' | 'sequence'>): number =>
  Math.max(1, Math.floor(streamLength(trained, batch) / sequence))

export function suggestSetting({ tokens, vocabularySize, validation }: SuggestedFor): SuggestedSetting {
  const trained = tokens - Math.floor(tokens * validation)
  if (tokens < LONG_TEXT) {
    const { sequence } = FIRST_SETTING
    const most = Math.floor(trained / (sequence * LEAST_BATCHES))
    const batch = Math.min(FIRST_SETTING.batch, Math.max(1, most))
    const epochs = Math.min(MOST_EPOCHS, Math.ceil(SHORT_STEPS / stepsPerEpoch(trained, { batch, sequence })))
    return { ...FIRST_SETTING, batch, epochs }
  }
  const setting: SuggestedSetting = { ...FIRST_SETTING, ...LONG, validateEvery: LONG_INTERVAL }
  const shape = shapeOf({ ...DEFAULT_CONFIGURATION, ...setting }, vocabularySize)
  const steps = Math.round((LONG_SECONDS * 1e9) / stepNanoseconds(shape, setting.batch, setting.sequence))
  const epochs = Math.round(steps / stepsPerEpoch(trained, setting))
  const learningRate = steps < FEW_STEPS ? RATE_OF_FEW_STEPS : setting.learningRate
  return epochs >= 1 ? { ...setting, learningRate, epochs } : { ...setting, learningRate, steps }
}
