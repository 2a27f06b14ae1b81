/** What a filter of runs can name: every field, what is compared with it, and the words it knows. */
import { RUN_KINDS, RUN_STATUSES } from './run'
import { CELLS, INITIALISATIONS, KERNELS, OPTIMIZERS, SCHEDULES, TOKEN_KINDS } from './run-configuration'

export const FILTER_NUMBERS = [
  'hidden',
  'layers',
  'parameters',
  'vocabularySize',
  'steps',
  'totalSteps',
  'trainLoss',
  'validationLoss',
  'bestValidationLoss',
  'charactersPerSecond',
  'seconds',
  'workers',
  'embedding',
  'window',
  'dropout',
  'batch',
  'sequence',
  'freshStarts',
  'epochs',
  'learningRate',
  'momentum',
  'alpha',
  'weightDecay',
  'warmUp',
  'clip',
  'gateBias',
  'validation',
  'validateEvery',
  'patience',
  'seed',
] as const

/** Found where the text holds what is looked for, whatever its case and composition. */
export const FILTER_TEXTS = ['name', 'corpus', 'note', 'reason'] as const
/** The whole text, whatever its case and composition. */
export const FILTER_TAGS = ['tag'] as const
/** The beginning is enough. */
export const FILTER_IDENTIFIERS = ['run', 'parent', 'digest'] as const
/** Day, or day and time, as `2026-11-24` or `2026-11-24T18:30`, in local time. */
export const FILTER_DATES = ['created'] as const
export const FILTER_SWITCHES = ['starred', 'archived', 'reverse', 'dropoutBeforeDecoder'] as const

/** One of these words. */
export const FILTER_WORDS = {
  status: RUN_STATUSES,
  kind: RUN_KINDS,
  cell: CELLS,
  optimizer: OPTIMIZERS,
  schedule: SCHEDULES,
  initialisation: INITIALISATIONS,
  tokens: TOKEN_KINDS,
  kernel: KERNELS,
} as const

export type FilterNumber = (typeof FILTER_NUMBERS)[number]
export type FilterText = (typeof FILTER_TEXTS)[number]
export type FilterIdentifier = (typeof FILTER_IDENTIFIERS)[number]
export type FilterSwitch = (typeof FILTER_SWITCHES)[number]
export type FilterWord = keyof typeof FILTER_WORDS
export type FilterKind = 'number' | 'text' | 'tag' | 'identifier' | 'date' | 'switch' | 'word'

const kindsOf = (names: readonly string[], kind: FilterKind): [string, FilterKind][] =>
  names.map((name) => [name, kind])

/** Every field and what kind it is, in the order in which they are offered. */
export const FILTER_FIELDS: ReadonlyMap<string, FilterKind> = new Map([
  ...kindsOf(['status', 'cell', 'name', 'corpus'], 'text'),
  ...kindsOf(FILTER_TAGS, 'tag'),
  ...kindsOf(FILTER_TEXTS, 'text'),
  ...kindsOf(FILTER_NUMBERS, 'number'),
  ...kindsOf(Object.keys(FILTER_WORDS), 'word'),
  ...kindsOf(FILTER_DATES, 'date'),
  ...kindsOf(FILTER_SWITCHES, 'switch'),
  ...kindsOf(FILTER_IDENTIFIERS, 'identifier'),
])

const BY_FOLDED = new Map([...FILTER_FIELDS.keys()].map((name) => [name.toLowerCase(), name]))

/** The field as it is spelt here; null: there is none of that name. */
export function filterField(name: string): string | null {
  return BY_FOLDED.get(name.toLowerCase()) ?? null
}
