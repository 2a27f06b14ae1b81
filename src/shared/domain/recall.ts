/** A recall: what is asked, what is streamed while it runs, and the verdict at its end (DESIGN, "Hopfield"). */
import * as v from 'valibot'
import { PatternSetSchema } from './pattern'

export const RULES = ['hebbian', 'storkey', 'pseudo-inverse', 'dense', 'modern'] as const
export const UPDATES = ['asynchronous', 'synchronous'] as const
export const BIASES = ['none', 'hebbian'] as const

export const RecallSettingsSchema = v.strictObject({
  rule: v.optional(v.picklist(RULES), 'hebbian'),
  update: v.optional(v.picklist(UPDATES), 'asynchronous'),
  bias: v.optional(v.picklist(BIASES), 'none'),
  degree: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(30)), 3),
  beta: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0)), 1),
  temperature: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)), 0),
  maxSweeps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)), 100),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)), 1),
})
export type RecallSettings = v.InferOutput<typeof RecallSettingsSchema>
export type Rule = RecallSettings['rule']

export const RecallRequestSchema = v.strictObject({
  set: PatternSetSchema,
  /** Row-major, ±1. */
  cue: v.pipe(v.instance(Int8Array), v.minLength(1), v.maxLength(65536)),
  settings: RecallSettingsSchema,
})
export type RecallRequest = v.InferOutput<typeof RecallRequestSchema>

/** Visits of a recall that a page keeps at most: 17 bytes each. */
export const MOST_VISITS = 2 ** 24

/** So many sweeps of a network fit into what is kept. */
export function mostSweeps(neurons: number): number {
  return Math.min(100_000, Math.floor(MOST_VISITS / Math.max(1, neurons)))
}

/** How many visits a stream may be ahead of the eye that follows it. */
export function visitsAhead(neurons: number): number {
  return Math.max(4 * neurons, 131_072)
}

/** The largest network whose W is given whole; of a larger one this many neurons, evenly spaced, are shown. */
export const MOST_NEURONS_IN_MAP = 1024

export const WeightsRequestSchema = v.strictObject({
  set: PatternSetSchema,
  settings: RecallSettingsSchema,
  /** These rows of W in full; null: the map of W, whole or sampled. */
  rows: v.nullable(
    v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535))), v.minLength(1), v.maxLength(16)),
  ),
})
export type WeightsRequest = v.InferOutput<typeof WeightsRequestSchema>

/** A part of W, and b. */
export interface RecallWeights {
  readonly neurons: number
  /** The neurons whose rows and columns these are. */
  readonly rows: Uint32Array
  readonly columns: Uint32Array
  /** (rows, columns), row-major. */
  readonly values: Float64Array
  /** b (N); zeros where there is none. */
  readonly bias: Float64Array
}

export const VERDICTS = ['stored', 'inverse', 'mixture', 'spurious'] as const
export interface RecallVerdict {
  readonly kind: (typeof VERDICTS)[number]
  /** The name with the largest |m|; null if spurious. */
  readonly pattern: string | null
  /** Its m. */
  readonly overlap: number
  /** What it is made of. */
  readonly patterns: readonly { readonly name: string; readonly sign: 1 | -1 }[]
}

/** Known when a recall starts. */
export interface RecallStart {
  readonly recall: string
  readonly energy: number
  /** m with every stored pattern, in the set's order. */
  readonly overlaps: Float64Array
}

/**
 * A batch of visits, in order. Visit k looked at `neurons[k]`, whose field was `fields[k]`; `flipped[k]` is 1 where it
 * changed its sign; `energies[k]` holds after it. Synchronous sweeps visit every neuron in order and change them together
 * at the sweep's last visit.
 */
export interface RecallBatch {
  readonly recall: string
  readonly neurons: Uint32Array
  readonly fields: Float32Array
  readonly flipped: Uint8Array
  readonly energies: Float64Array
  /** Set in the last batch. */
  readonly end: RecallEnd | null
}

export interface RecallEnd {
  readonly sweeps: number
  readonly converged: boolean
  readonly cycle: 0 | 2
  readonly verdict: RecallVerdict
}
