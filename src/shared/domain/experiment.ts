/**
 * Experiments on Hopfield networks: what is asked (kept with the run, so that it can be repeated), what is told while one
 * runs, and what is kept of it. Everything here is plain JSON.
 */
import * as v from 'valibot'
import type { CapacityPoint, BasinPoint, LandscapeAxes, PathPoint } from '../../engine'
import { PatternRowsSchema, PatternSetSchema } from './pattern'
import type { PatternSet } from './pattern'
import { BIASES, RecallSettingsSchema, RULES, UPDATES } from './recall'
import type { RecallVerdict } from './recall'
import type { RunId, RunStatus } from './run'

export const EXPERIMENT_KINDS = ['capacity', 'basin', 'attractors', 'landscape', 'recall'] as const
export type ExperimentKind = (typeof EXPERIMENT_KINDS)[number]

/** Trials an experiment may have in all. */
const MOST_TRIALS = 1_000_000

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const share = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1))
const name = v.pipe(v.string(), v.maxLength(200))
const set = v.pipe(
  PatternSetSchema,
  v.check(({ patterns }) => patterns.length > 0, 'a set without patterns'),
  v.check(
    ({ width, height, patterns }) => patterns.every(({ rows }) => rows.length === height && rows[0].length === width),
    'a pattern of another size',
  ),
)

/** What a recall begins with: a stored pattern with a share of its neurons turned over by the seed, or rows of its own. */
export const CueSchema = v.union([
  v.strictObject({ from: name, corrupt: share }),
  v.strictObject({ rows: PatternRowsSchema }),
])
export type ExperimentCue = v.InferOutput<typeof CueSchema>

const fits = (first: number, second: number): boolean => first * second <= MOST_TRIALS

export const CapacityRequestSchema = v.pipe(
  v.strictObject({
    kind: v.literal('capacity'),
    neurons: whole(2, 65_536),
    loads: v.pipe(v.array(v.pipe(v.number(), v.finite(), v.gtValue(0))), v.minLength(1), v.maxLength(1000)),
    rule: v.optional(v.picklist(RULES), 'hebbian'),
    bias: v.optional(v.picklist(BIASES), 'none'),
    degree: RecallSettingsSchema.entries.degree,
    beta: RecallSettingsSchema.entries.beta,
    update: v.optional(v.picklist(UPDATES), 'asynchronous'),
    maxSweeps: RecallSettingsSchema.entries.maxSweeps,
    corrupt: v.optional(share, 0),
    trials: v.optional(whole(1, 100_000), 5),
    cues: v.optional(whole(1, 65_536), 20),
    seed: RecallSettingsSchema.entries.seed,
  }),
  v.check(({ loads, trials }) => fits(loads.length, trials), 'more than a million trials'),
)

export const BasinRequestSchema = v.pipe(
  v.strictObject({
    kind: v.literal('basin'),
    set,
    settings: RecallSettingsSchema,
    /** The pattern whose basin it is; null: every one in turn. */
    from: v.optional(v.nullable(name), null),
    flips: v.pipe(v.array(share), v.minLength(1), v.maxLength(1000)),
    trials: v.optional(whole(1, 1_000_000), 100),
  }),
  v.check(({ flips, trials }) => fits(flips.length, trials), 'more than a million trials'),
)

export const AttractorsRequestSchema = v.strictObject({
  kind: v.literal('attractors'),
  set,
  settings: RecallSettingsSchema,
  starts: v.optional(whole(1, MOST_TRIALS), 1000),
})

export const LandscapeRequestSchema = v.strictObject({
  kind: v.literal('landscape'),
  set,
  settings: RecallSettingsSchema,
  /** Names of two or three different patterns. */
  plane: v.pipe(
    v.array(name),
    v.minLength(2),
    v.maxLength(3),
    v.check((names) => new Set(names).size === names.length, 'a pattern named twice'),
  ),
  resolution: v.optional(whole(2, 256), 64),
  cue: CueSchema,
})

export const RecallExperimentSchema = v.strictObject({
  kind: v.literal('recall'),
  set,
  settings: RecallSettingsSchema,
  cue: CueSchema,
})

export const ExperimentRequestSchema = v.variant('kind', [
  CapacityRequestSchema,
  BasinRequestSchema,
  AttractorsRequestSchema,
  LandscapeRequestSchema,
  RecallExperimentSchema,
])
export type ExperimentRequest = v.InferOutput<typeof ExperimentRequestSchema>
export type ExperimentRequestOf<Kind extends ExperimentKind> = Extract<ExperimentRequest, { readonly kind: Kind }>

export interface KeptAttractor {
  readonly share: number
  readonly kind: RecallVerdict['kind']
  readonly patterns: RecallVerdict['patterns']
  /** Rows of '#' (+1) and '.' (−1); null for the rare ones of a large network, whose states would fill the disk. */
  readonly rows: readonly string[] | null
}

export interface ExperimentSummaries {
  readonly capacity: { readonly points: readonly CapacityPoint[] }
  readonly basin: { readonly points: readonly BasinPoint[] }
  readonly attractors: { readonly attractors: readonly KeptAttractor[] }
  readonly landscape: {
    readonly energy: readonly (readonly number[] | null)[]
    readonly bipolar: readonly (readonly number[] | null)[]
    readonly axes: LandscapeAxes | null
    readonly path: readonly PathPoint[]
  }
  readonly recall: {
    readonly rows: readonly string[]
    readonly energy: readonly number[]
    readonly sweeps: number
    readonly converged: boolean
    readonly cycle: 0 | 2
    readonly match: RecallVerdict
  } | null
}

/** A summary with its kind, of the trials that were done. */
export type ExperimentSummary = {
  readonly [Kind in ExperimentKind]: { readonly kind: Kind; readonly summary: ExperimentSummaries[Kind] }
}[ExperimentKind]

/** Told while it runs: only the newest matters. */
export interface ExperimentProgress {
  readonly run: RunId
  readonly trials: number
  readonly totalTrials: number
  readonly result: ExperimentSummary
}

/** What is kept of an experiment. */
export interface KeptExperiment {
  readonly run: RunId
  readonly status: RunStatus
  readonly settings: ExperimentRequest
  readonly seed: number
  readonly trials: number
  readonly totalTrials: number
  /** null before the first trial. */
  readonly result: ExperimentSummary | null
}

/** The seed from which all its chance comes. */
export function seedOf(request: ExperimentRequest): number {
  return request.kind === 'capacity' ? request.seed : request.settings.seed
}

/** A short name: what it is and of what. */
export function nameOfExperiment(request: ExperimentRequest): string {
  if (request.kind === 'capacity') return `capacity ${request.rule} · ${request.neurons}`
  const { kind, set: patterns, settings } = request
  return `${kind} ${settings.rule} · ${namesOf(patterns)}`
}

const NAMES_SHOWN = 3

function namesOf({ patterns }: PatternSet): string {
  const shown = patterns.slice(0, NAMES_SHOWN).map((pattern) => pattern.name)
  return shown.join(' ') + (patterns.length > NAMES_SHOWN ? ` +${patterns.length - NAMES_SHOWN}` : '')
}
