/** The options of `train` and the configuration they make. */
import {
  CELLS,
  DEFAULT_CONFIGURATION as DEFAULT,
  ENCODINGS,
  INITIALISATIONS,
  KERNELS,
  meaninglessSetting,
  OPTIMIZERS,
  SCHEDULES,
  TOKEN_KINDS,
} from '../../shared'
import type { RunConfiguration } from '../../shared'
import { asChoice, asName, asNumber, asRunName, asTag, asWhole, flag, repeated, valued } from '../frame/options'
import type { OptionValues } from '../frame/options'
import { UsageError } from '../frame/usage-error'

const aShare = asNumber('at least 0 and less than 1', (value) => value >= 0 && value < 1)
const fromZeroToOne = asNumber('0 to 1', (value) => value >= 0 && value <= 1)
const aboveZero = asNumber('more than 0', (value) => value > 0)
const notNegative = asNumber('0 or more', (value) => value >= 0)
const anyNumber = asNumber('a number', () => true)

export const TRAIN_OPTIONS = {
  corpus: repeated('FILE', 'a text to learn', asName),
  encoding: valued('ENCODING', 'how the text is encoded', 'auto', asChoice(['auto', ...ENCODINGS])),
  cell: valued('CELL', CELLS.join(', '), DEFAULT.cell, asChoice(CELLS)),
  hidden: valued('H', 'hidden units a layer', DEFAULT.hidden, asWhole(1, 4096)),
  layers: valued('L', 'layers, 1 to 4', DEFAULT.layers, asWhole(1, 4)),
  embedding: valued('E', 'width of the embedding, 0 for one-hot', DEFAULT.embedding, asWhole(0, 4096)),
  window: valued('K', 'tokens a feed-forward window sees', DEFAULT.window, asWhole(1, 1024)),
  dropout: valued('P', 'dropout between layers and before the decoder', DEFAULT.dropout, aShare),
  batch: valued('B', 'sequences side by side', DEFAULT.batch, asWhole(1, 4096)),
  sequence: valued('T', 'time steps of a window', DEFAULT.sequence, asWhole(1, 65536)),
  freshStarts: valued(
    'SHARE',
    'share of sequences that begin anew from a zero state at a window’s beginning, 0 for none',
    DEFAULT.freshStarts,
    fromZeroToOne,
  ),
  epochs: valued('N', 'times the text is read', DEFAULT.epochs, asWhole(1)),
  steps: valued('N', 'steps in all, instead of epochs', null, asWhole(1)),
  optimizer: valued('NAME', OPTIMIZERS.join(', '), DEFAULT.optimizer, asChoice(OPTIMIZERS)),
  learningRate: valued('RATE', 'learning rate', DEFAULT.learningRate, aboveZero),
  momentum: valued('M', 'of momentum', DEFAULT.momentum, aShare),
  alpha: valued('A', 'of rmsprop', DEFAULT.alpha, aShare),
  weightDecay: valued('W', 'of adamw', DEFAULT.weightDecay, notNegative),
  schedule: valued('NAME', SCHEDULES.join(', '), DEFAULT.schedule, asChoice(SCHEDULES)),
  warmUp: valued('N', 'steps over which the rate rises', DEFAULT.warmUp, asWhole(0)),
  decayEvery: valued('N', 'steps between decays of the step schedule', null, asWhole(1)),
  decay: valued('D', 'factor of each decay', null, aboveZero),
  clip: valued('NORM', 'largest gradient norm, 0 for none', DEFAULT.clip, notNegative),
  initialisation: valued('NAME', INITIALISATIONS.join(', '), DEFAULT.initialisation, asChoice(INITIALISATIONS)),
  gateBias: valued('B', 'added to LSTM’s forget, GRU’s update gate', DEFAULT.gateBias, anyNumber),
  reverse: flag('read the text from its end'),
  validation: valued('SHARE', 'share of the text that is held out', DEFAULT.validation, aShare),
  validateEvery: valued('N', 'steps between validations', DEFAULT.validateEvery, asWhole(1)),
  patience: valued('N', 'validations without a better one before it stops, 0 for never', DEFAULT.patience, asWhole(0)),
  tokens: valued('KIND', TOKEN_KINDS.join(', '), DEFAULT.tokens, asChoice(TOKEN_KINDS)),
  seed: valued('N', 'seed of every chance', DEFAULT.seed, asWhole(0, 2 ** 32 - 1)),
  workers: valued('N', 'auto, or how many workers', DEFAULT.workers, (text, name) =>
    text === 'auto' ? ('auto' as const) : asWhole(1, 4096)(text, name),
  ),
  kernel: valued('NAME', ['auto', ...KERNELS].join(', '), DEFAULT.kernel, asChoice(['auto', ...KERNELS])),
  init: valued('MODEL', 'begin with the parameters of this model', null, asName),
  name: valued('TEXT', 'the run’s name', '', asRunName),
  tag: repeated('TEXT', 'a tag of the run', asTag),
  out: valued('FILE', 'where the model is written as well', null, asName),
  force: flag('overwrite --out'),
  best: flag('with --out: write the parameters with the smallest validation loss'),
  resume: valued('RUN', 'go on with a run', null, asName),
  checkpointEvery: valued('SECONDS', 'seconds between checkpoints', DEFAULT.checkpointEvery, aboveZero),
}

export type TrainOptions = OptionValues<typeof TRAIN_OPTIONS>

export function configurationOf(options: TrainOptions): RunConfiguration {
  const names = Object.keys(DEFAULT) as (keyof RunConfiguration)[]
  const values = options as unknown as Record<string, unknown>
  const { workers, batch } = options
  if (typeof workers === 'number' && workers > batch) {
    throw new UsageError(`--workers must be at most --batch ${batch}, not ${workers}`)
  }
  const unused = meaninglessSetting(options)
  if (unused !== null) {
    const what = 'a window has no recurrent weights and no gates'
    throw new UsageError(
      `${unused === 'gateBias' ? '--gate-bias' : '--initialisation'} does not go with --cell window: ${what}`,
    )
  }
  return Object.fromEntries(
    names.map((name) => [name, name in values ? values[name] : DEFAULT[name]]),
  ) as unknown as RunConfiguration
}

const RESUMABLE = new Set(['resume', 'steps', 'epochs', 'checkpointEvery', 'out', 'force', 'best', 'dataDir', 'json'])

/** @throws UsageError where two ends are given */
export function assertOneEnd(given: ReadonlySet<string>): void {
  if (given.has('steps') && given.has('epochs')) throw new UsageError('give --epochs or --steps, not both')
}

/** @throws UsageError for what a resumed run cannot change */
export function assertResumable(given: ReadonlySet<string>): void {
  const wrong = [...given].find((name) => !RESUMABLE.has(name))
  if (wrong !== undefined) {
    const flagName = `--${wrong.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    throw new UsageError(`${flagName} does not go with --resume: a resumed run keeps its configuration`)
  }
}
