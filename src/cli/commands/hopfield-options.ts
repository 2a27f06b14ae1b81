/** How a command is told which Hopfield network to build and how it recalls. */
import { readCueFile, readPatternFile, toRows } from '../../lab'
import type { PatternChoice } from '../../lab'
import { BIASES, RULES, UPDATES } from '../../shared'
import type { ExperimentCue, PatternSet, RecallSettings } from '../../shared'
import { asChoice, asName, asNumber, asWhole, flag, input, required, valued } from '../frame/options'
import { UsageError } from '../frame/usage-error'

export const asShare = asNumber('from 0 to 1', (share) => share >= 0 && share <= 1)

const RULE_OPTIONS = {
  rule: valued('RULE', RULES.join(', '), 'hebbian', asChoice(RULES)),
  update: valued('ORDER', UPDATES.join(', '), 'asynchronous', asChoice(UPDATES)),
  bias: valued('BIAS', BIASES.join(', '), 'none', asChoice(BIASES)),
  degree: valued('N', 'of the dense rule', 3, asWhole(2, 30)),
  beta: valued(
    'B',
    'inverse temperature of the modern rule',
    1,
    asNumber('more than 0', (x) => x > 0),
  ),
}

const SWEEP_OPTIONS = {
  maxSweeps: valued('N', 'sweeps at most', 100, asWhole(1, 100_000)),
  seed: valued('N', 'seed of every chance', 1, asWhole(0, 2 ** 32 - 1)),
}

export const HOPFIELD_OPTIONS = {
  ...RULE_OPTIONS,
  temperature: valued(
    'T',
    'above 0: Glauber dynamics',
    0,
    asNumber('0 or more', (x) => x >= 0),
  ),
  ...SWEEP_OPTIONS,
}

const SAVING = { noSave: flag('keep nothing of it: no run is made') }

/** @throws UsageError where a bias is given to a rule that has none */
export function assertBias({ rule, bias }: Pick<RecallSettings, 'rule' | 'bias'>): void {
  if (bias !== 'none' && (rule === 'dense' || rule === 'modern')) {
    throw new UsageError(`--bias ${bias} goes with hebbian, storkey and pseudo-inverse, not with --rule ${rule}`)
  }
}

/** Of an experiment on random patterns. */
export const RANDOM_NETWORK_OPTIONS = { ...RULE_OPTIONS, ...SWEEP_OPTIONS, ...SAVING }

/** Of an experiment on a file's patterns. */
export const STORED_NETWORK_OPTIONS = {
  patterns: input(required('FILE', 'the patterns it stores, - for standard input', asName)),
  ...HOPFIELD_OPTIONS,
  ...SAVING,
}

/** What a recall begins with. */
export const CUE_OPTIONS = {
  cue: input(valued('FILE', 'what it begins with, - for standard input', null, asName)),
  from: valued('NAME', 'or: a stored pattern to spoil', null, asName),
  corrupt: valued('SHARE', 'of whose neurons this share is turned over', 0.2, asShare),
}

interface StoredNetworkContext {
  readonly options: RecallSettings & { readonly patterns: string }
  readonly patterns: (word: string) => Promise<PatternChoice>
}

/** What an experiment on a file's patterns begins with. @throws LabError E_FILE_*, E_PATTERN */
export async function storedNetwork({ options, patterns }: StoredNetworkContext) {
  assertBias(options)
  const { rule, bias, degree, beta, update, temperature, maxSweeps, seed } = options
  return {
    set: readPatternFile(await patterns(options.patterns)),
    settings: { rule, bias, degree, beta, update, temperature, maxSweeps, seed },
  }
}

/** The cue as an experiment is given it. @throws LabError E_FILE_*, E_PATTERN */
export function cueOf(
  { cue, corrupt }: { readonly cue: PatternChoice | null; readonly corrupt: number },
  from: string,
  { width, height }: Pick<PatternSet, 'width' | 'height'>,
): ExperimentCue {
  return cue === null ? { from, corrupt } : { rows: toRows(readCueFile(cue, width * height), width) }
}
