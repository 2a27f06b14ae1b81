/** The experiments of the room, and what each is asked with. */
import type { BasinPoint, CapacityPoint } from '../../../../engine'
import type { ExperimentRequestOf, PatternSet, RecallSettings, Rule } from '../../../../shared'

export const EXPERIMENTS = ['capacity', 'basin', 'attractors', 'landscape'] as const
export type ExperimentName = (typeof EXPERIMENTS)[number]

export interface CapacityChoice {
  readonly rules: readonly Rule[]
  readonly sizes: readonly number[]
  readonly from: number
  readonly to: number
  readonly count: number
  readonly corrupt: number
  readonly trials: number
  readonly cues: number
}

export interface ExperimentChoices {
  readonly capacity: CapacityChoice
  readonly basin: {
    readonly from: string | null
    readonly most: number
    readonly count: number
    readonly trials: number
  }
  readonly attractors: { readonly starts: number }
  readonly landscape: { readonly plane: readonly string[]; readonly resolution: number }
}

export const FIRST_CHOICES: ExperimentChoices = {
  capacity: {
    rules: ['hebbian'],
    sizes: [200, 1000],
    from: 0.02,
    to: 0.2,
    count: 10,
    corrupt: 0,
    trials: 5,
    cues: 20,
  },
  basin: { from: null, most: 0.5, count: 11, trials: 100 },
  attractors: { starts: 1000 },
  landscape: { plane: [], resolution: 64 },
}

/** So many numbers from the first to the last, both among them, as short as they can be written. */
export function spaced(from: number, to: number, count: number): number[] {
  const step = count > 1 ? (to - from) / (count - 1) : 0
  return Array.from({ length: count }, (_, i) => Number((from + i * step).toFixed(6)))
}

/** A run for every rule and size. Loads that round to no pattern in a small network are left out of it. */
export function capacityRequests(
  choice: CapacityChoice,
  settings: RecallSettings,
): readonly ExperimentRequestOf<'capacity'>[] {
  const { rules, sizes, from, to, count, corrupt, trials, cues } = choice
  const { degree, beta, update, maxSweeps, seed } = settings
  return sizes.flatMap((neurons) =>
    rules.map((rule) => ({
      kind: 'capacity' as const,
      neurons,
      loads: spaced(from, to, count).filter((load) => Math.round(load * neurons) >= 1),
      rule,
      bias: 'none' as const,
      degree,
      beta,
      update,
      maxSweeps,
      corrupt,
      trials,
      cues,
      seed,
    })),
  )
}

/** What is asked about the patterns on the table. @param cue rows of '#' and '.' */
export function tableRequest(
  kind: Exclude<ExperimentName, 'capacity'>,
  choices: ExperimentChoices,
  set: PatternSet,
  settings: RecallSettings,
  cue: string[],
): ExperimentRequestOf<'basin' | 'attractors' | 'landscape'> {
  switch (kind) {
    case 'basin': {
      const { from, most, count, trials } = choices.basin
      return { kind, set, settings, from, flips: spaced(0, most, count), trials }
    }
    case 'attractors':
      return { kind, set, settings, starts: choices.attractors.starts }
    case 'landscape':
      return { kind, set, settings, ...planeOf(choices, set), cue: { rows: cue } }
  }
}

/** The chosen names that are stored, else the first two or three. */
function planeOf({ landscape }: ExperimentChoices, { patterns }: PatternSet): { plane: string[]; resolution: number } {
  const stored = patterns.map(({ name }) => name)
  const chosen = landscape.plane.filter((name) => stored.includes(name)).slice(0, 3)
  return { plane: chosen.length >= 2 ? chosen : stored.slice(0, 3), resolution: landscape.resolution }
}

/** Columns of a curve, x ascending. */
export interface Curve {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

export function capacityCurve(points: readonly CapacityPoint[], name: 'overlap' | 'stable' | 'recalled'): Curve {
  const sorted = [...points].sort((a, b) => a.load - b.load)
  return { x: sorted.map(({ load }) => load), y: sorted.map((point) => point[name]) }
}

export function basinCurve(points: readonly BasinPoint[], name: 'recalled' | 'low' | 'high'): Curve {
  const sorted = [...points].sort((a, b) => a.flipped - b.flipped)
  return { x: sorted.map(({ flipped }) => flipped), y: sorted.map((point) => point[name]) }
}
