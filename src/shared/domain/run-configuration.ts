/**
 * Everything that decides a training run's bits. One schema for the form, the command line, IPC and bundles. A setting that
 * is absent has the meaning it had before there was such a setting: `DEFAULT_CONFIGURATION` is what new runs begin with.
 */
import * as v from 'valibot'

const whole = (least: number, most = 2 ** 31 - 1) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const share = v.pipe(v.number(), v.minValue(0), v.ltValue(1))
const shareOrAll = v.pipe(v.number(), v.minValue(0), v.maxValue(1))
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
const notNegative = v.pipe(v.number(), v.finite(), v.minValue(0))

export const CELLS = ['vanilla', 'lstm', 'gru', 'window'] as const
export const OPTIMIZERS = ['adam', 'adamw', 'sgd', 'momentum', 'rmsprop', 'adagrad'] as const
export const SCHEDULES = ['constant', 'cosine', 'step'] as const
export const INITIALISATIONS = ['default', 'orthogonal', 'identity'] as const
export const TOKEN_KINDS = ['character', 'jamo', 'byte'] as const
export const KERNELS = ['relaxed-simd-256', 'relaxed-simd', 'simd', 'scalar'] as const

/** Of the held-out text, tokens that are read during a run at most; at its end all of it is. */
export const VALIDATION_TOKENS = 20_000

export const RateChangeSchema = v.strictObject({ after: whole(0), learningRate: positive })

export const RunConfigurationSchema = v.strictObject({
  cell: v.optional(v.picklist(CELLS), 'vanilla'),
  hidden: v.optional(whole(1, 4096), 128),
  layers: v.optional(whole(1, 4), 1),
  /** E; 0: the input is one-hot. */
  embedding: v.optional(whole(0, 4096), 0),
  /** Tokens the feed-forward window sees; only for `window`. */
  window: v.optional(whole(1, 1024), 16),
  dropout: v.optional(share, 0),
  /** Whether dropout acts before the decoder as well as between layers. */
  dropoutBeforeDecoder: v.optional(v.boolean(), false),
  batch: v.optional(whole(1, 4096), 32),
  sequence: v.optional(whole(1, 65536), 64),
  /** Share of sequences that begin anew from a zero state at a window's beginning. */
  freshStarts: v.optional(shareOrAll, 0),
  epochs: v.optional(whole(1), 10),
  /** In all; null: as many as the epochs give. */
  steps: v.optional(v.nullable(whole(1)), null),
  optimizer: v.optional(v.picklist(OPTIMIZERS), 'adam'),
  learningRate: v.optional(positive, 0.002),
  momentum: v.optional(share, 0.9),
  alpha: v.optional(share, 0.99),
  weightDecay: v.optional(notNegative, 0.01),
  schedule: v.optional(v.picklist(SCHEDULES), 'constant'),
  warmUp: v.optional(whole(0), 0),
  decayEvery: v.optional(v.nullable(whole(1)), null),
  decay: v.optional(v.nullable(positive), null),
  /** Largest gradient norm; 0: not clipped. */
  clip: v.optional(notNegative, 5),
  initialisation: v.optional(v.picklist(INITIALISATIONS), 'default'),
  gateBias: v.optional(v.pipe(v.number(), v.finite()), 0),
  reverse: v.optional(v.boolean(), false),
  validation: v.optional(share, 0.1),
  validateEvery: v.optional(whole(1), 500),
  /** Validations without a better one before it stops; 0: never. */
  patience: v.optional(whole(0), 0),
  tokens: v.optional(v.picklist(TOKEN_KINDS), 'character'),
  seed: v.optional(whole(0, 2 ** 32 - 1), 1),
  workers: v.optional(v.union([v.literal('auto'), whole(1, 4096)]), 'auto'),
  kernel: v.optional(v.picklist(['auto', ...KERNELS]), 'auto'),
  checkpointEvery: v.optional(positive, 10),
  /** Learning rates that a person set while it trained: what follows the step is learnt with it. */
  rateChanges: v.optional(v.pipe(v.array(RateChangeSchema), v.maxLength(1000))),
})

export type RunConfiguration = v.InferOutput<typeof RunConfigurationSchema>
export type RunConfigurationInput = v.InferInput<typeof RunConfigurationSchema>
export type RateChange = v.InferOutput<typeof RateChangeSchema>
export type Cell = RunConfiguration['cell']
export type TokenKind = RunConfiguration['tokens']
export type Kernel = (typeof KERNELS)[number]

export const DEFAULT_CONFIGURATION: RunConfiguration = {
  ...v.parse(RunConfigurationSchema, {}),
  dropoutBeforeDecoder: true,
}

/** Settings that older runs lack, with the meaning their absence has. */
const ABSENT = { dropoutBeforeDecoder: false, freshStarts: 0 } as const satisfies Partial<RunConfiguration>

/** A configuration as it is kept, in full. */
export function readStoredConfiguration(stored: object): RunConfiguration {
  return { ...ABSENT, ...(stored as RunConfiguration) }
}

/**
 * A configuration as it is kept: without settings that say what their absence says, so that a run is grouped with older runs
 * of the same meaning, and an older version of the lab can read a bundle of it.
 */
export function toStoredConfiguration({ dropoutBeforeDecoder, freshStarts, ...rest }: RunConfiguration): object {
  return {
    ...rest,
    ...(dropoutBeforeDecoder && rest.dropout > 0 ? { dropoutBeforeDecoder } : {}),
    ...(freshStarts > 0 ? { freshStarts } : {}),
  }
}

/** The first setting that means nothing for the cell; a window has neither recurrent weights nor gates. */
export function meaninglessSetting({
  cell,
  initialisation,
  gateBias,
}: Pick<RunConfiguration, 'cell' | 'initialisation' | 'gateBias'>): 'initialisation' | 'gateBias' | null {
  if (cell !== 'window') return null
  if (initialisation !== DEFAULT_CONFIGURATION.initialisation) return 'initialisation'
  return gateBias === DEFAULT_CONFIGURATION.gateBias ? null : 'gateBias'
}

/** With a rate from the step after this one on; of one step the last counts. */
export function withRateChange<Configuration extends Pick<RunConfiguration, 'rateChanges'>>(
  configuration: Configuration,
  change: RateChange,
): Configuration {
  const earlier = (configuration.rateChanges ?? []).filter(({ after }) => after < change.after)
  return { ...configuration, rateChanges: [...earlier, change] }
}
