/** What a capacity experiment found, as columns of lines; and theory's curve beside it. */
import { CRITICAL_LOAD, meanFieldOverlap } from '../../../../engine'
import type { CapacityPoint } from '../../../../engine'
import type { ExperimentRequestOf, KeptExperiment } from '../../../../shared'

export interface CapacityResult {
  readonly run: string
  readonly request: ExperimentRequestOf<'capacity'>
  /** By load, ascending. */
  readonly points: readonly CapacityPoint[]
}

export function capacityResults(results: readonly KeptExperiment[]): readonly CapacityResult[] {
  return results.flatMap(({ run, settings, result }) => {
    if (settings.kind !== 'capacity' || result?.kind !== 'capacity') return []
    return [{ run, request: settings, points: [...result.summary.points].sort((a, b) => a.load - b.load) }]
  })
}

/** What tells the lines apart: rule and N where they differ; one line alone has its rule's name. */
export function differences(results: readonly CapacityResult[]): {
  readonly rules: boolean
  readonly neurons: boolean
} {
  const several = (values: readonly unknown[]): boolean => new Set(values).size > 1
  const neurons = several(results.map(({ request }) => request.neurons))
  return { rules: several(results.map(({ request }) => request.rule)) || !neurons, neurons }
}

const CURVE_POINTS = 120

/** m against α up to where it breaks down. */
export function meanFieldCurve(most: number): { readonly x: readonly number[]; readonly y: readonly number[] } {
  const end = Math.min(most, CRITICAL_LOAD)
  const x = Array.from({ length: CURVE_POINTS }, (_, k) => (end * (k + 1)) / CURVE_POINTS)
  return { x, y: x.map((load) => meanFieldOverlap(load) ?? NaN) }
}

/** From here on the few that are recalled are not what was meant by stored. */
const FALLEN = 0.5

/**
 * Where the pseudo-inverse shows that stored isn't reachable: the highest load at which every pattern is a fixed point while
 * less than half are recalled from a spoiled cue; null where that isn't seen.
 */
export function storedButLost(results: readonly CapacityResult[]): CapacityPoint | null {
  const spoiled = results.filter(({ request }) => request.rule === 'pseudo-inverse' && request.corrupt > 0)
  const found = spoiled.flatMap(({ points }) =>
    points.filter(({ stable, recalled }) => stable === 1 && recalled < FALLEN),
  )
  return found.reduce<CapacityPoint | null>((last, point) => (last && last.load > point.load ? last : point), null)
}
