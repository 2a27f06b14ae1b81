/** The settings of a run as fields: what each may be, what is safe, and for which networks it means anything. */
import { INITIALISATIONS, KERNELS, OPTIMIZERS, SCHEDULES, TOKEN_KINDS } from '../../../../shared'
import type { RunConfiguration } from '../../../../shared'

export type SettingName = Exclude<keyof RunConfiguration, 'rateChanges'>

interface Described {
  readonly name: SettingName
  /** Where it means nothing it is not shown, and its default is what is trained with. */
  readonly isShown?: (configuration: RunConfiguration) => boolean
}

export interface NumberField extends Described {
  readonly kind: 'number'
  readonly min: number
  readonly max: number
  /** Between these it seldom does harm. */
  readonly safe: readonly [number, number]
  readonly whole?: boolean
  readonly factor?: number
  readonly step?: number
  /** Stands for what the lab chooses by itself; `own` is what one begins with instead. */
  readonly automatic?: { readonly value: null | 'auto'; readonly own: number }
}

export interface ChoiceField extends Described {
  readonly kind: 'choice'
  readonly options: readonly string[]
}

export interface ToggleField extends Described {
  readonly kind: 'toggle'
}

export type Field = NumberField | ChoiceField | ToggleField

export const GROUPS = ['network', 'reading', 'optimiser', 'schedule', 'validation', 'machine'] as const
export type GroupName = (typeof GROUPS)[number]

const isRecurrent = ({ cell }: RunConfiguration): boolean => cell !== 'window'
const isGated = ({ cell }: RunConfiguration): boolean => cell === 'lstm' || cell === 'gru'
const MOST_SEED = 2 ** 32 - 1
const MOST_COUNT = 2 ** 31 - 1
/** The largest number below 1 that reads well. */
const ALMOST_ONE = 0.999999

const count = (name: SettingName, min: number, max: number, safe: readonly [number, number]) =>
  ({ kind: 'number', name, min, max, safe, whole: true }) as const

/** Those that matter most, always in sight. */
export const FIRST_FIELDS: readonly Field[] = [
  { ...count('window', 1, 1024, [4, 64]), factor: 2, isShown: ({ cell }) => cell === 'window' },
  { ...count('hidden', 1, 4096, [32, 512]), factor: 2 },
  count('layers', 1, 4, [1, 2]),
  { ...count('epochs', 1, MOST_COUNT, [5, 200]), step: 5, isShown: ({ steps }) => steps === null },
  { ...count('steps', 1, MOST_COUNT, [1000, 100_000]), factor: 2, isShown: ({ steps }) => steps !== null },
  { kind: 'number', name: 'learningRate', min: 1e-9, max: 1e9, safe: [0.0005, 0.01], factor: 2 },
]

export const GROUPED_FIELDS: Readonly<Record<GroupName, readonly Field[]>> = {
  network: [
    { ...count('embedding', 0, 4096, [0, 128]), step: 16 },
    {
      kind: 'number',
      name: 'dropout',
      min: 0,
      max: ALMOST_ONE,
      safe: [0, 0.5],
      step: 0.1,
    },
    { kind: 'toggle', name: 'dropoutBeforeDecoder', isShown: ({ dropout }) => dropout > 0 },
    { kind: 'choice', name: 'initialisation', options: INITIALISATIONS, isShown: isRecurrent },
    { kind: 'number', name: 'gateBias', min: -100, max: 100, safe: [0, 5], isShown: isGated },
  ],
  reading: [
    { kind: 'choice', name: 'tokens', options: TOKEN_KINDS },
    { ...count('batch', 1, 4096, [8, 64]), factor: 2 },
    { ...count('sequence', 1, 65536, [16, 256]), factor: 2 },
    { kind: 'number', name: 'freshStarts', min: 0, max: 1, safe: [0, 0.1], step: 0.01 },
    { kind: 'toggle', name: 'reverse' },
  ],
  optimiser: [
    { kind: 'choice', name: 'optimizer', options: OPTIMIZERS },
    {
      kind: 'number',
      name: 'momentum',
      min: 0,
      max: ALMOST_ONE,
      safe: [0.5, 0.99],
      step: 0.05,
      isShown: ({ optimizer }) => optimizer === 'momentum',
    },
    {
      kind: 'number',
      name: 'alpha',
      min: 0,
      max: ALMOST_ONE,
      safe: [0.9, 0.999],
      step: 0.01,
      isShown: ({ optimizer }) => optimizer === 'rmsprop',
    },
    {
      kind: 'number',
      name: 'weightDecay',
      min: 0,
      max: 1000,
      safe: [0, 0.1],
      step: 0.01,
      isShown: ({ optimizer }) => optimizer === 'adamw',
    },
    { kind: 'number', name: 'clip', min: 0, max: 1e9, safe: [1, 10] },
  ],
  schedule: [
    { kind: 'choice', name: 'schedule', options: SCHEDULES },
    { ...count('warmUp', 0, MOST_COUNT, [0, 1000]), step: 100 },
    {
      ...count('decayEvery', 1, MOST_COUNT, [500, 50_000]),
      factor: 2,
      automatic: { value: null, own: 1000 },
      isShown: ({ schedule }) => schedule === 'step',
    },
    {
      kind: 'number',
      name: 'decay',
      min: 1e-9,
      max: 1000,
      safe: [0.1, 0.9],
      step: 0.1,
      automatic: { value: null, own: 0.5 },
      isShown: ({ schedule }) => schedule === 'step',
    },
  ],
  validation: [
    { kind: 'number', name: 'validation', min: 0, max: ALMOST_ONE, safe: [0.05, 0.2], step: 0.05 },
    {
      ...count('validateEvery', 1, MOST_COUNT, [50, 2000]),
      factor: 2,
      isShown: ({ validation }) => validation > 0,
    },
    { ...count('patience', 0, MOST_COUNT, [0, 20]), isShown: ({ validation }) => validation > 0 },
  ],
  machine: [
    count('seed', 0, MOST_SEED, [0, MOST_SEED]),
    { ...count('workers', 1, 4096, [1, 8]), automatic: { value: 'auto', own: 1 } },
    { kind: 'choice', name: 'kernel', options: ['auto', ...KERNELS] },
    { kind: 'number', name: 'checkpointEvery', min: 0.1, max: 86_400, safe: [5, 60] },
  ],
}

const ALL: readonly Field[] = [...FIRST_FIELDS, ...GROUPS.flatMap((group) => GROUPED_FIELDS[group])]

/** What is trained with: a setting that means nothing for the network is at its default, whatever it was before. */
export function meaningfulSetting(configuration: RunConfiguration, defaults: RunConfiguration): RunConfiguration {
  const idle = ALL.filter(({ isShown }) => isShown?.(configuration) === false)
  return { ...configuration, ...Object.fromEntries(idle.map(({ name }) => [name, defaults[name]])) }
}
