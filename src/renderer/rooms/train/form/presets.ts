/** Settings for a time one has: the largest network that learns something in it, on this text and this machine. */
import { createLayout, streamLength } from '../../../../engine'
import type { RunConfiguration, TrainingMachine } from '../../../../shared'
import { fitTraining } from '../training-fit'
import { shapeOf } from './model-shape'
import { outlookOf } from './training-outlook'

export const PRESETS = ['minute', 'coffee', 'night'] as const
export type PresetName = (typeof PRESETS)[number]

interface Preset {
  readonly seconds: number
  /** Fewer steps teach a network of that size too little. */
  readonly leastSteps: number
  /** Times a text is read at most: after that it is learnt by heart. */
  readonly mostEpochs: number
  readonly setting: Partial<RunConfiguration>
}

const SPECIFICATIONS: Readonly<Record<PresetName, Preset>> = {
  minute: {
    seconds: 60,
    leastSteps: 1500,
    mostEpochs: 100,
    setting: { batch: 16, sequence: 48, learningRate: 0.004, schedule: 'constant', warmUp: 0, patience: 0 },
  },
  coffee: {
    seconds: 600,
    leastSteps: 4000,
    mostEpochs: 300,
    setting: { batch: 32, sequence: 64, learningRate: 0.003, schedule: 'cosine', warmUp: 100, patience: 20 },
  },
  night: {
    seconds: 8 * 3600,
    leastSteps: 20_000,
    mostEpochs: 1000,
    setting: { batch: 32, sequence: 100, learningRate: 0.002, schedule: 'cosine', warmUp: 500, patience: 30 },
  },
}

/** Hidden units and layers, the largest first. */
const SIZES = [
  [512, 2],
  [512, 1],
  [384, 1],
  [256, 1],
  [192, 1],
  [128, 1],
  [96, 1],
  [64, 1],
  [32, 1],
] as const
/** Parameters for a token that is trained on: with more a network learns a text by heart before it learns its language. */
const MOST_PARAMETERS_A_TOKEN = 2
/** What even a short text may have. */
const SMALL = 60_000
const LAYER_DROPOUT = 0.2
/** Validations of a run. */
const VALIDATIONS = 40
/** Steps between two of them at most. */
const LONGEST_INTERVAL = 1000

export interface PresetText {
  readonly tokens: number
  readonly vocabularySize: number
}

/** @param current its cell, and all that a preset doesn't set, stay */
export function presetSetting(
  name: PresetName,
  current: RunConfiguration,
  { tokens, vocabularySize }: PresetText,
  machine: TrainingMachine,
): Partial<RunConfiguration> {
  const { seconds, leastSteps, mostEpochs, setting } = SPECIFICATIONS[name]
  const most = Math.max(SMALL, MOST_PARAMETERS_A_TOKEN * tokens)
  const ofSize = ([hidden, layers]: (typeof SIZES)[number]): RunConfiguration => ({
    ...current,
    ...setting,
    hidden,
    layers,
    dropout: layers > 1 ? LAYER_DROPOUT : 0,
  })
  /** Steps in the time, and whether it has room for the network. */
  const stepsIn = (configuration: RunConfiguration): number => {
    const fit = fitTraining(configuration, tokens, vocabularySize)
    const one = outlookOf(configuration, { ...fit, totalSteps: 1, heldOut: 0 }, vocabularySize, machine)
    if (one.isTooLarge) return 0
    const often = { ...configuration, validateEvery: 1 }
    const validated = outlookOf(often, { ...fit, totalSteps: VALIDATIONS }, vocabularySize, machine)
    const validation = (validated.seconds - VALIDATIONS * one.seconds) / VALIDATIONS
    const bySteps = (seconds - (VALIDATIONS + 1) * validation) / one.seconds
    const byInterval = (seconds - validation) / (one.seconds + validation / LONGEST_INTERVAL)
    return Math.max(0, Math.floor(Math.min(bySteps, byInterval)))
  }
  const fitting = SIZES.map(ofSize).find(
    (configuration) =>
      createLayout(shapeOf(configuration, vocabularySize)).size <= most && stepsIn(configuration) >= leastSteps,
  )
  const chosen = fitting ?? ofSize(SIZES[SIZES.length - 1])
  const fit = fitTraining(chosen, tokens, vocabularySize)
  const steps = Math.max(1, stepsIn(chosen))
  const trained = tokens - Math.floor(tokens * chosen.validation)
  const stepsPerEpoch = Math.max(1, Math.floor(streamLength(trained, fit.batch) / fit.sequence))
  const epochs = Math.min(mostEpochs, Math.floor(steps / stepsPerEpoch))
  const length = epochs < 1 ? { steps } : { epochs, steps: null }
  const total = epochs < 1 ? steps : epochs * stepsPerEpoch
  return {
    ...setting,
    hidden: chosen.hidden,
    layers: chosen.layers,
    dropout: chosen.dropout,
    ...length,
    validateEvery: Math.min(LONGEST_INTERVAL, Math.max(10, Math.round(total / VALIDATIONS))),
  }
}
