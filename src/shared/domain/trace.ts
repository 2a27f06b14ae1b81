/** What a network did with a text, step by step, as columns (the Inspect room and `trace`). */
import * as v from 'valibot'
import type { Cell, TokenKind } from './run-configuration'

const identifier = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))
const modelStep = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** What the page asks a model: one of a run's (its newest, or the one kept at a step) or one that comes with the lab. */
export const askModel = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.union([
    v.strictObject({ run: identifier, step: v.optional(v.nullable(modelStep), null), ...entries }),
    v.strictObject({ model: identifier, ...entries }),
  ])

/** By which a model is named to the lab. */
export type ModelReference = { readonly run: string; readonly step: number | null } | { readonly model: string }

/** A model of a run that can still be opened. */
export interface KeptModel {
  readonly step: number
  /** Nats per token; null: not measured there. */
  readonly validationLoss: number | null
  /** Whether they are the run's best parameters. */
  readonly isBest: boolean
}

/** A trained model that comes with the lab. */
export interface BundledModel {
  readonly id: string
  /** Of the text that it learnt; the page in that language opens with it. */
  readonly language: 'en' | 'ko'
  readonly title: { readonly en: string; readonly ko: string }
  readonly about: { readonly en: string; readonly ko: string }
  /** What it reads first. */
  readonly text: string
  /** T: the time steps through which its gradients went. */
  readonly sequence: number
  /** The one that learnt the same text from its other end; null: there is none. */
  readonly otherSide: string | null
}

/** A tensor of a model as a matrix; one of more than `MOST_TENSOR_SIDE` rows or columns as the means of its blocks. */
export interface ModelTensor {
  readonly name: string
  /** Of the tensor; a vector has one column. */
  readonly rows: number
  readonly columns: number
  /** (shownRows, shownColumns), row-major. */
  readonly values: Float32Array
  readonly shownRows: number
  readonly shownColumns: number
  /** The greatest |value| of the tensor itself. */
  readonly greatest: number
}

export const MOST_TENSOR_SIDE = 512

/** Two texts read by one network, and how far apart what it expects is. */
export interface TextComparison {
  readonly original: Trace
  readonly changed: Trace
  /** (T of the changed text) total variation of the two expectations, 0 to 1; NaN where the original has no such step. */
  readonly difference: Float64Array
  /** (T of the changed text) the original's step of each; −1 where there is none. */
  readonly originalStep: Int32Array
}
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
  /** What it reads one by one. */
  readonly tokens: TokenKind
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
