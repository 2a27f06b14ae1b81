/** Networks that are asked how far back they remember, and the setting in which they learn it within minutes. */
import { DEFAULT_CONFIGURATION } from '../../../../shared'
import type { RunConfiguration } from '../../../../shared'

/** In what the networks of one picture differ. */
export type Variant = Pick<RunConfiguration, 'cell' | 'initialisation' | 'gateBias'>

const plain = (cell: Variant['cell']): Variant => ({ cell, initialisation: 'default', gateBias: 0 })

export const VARIANTS: readonly Variant[] = [
  plain('vanilla'),
  { ...plain('vanilla'), initialisation: 'orthogonal' },
  { ...plain('vanilla'), initialisation: 'identity' },
  plain('gru'),
  { ...plain('gru'), gateBias: 2 },
  plain('lstm'),
  { ...plain('lstm'), gateBias: 3 },
]

/** Those that show at once what a gate is for, and that it has to begin open. */
export const FIRST_VARIANTS: readonly Variant[] = VARIANTS.filter(({ initialisation }) => initialisation === 'default')

export const variantKey = ({ cell, initialisation, gateBias }: Variant): string =>
  `${cell} ${initialisation} ${gateBias}`

/** Each run waits with a thread and its memory until its turn comes. */
export const MOST_RUNS = 24
/** Characters of a text: too many to be learnt by heart. */
export const TASK_LENGTH = 200_000
const TOKENS_A_STEP = 2048
const LEAST_SEQUENCE = 64
const SEQUENCE_STEP = 32
/** The gradient has to reach from the answer to what is asked for, in a good part of the windows. */
const REACH = 1.5

/**
 * Adam at 0.003 with a cosine: at a constant rate a network that has learnt a long distance forgets it again and again.
 * Windows reach beyond the longest distance; as many tokens are learnt from in each step.
 */
export function memorySetting(distances: readonly number[], steps: number, seed: number): RunConfiguration {
  const reach = SEQUENCE_STEP * Math.ceil((REACH * Math.max(1, ...distances)) / SEQUENCE_STEP)
  const sequence = Math.max(LEAST_SEQUENCE, reach)
  return {
    ...DEFAULT_CONFIGURATION,
    hidden: 64,
    batch: Math.max(1, Math.round(TOKENS_A_STEP / sequence)),
    sequence,
    // A problem that begins before a window can't be answered from a zero state.
    freshStarts: 0,
    steps,
    learningRate: 0.003,
    schedule: 'cosine',
    clip: 1,
    validation: 0.02,
    validateEvery: 250,
    checkpointEvery: 5,
    seed,
  }
}
