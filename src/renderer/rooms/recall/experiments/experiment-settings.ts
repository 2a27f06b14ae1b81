/**
 * The settings of each experiment as they stand in the column, and the requests that they and the table make. Patterns, rule
 * and seed of the experiments on stored patterns are the table's; capacity draws patterns of its own.
 */
import * as v from 'valibot'
import type {
  ExperimentCue,
  ExperimentRequest,
  ExperimentRequestOf,
  PatternSet,
  RecallSettings,
} from '../../../../shared'
import { RecallSettingsSchema, RULES, UPDATES } from '../../../../shared'
import { isLinear } from '../memory/rule-formulas'

/** Those that are kept as runs; of rules side by side three recalls are watched. */
export const STORED_EXPERIMENTS = ['capacity', 'basin', 'landscape', 'attractors'] as const
export type StoredExperiment = (typeof STORED_EXPERIMENTS)[number]
export const EXPERIMENTS = [...STORED_EXPERIMENTS, 'rules'] as const
export type Experiment = (typeof EXPERIMENTS)[number]
export type StoredRequest = ExperimentRequestOf<StoredExperiment>

/** As many lines as there are colours. */
export const MOST_LINES = 5
export const HEIGHTS = ['energy', 'bipolar'] as const
export type Height = (typeof HEIGHTS)[number]

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

const CapacitySchema = v.object({
  rules: v.pipe(v.array(v.picklist(RULES)), v.minLength(1)),
  neurons: v.pipe(v.array(whole(2, 65_536)), v.minLength(1)),
  loads: v.pipe(v.array(v.pipe(v.number(), v.gtValue(0))), v.minLength(1)),
  corrupt: share,
  trials: whole(1, 100_000),
  cues: whole(1, 65_536),
  degree: RecallSettingsSchema.entries.degree,
  beta: RecallSettingsSchema.entries.beta,
  update: v.picklist(UPDATES),
  maxSweeps: RecallSettingsSchema.entries.maxSweeps,
  seed: RecallSettingsSchema.entries.seed,
})

export const ExperimentSettingsSchema = v.object({
  capacity: CapacitySchema,
  basin: v.object({
    /** null: every pattern in turn. */
    from: v.nullable(v.string()),
    flips: v.pipe(v.array(share), v.minLength(1)),
    trials: whole(1, 1_000_000),
  }),
  landscape: v.object({
    /** What is no longer stored gives way to what is. */
    plane: v.array(v.string()),
    resolution: whole(2, 256),
    height: v.picklist(HEIGHTS),
  }),
  attractors: v.object({ starts: whole(1, 1_000_000) }),
  rules: v.object({ rules: v.tuple([v.picklist(RULES), v.picklist(RULES), v.picklist(RULES)]) }),
})
export type ExperimentSettings = v.InferOutput<typeof ExperimentSettingsSchema>
export type CapacityFields = ExperimentSettings['capacity']

export const DEFAULTS: ExperimentSettings = {
  capacity: {
    rules: ['hebbian'],
    neurons: [1000],
    loads: [0.05, 0.08, 0.1, 0.12, 0.13, 0.14, 0.15, 0.16, 0.18, 0.2],
    corrupt: 0,
    trials: 10,
    cues: 20,
    degree: 3,
    beta: 1,
    update: 'asynchronous',
    maxSweeps: 100,
    seed: 1,
  },
  basin: { from: null, flips: [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5], trials: 200 },
  landscape: { plane: [], resolution: 64, height: 'energy' },
  attractors: { starts: 1000 },
  rules: { rules: ['hebbian', 'pseudo-inverse', 'dense'] },
}

/** Ready choices of the capacity experiment. */
export const CAPACITY_EXAMPLES = {
  /** The break at 0.138. */
  breakdown: DEFAULTS.capacity,
  /** How the break sharpens as the network grows. */
  sharpening: {
    ...DEFAULTS.capacity,
    neurons: [200, 1000, 4000],
    loads: [0.1, 0.12, 0.13, 0.14, 0.15, 0.16, 0.18],
    trials: 10,
    cues: 20,
  },
  /** What is stored and what is still recalled from a spoiled cue, rule by rule. */
  rules: {
    ...DEFAULTS.capacity,
    rules: ['hebbian', 'storkey', 'pseudo-inverse', 'dense'],
    neurons: [200],
    loads: [0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    corrupt: 0.1,
  },
} as const satisfies Record<string, CapacityFields>
export type CapacityExample = keyof typeof CAPACITY_EXAMPLES

/** The pseudo-inverse holds at most as many patterns as there are neurons. */
const MOST_LOAD = { 'pseudo-inverse': 1 } as const

/** Those that a network of N neurons can be asked for: at least one pattern, of the pseudo-inverse at most N. */
function loadsOf(rule: RecallSettings['rule'], N: number, loads: readonly number[]): number[] {
  const most = rule === 'pseudo-inverse' ? MOST_LOAD[rule] : Infinity
  return loads.filter((load) => load <= most && Math.round(load * N) >= 1)
}

/** A run a rule and a size, in the order of their lines. */
export function capacityRequests(fields: CapacityFields): readonly StoredRequest[] {
  const { rules, neurons, loads, ...rest } = fields
  const requests = rules.flatMap((rule) =>
    neurons.map((N) => ({
      kind: 'capacity' as const,
      ...rest,
      neurons: N,
      rule,
      bias: 'none' as const,
      loads: loadsOf(rule, N, loads),
    })),
  )
  return requests.filter((request) => request.loads.length > 0)
}

/** The other way: the column's settings of what was asked. */
export function capacityFields(request: ExperimentRequestOf<'capacity'>): CapacityFields {
  const { kind: _kind, bias: _bias, rule, neurons, ...rest } = request
  return { ...rest, rules: [rule], neurons: [neurons] }
}

/** What lies on the table, as an experiment takes it. */
export interface Network {
  readonly set: PatternSet
  readonly settings: RecallSettings
}

/** The rules without weights have no bias, whatever was chosen for the others. */
export function plainSettings(settings: RecallSettings): RecallSettings {
  return isLinear(settings.rule) ? settings : { ...settings, bias: 'none' }
}

const namesOf = ({ patterns }: PatternSet): string[] => patterns.map(({ name }) => name)

/** Which patterns the section goes through: those that were chosen as far as they are stored, filled up to two. */
export function planeOf(wished: readonly string[], set: PatternSet): string[] {
  const names = namesOf(set)
  const chosen = wished.filter((name, index) => names.includes(name) && wished.indexOf(name) === index)
  if (wished.length === 0) return names.slice(0, 3)
  const others = names.filter((name) => !chosen.includes(name))
  return [...chosen, ...others.slice(0, Math.max(0, 2 - chosen.length))].slice(0, 3)
}

/** Patterns that an experiment on stored ones needs. */
export const LEAST_PATTERNS: Readonly<Record<Experiment, number>> = {
  capacity: 0,
  basin: 1,
  landscape: 2,
  attractors: 1,
  rules: 1,
}

export function requestsOf(
  kind: StoredExperiment,
  settings: ExperimentSettings,
  { set, settings: recall }: Network,
  cue: ExperimentCue,
): readonly StoredRequest[] {
  const network = { set, settings: plainSettings(recall) }
  switch (kind) {
    case 'capacity':
      return capacityRequests(settings.capacity)
    case 'basin': {
      const { from, flips, trials } = settings.basin
      return [{ kind, ...network, from: namesOf(set).find((name) => name === from) ?? null, flips, trials }]
    }
    case 'landscape': {
      const { plane, resolution } = settings.landscape
      return [{ kind, ...network, plane: planeOf(plane, set), resolution, cue }]
    }
    case 'attractors':
      return [{ kind, ...network, starts: settings.attractors.starts }]
  }
}

/** The column's settings of a run that is opened. */
export function settingsOf(settings: ExperimentSettings, request: StoredRequest): ExperimentSettings {
  switch (request.kind) {
    case 'capacity':
      return { ...settings, capacity: capacityFields(request) }
    case 'basin':
      return { ...settings, basin: { from: request.from, flips: request.flips, trials: request.trials } }
    case 'landscape':
      return { ...settings, landscape: { ...settings.landscape, plane: request.plane, resolution: request.resolution } }
    case 'attractors':
      return { ...settings, attractors: { starts: request.starts } }
  }
}

export function trialsOf(request: StoredRequest): number {
  switch (request.kind) {
    case 'capacity':
      return request.loads.length * request.trials
    case 'basin':
      return request.flips.length * request.trials
    case 'landscape':
      return request.resolution + 1
    case 'attractors':
      return request.starts
  }
}

/** About how long it takes beside the others of a series, in a unit of no meaning: a recall costs N P. */
export function effortOf(request: StoredRequest): number {
  if (request.kind !== 'capacity') return 1
  const { neurons, loads, trials, cues } = request
  return loads.reduce((sum, load) => sum + neurons * neurons * load * trials * Math.min(cues, load * neurons), 0)
}

/** One of the runs that these views show. */
export function isStoredRequest(request: ExperimentRequest): request is StoredRequest {
  return request.kind !== 'recall'
}
