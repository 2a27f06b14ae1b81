/** What a network did with a text, step by step, as columns (the Inspect room and `trace`). */
import * as v from 'valibot'
import type { Cell } from './run-configuration'

const identifier = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))
const modelStep = v.pipe(v.number(), v.integer(), v.minValue(0))

/** What the page asks a model: one of a run's (its newest, or the one kept at a step) or one that comes with the lab. */
export const askModel = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.union([
    v.strictObject({ run: identifier, step: v.optional(v.nullable(modelStep), null), ...entries }),
    v.strictObject({ model: identifier, ...entries }),
  ])

/** By which a model is named to the lab. */
export type ModelReference = { readonly run: string; readonly step: number | null } | { readonly model: string }

/** What a step has besides what it expects: `i f g o` are LSTM's gates, `r z n` GRU's, by PyTorch's letters. */
export const STATE_QUANTITIES = ['hidden', 'cell', 'i', 'f', 'g', 'o', 'r', 'z', 'n'] as const
export type StateQuantity = (typeof STATE_QUANTITIES)[number]

/** Characters of a text that is read at once. */
export const MOST_TEXT = 10_000
/** Values of a quantity that cross to the page in one answer, so that nobody is held up by it. */
export const MOST_STATES_AT_ONCE = 262_144

export interface TraceModel {
  readonly cell: Cell
  readonly layers: number
  readonly hidden: number
  readonly vocabularySize: number
  readonly parameters: number
  /** Tokens a feed-forward window sees; 0 for a recurrent network. */
  readonly window: number
  readonly step: number | null
  readonly reverse: boolean
}

export interface Trace {
  readonly model: TraceModel
  /** T tokens, in the order the network reads them. */
  readonly tokens: readonly string[]
  /** (T, L, H) */
  readonly hidden: Float32Array
  /** (T, L, H) for LSTM, else null. */
  readonly cell: Float32Array | null
  /** (T, L, H) each, by the gate's name. */
  readonly gates: Readonly<Record<string, Float32Array>>
  /** (T, K) indices into `vocabulary` of the most probable next tokens, most probable first. */
  readonly topTokens: Uint32Array
  /** (T, K) their probabilities. */
  readonly topProbabilities: Float32Array
  readonly top: number
  readonly vocabulary: readonly string[]
  /** (T) probability of the token that follows; NaN at the end. */
  readonly probability: Float32Array
  /** Mean over the T−1 predicted tokens, nats; null for one token. */
  readonly loss: number | null
  /** Whether `hidden`, `cell` and `gates` are empty because there is much of them: they are asked for piece by piece. */
  readonly partial?: true
}
