/** What a network did with a text, step by step, as columns (the Inspect room and `trace`). */
import type { Cell } from './run-configuration'

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
}
