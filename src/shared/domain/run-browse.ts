/** Runs as a long list is looked through: which of them, in what order, in which groups; and the rows that are in sight. */
import * as v from 'valibot'
import { FILTER_IDENTIFIERS, FILTER_NUMBERS, FILTER_SWITCHES, FILTER_WORDS } from './run-filter-fields'
import type { ErrorReport } from '../errors'
import type { RunId, RunRow } from './run'

export const MOST_ROWS_AT_ONCE = 200

/** Where runs lie. */
export const RUN_PLACES = ['kept', 'archived', 'bin'] as const
export type RunPlace = (typeof RUN_PLACES)[number]

/** What a list can be put in order by. */
export const RUN_SORTS = [
  'name',
  'corpus',
  'created',
  'bestStep',
  'atStep',
  ...FILTER_NUMBERS,
  ...(Object.keys(FILTER_WORDS) as (keyof typeof FILTER_WORDS)[]),
  ...FILTER_SWITCHES,
  ...FILTER_IDENTIFIERS,
] as const
export type RunSort = (typeof RUN_SORTS)[number]

/** `setting`: all that was set but the seed and what decides nothing but speed. */
export const RUN_GROUPS = [
  'setting',
  'corpus',
  ...FILTER_NUMBERS,
  ...(Object.keys(FILTER_WORDS) as (keyof typeof FILTER_WORDS)[]),
  ...FILTER_SWITCHES,
  'parent',
] as const
export type RunGroup = (typeof RUN_GROUPS)[number]

/** At which a loss can be asked for. */
export const LATEST_STEP = 2 ** 40
const step = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LATEST_STEP)))

export const BrowseQuerySchema = v.strictObject({
  /** Of ./run-filter. */
  filter: v.pipe(v.string(), v.maxLength(2000)),
  place: v.picklist(RUN_PLACES),
  sort: v.strictObject({ key: v.picklist(RUN_SORTS), descending: v.boolean() }),
  group: v.nullable(v.picklist(RUN_GROUPS)),
  /** The step at which `atStep` reads the loss. */
  atStep: step,
})
export type BrowseQuery = v.InferOutput<typeof BrowseQuerySchema>

export interface RunGroupSummary {
  /** null: nothing is there. Of `setting`: the name of its newest run. */
  readonly value: string | number | null
  readonly count: number
  /** Of the best validation losses in it; null: none has one. */
  readonly mean: number | null
  readonly best: number | null
}

export const RUN_COLUMNS = [
  'status',
  'name',
  'kind',
  'corpus',
  'cell',
  'size',
  'parameters',
  'seed',
  'seeds',
  'learningRate',
  'loss',
  'trainLoss',
  'validationLoss',
  'bestValidationLoss',
  'bestStep',
  'atStep',
  'charactersPerSecond',
  'seconds',
  'steps',
  'created',
  'digest',
  'tags',
] as const
export type RunColumn = (typeof RUN_COLUMNS)[number]

/** Settings that stand as axes, in their order; null: the first that differ. */
export const AxesSchema = v.optional(
  v.nullable(v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.minLength(1), v.maxLength(100))),
  null,
)

/** How a person has the list: kept as it was left, or under a name. */
export const RunsViewSchema = v.strictObject({
  ...BrowseQuerySchema.entries,
  columns: v.pipe(
    v.array(
      v.strictObject({
        name: v.picklist(RUN_COLUMNS),
        /** CSS pixels. */
        width: v.pipe(v.number(), v.integer(), v.minValue(40), v.maxValue(1000)),
      }),
    ),
    v.minLength(1),
    v.maxLength(RUN_COLUMNS.length),
    v.check((columns) => new Set(columns.map(({ name }) => name)).size === columns.length, 'a column twice'),
  ),
  /** Of its parallel coordinates. */
  axes: AxesSchema,
})
export type RunsView = v.InferOutput<typeof RunsViewSchema>

/** What a view asks the database for: all of it but how it is shown. */
export function queryOf({ columns: _columns, axes: _axes, ...query }: RunsView): BrowseQuery {
  return query
}

/** Kept under a name. */
export const MOST_VIEWS = 50
export const NamedViewSchema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
  view: RunsViewSchema,
})
export type NamedView = v.InferOutput<typeof NamedViewSchema>

/** Its columns stand beside each other in a window of 1280 pixels; in a wider one they grow. */
export const DEFAULT_RUNS_VIEW: RunsView = {
  filter: '',
  place: 'kept',
  sort: { key: 'created', descending: true },
  group: null,
  atStep: null,
  columns: [
    { name: 'name', width: 200 },
    { name: 'status', width: 82 },
    { name: 'cell', width: 76 },
    { name: 'size', width: 72 },
    { name: 'loss', width: 64 },
    { name: 'trainLoss', width: 122 },
    { name: 'bestValidationLoss', width: 126 },
    { name: 'bestStep', width: 88 },
    { name: 'charactersPerSecond', width: 94 },
    { name: 'tags', width: 76 },
    { name: 'created', width: 92 },
  ],
  axes: null,
}

/** The rows of the beginning of a list can come with it, so that the first is seen at once. */
export interface BrowseRequest extends BrowseQuery {
  readonly rows?: number
}

/** What a query finds. Ten thousand runs are one string of identifiers, a space between: it crosses every border at once. */
export interface BrowsedList {
  readonly runs: string
  readonly count: number
  /** In their order, each the next `count` of the runs; empty without grouping. */
  readonly groups: readonly RunGroupSummary[]
  /** As many as were asked for, from the first on. */
  readonly rows: readonly BrowsedRow[]
}

/** A row in sight, with what a list of everything would cost too much. */
export interface BrowsedRow extends RunRow {
  /** The training loss at the step that was asked for, or the last before it. */
  readonly atStep: number | null
  /** Runs that differ from it in their seed alone. */
  readonly seeds: number
  readonly seed: number | null
  readonly learningRate: number | null
  /** Its training loss as a picture of a word's size: steps, then as many losses. */
  readonly spark: Float32Array
}

/** Of one call that changes runs. */
export const MOST_CHANGED = 10_000
/** In one bundle. */
export const MOST_EXPORTED = 1000

/** Curves for the eye: decimated after they were smoothed, their extremes kept. */
export interface ComparedCurve {
  readonly run: RunId
  readonly step: Float64Array
  readonly trainLoss: Float64Array
  /** The smallest and the largest loss of the steps of each point; NaN where the point has no range. */
  readonly minTrainLoss: Float64Array
  readonly maxTrainLoss: Float64Array
  /** Exponentially smoothed over all points, before any was left out. */
  readonly smoothed: Float64Array
  readonly validationLoss: Float64Array
  /** Since its start, without pauses. */
  readonly seconds: Float64Array
  /** How many a step reads: batch × sequence. */
  readonly tokensPerStep: number
}

/** What became of several runs that were to be changed: those that were, and why the first that wasn't stayed. */
export interface RunsChanged {
  readonly done: readonly RunId[]
  /** A living process holds it. */
  readonly refused: { readonly run: RunId; readonly status: string } | null
  /** It is gone, or nothing more could be changed. */
  readonly failed: ErrorReport | null
}

/** One setting or result of every run of a list: numbers, NaN where there is nothing; or the places of its words. */
export interface RunValues {
  /** As a filter names it. */
  readonly name: string
  readonly values: Float64Array
  /** In the order of their places; null: the values are numbers. */
  readonly words: readonly string[] | null
}

/** A filtered list as columns: what its runs differ in, and their losses. */
export interface RunsAsColumns {
  /** Identifiers, a space between, in the order of every column. */
  readonly runs: string
  readonly settings: readonly RunValues[]
  readonly losses: readonly RunValues[]
}
