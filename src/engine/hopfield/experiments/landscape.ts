/**
 * The energy over a plane through two or three stored patterns, and the way of one recall seen from above it. Two heights
 * a point: of the state of real numbers itself, and of the state of ±1 that it becomes as a cue.
 */
import { EngineError } from '../../error'
import { createMemory } from '../memory'
import type { MemorySettings, NamedPattern } from '../memory'
import { Recall } from '../recall'
import type { RecallOptions } from '../recall'
import { overlap } from '../rule'
import type { Memory } from '../rule'
import { createPlane, createSectionEnergy } from '../section'
import type { Plane, SectionEnergy } from '../section'
import type { Experiment, Tally } from './experiment'

export interface LandscapeSettings {
  readonly kind: 'landscape'
  readonly patterns: readonly NamedPattern[]
  readonly memory: MemorySettings
  readonly recall: RecallOptions
  /** Indices of two or three of the patterns. */
  readonly plane: readonly number[]
  /** Points a side. */
  readonly resolution: number
  /** Where the recall begins: N values of ±1. */
  readonly cue: Int8Array
}

export interface LandscapeAxis {
  readonly from: number
  readonly to: number
}

export interface LandscapeAxes {
  /** In units of √N from the plane's point nearest to the zero vector, towards the first pattern. */
  readonly x: LandscapeAxis
  /** Across it, with the second pattern above. */
  readonly y: LandscapeAxis
  /** Of the patterns that lie on the plane. */
  readonly patterns: readonly { readonly name: string; readonly sign: 1 | -1; readonly x: number; readonly y: number }[]
  /** Of the plane from the zero vector, in units of √N. */
  readonly distance: number
}

export interface PathPoint {
  /** Sweeps done, with parts of one. */
  readonly sweep: number
  /** Where the state lies when it is projected on the plane. */
  readonly x: number
  readonly y: number
  /** Of the state itself, not of its projection. */
  readonly energy: number
}

export interface Landscape {
  /** [row][column], row 0 at the least y; a row is null while it isn't computed. */
  readonly energy: readonly (readonly number[] | null)[]
  /** The same of the state made bipolar, as a cue is. */
  readonly bipolar: readonly (readonly number[] | null)[]
  /** null before its first trial is done, as the path is empty. */
  readonly axes: LandscapeAxes | null
  readonly path: readonly PathPoint[]
}

type LandscapeTrial =
  | { readonly axes: LandscapeAxes; readonly path: readonly PathPoint[] }
  | { readonly energy: readonly number[]; readonly bipolar: readonly number[] }

/** Every state of ±1 lies within 1; a margin shows what is behind the patterns. */
const REACH = 1.25
/** Points of the path in a sweep of an asynchronous recall … */
const POINTS_A_SWEEP = 16
/** … during its first sweeps; then one a sweep. */
const FINE_SWEEPS = 64

/** Trial 0 is the frame and the recall, trial r + 1 the grid's row r. @throws EngineError E_PATTERN, and those of the rule */
export function createLandscape(settings: LandscapeSettings): Experiment<LandscapeTrial> {
  const { patterns, plane: chosen, resolution, cue } = settings
  const memory = createMemory(patterns, settings.memory)
  if (cue.length !== memory.neurons) {
    throw new EngineError('E_PATTERN', { name: 'cue', reason: `it must have ${memory.neurons} cells of ±1` })
  }
  const values = patterns.map((pattern) => pattern.values)
  const spanning = chosen.map((index) => values[index])
  const plane = createPlane(
    spanning,
    chosen.map((index) => patterns[index].name),
  )
  const energyAt = createSectionEnergy(memory, values, spanning, settings.memory)
  const bipolarAt = createBipolarEnergy(memory, spanning)
  return {
    trials: resolution + 1,
    run: (index) =>
      index === 0
        ? { axes: axesOf(settings, plane), path: pathOf(memory, settings, spanning, plane) }
        : rowOf(plane, resolution, index - 1, energyAt, bipolarAt),
  }
}

function axesOf({ patterns, plane: chosen }: LandscapeSettings, { places, distance }: Plane): LandscapeAxes {
  const axis = { from: -REACH, to: REACH }
  const stored = places.map((place, k) => ({ name: patterns[chosen[k]].name, sign: 1 as const, ...place }))
  const inverses = stored.map(({ name, x, y }) => ({ name, sign: -1 as const, x: -x, y: -y }))
  return { x: axis, y: axis, patterns: chosen.length === 2 ? [...stored, ...inverses] : stored, distance }
}

function coordinate(at: number, resolution: number): number {
  return -REACH + (2 * REACH * at) / (resolution - 1)
}

function rowOf(plane: Plane, resolution: number, row: number, energyAt: SectionEnergy, bipolarAt: SectionEnergy) {
  const y = coordinate(row, resolution)
  const c = new Float64Array(plane.origin.length)
  const energy: number[] = []
  const bipolar: number[] = []
  for (let column = 0; column < resolution; column++) {
    const x = coordinate(column, resolution)
    for (let k = 0; k < c.length; k++) c[k] = plane.origin[k] + x * plane.right[k] + y * plane.up[k]
    energy.push(energyAt(c))
    bipolar.push(bipolarAt(c))
  }
  return { energy, bipolar }
}

/**
 * E of the sign of s = Σ c_k ξ^k. Neurons on which the spanning patterns agree have the same s, so of 2^K groups only few
 * states come about on a plane: each is computed once.
 */
function createBipolarEnergy(memory: Memory, spanning: readonly Int8Array[]): SectionEnergy {
  const N = memory.neurons
  const K = spanning.length
  const groups = 1 << K
  const groupOf = Uint8Array.from({ length: N }, (_, i) =>
    spanning.reduce((group, pattern, k) => group | (pattern[i] > 0 ? 1 << k : 0), 0),
  )
  const known = new Map<number, number>()
  return (c) => {
    let signs = 0
    for (let group = 0; group < groups; group++) {
      let value = 0
      for (let k = 0; k < K; k++) value += (group >> k) & 1 ? c[k] : -c[k]
      if (value >= 0) signs += 1 << group
    }
    const found = known.get(signs)
    if (found !== undefined) return found
    memory.follow(Int8Array.from(groupOf, (group) => ((signs >> group) & 1 ? 1 : -1)))
    const energy = memory.energy()
    known.set(signs, energy)
    return energy
  }
}

/** The cue, then several states a sweep (one where all neurons turn together), each where it lies above the plane. */
function pathOf(
  memory: Memory,
  { cue, recall: options }: LandscapeSettings,
  spanning: readonly Int8Array[],
  plane: Plane,
): readonly PathPoint[] {
  const N = memory.neurons
  const recall = new Recall(memory, cue, options)
  const path: PathPoint[] = []
  const note = (visits: number): void => {
    const overlaps = spanning.map((pattern) => overlap(pattern, recall.state))
    const along = (axis: Float64Array): number => overlaps.reduce((sum, m, k) => sum + m * axis[k], 0)
    path.push({ sweep: visits / N, x: along(plane.right), y: along(plane.up), energy: recall.energy })
  }
  const stride = options.update === 'synchronous' ? N : Math.ceil(N / POINTS_A_SWEEP)
  note(0)
  let visits = 0
  let changed = false
  while (recall.next()) {
    visits += 1
    changed ||= recall.visit.flipped
    const isSweepDone = visits % N === 0
    const isFine = visits <= FINE_SWEEPS * N && (visits % N) % stride === 0
    if (!isSweepDone && !(isFine && changed)) continue
    note(visits)
    changed = false
  }
  return path
}

export function tallyLandscape({
  resolution,
}: Pick<LandscapeSettings, 'resolution'>): Tally<LandscapeTrial, Landscape> {
  const none = (): (readonly number[] | null)[] => new Array<null>(resolution).fill(null)
  const energy = none()
  const bipolar = none()
  let axes: LandscapeAxes | null = null
  let path: readonly PathPoint[] = []
  return {
    add: (index, trial) => {
      if ('path' in trial) {
        axes = trial.axes
        path = trial.path
        return
      }
      energy[index - 1] = trial.energy
      bipolar[index - 1] = trial.bipolar
    },
    result: () => ({ energy: [...energy], bipolar: [...bipolar], axes, path }),
  }
}
