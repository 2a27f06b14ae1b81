/**
 * How many random patterns a network can hold: at each load α = P/N fresh patterns are stored and some of them are
 * recalled (Hopfield 1982; Amit, Gutfreund and Sompolinsky 1985: with the Hebbian rule it breaks down at α ≈ 0.138).
 */
import { EngineError } from '../../error'
import { power } from '../../numerics/elementary'
import { Random } from '../../random/generator'
import { createMemory } from '../memory'
import type { MemorySettings, NamedPattern } from '../memory'
import { Recall } from '../recall'
import type { RecallOptions } from '../recall'
import { isFixedPoint } from '../fixed-point'
import { overlap } from '../rule'
import { flipShare } from '../spoil'
import { assertStorkeyFits } from '../storkey'
import { RECALLED } from './experiment'
import type { Experiment, Tally } from './experiment'

export interface CapacitySettings {
  readonly kind: 'capacity'
  readonly neurons: number
  readonly loads: readonly number[]
  readonly memory: MemorySettings
  readonly update: RecallOptions['update']
  readonly maxSweeps: number
  /** Share of a cue's neurons that is turned over. */
  readonly corrupt: number
  /** A load. */
  readonly trials: number
  /** Patterns probed a trial, at most. */
  readonly cues: number
  readonly seed: number
}

export interface CapacityTrial {
  /** Of each cue's end with its pattern. */
  readonly overlaps: readonly number[]
  /** How many of the probed patterns are fixed points. */
  readonly stable: number
}

export interface CapacityPoint {
  readonly load: number
  readonly patterns: number
  readonly overlap: number
  readonly deviation: number
  readonly stable: number
  readonly recalled: number
}

/** The trials of the first load, then those of the second … @throws EngineError E_CONFIGURATION, E_NETWORK_TOO_LARGE */
export function createCapacity(settings: CapacitySettings): Experiment<CapacityTrial> {
  for (const load of settings.loads) assertLoad(settings, load)
  return {
    trials: settings.loads.length * settings.trials,
    run: (index) => runTrial(settings, Math.floor(index / settings.trials), index % settings.trials),
  }
}

/** Of one network: its patterns twice as bytes, under the pseudo-inverse ξ Q⁻¹ beside them. */
const MOST_BYTES = 1073741824

function assertLoad({ neurons, memory }: CapacitySettings, load: number): void {
  const P = Math.round(load * neurons)
  const refuse = (expected: string): never => {
    throw new EngineError('E_CONFIGURATION', { option: '--loads', expected, value: load })
  }
  if (P < 1) refuse(`loads of at least one pattern in ${neurons} neurons`)
  if (memory.rule === 'pseudo-inverse' && P > neurons) refuse('at most 1 with the pseudo-inverse rule')
  const most = Math.floor(MOST_BYTES / (neurons * (memory.rule === 'pseudo-inverse' ? 10 : 2)))
  if (memory.rule === 'storkey') assertStorkeyFits(neurons, P)
  if (P > most) refuse(`loads of at most ${most} patterns in ${neurons} neurons, which is what memory holds`)
  if (neurons < 40 && P > power(2, neurons)) refuse(`loads of at most all ${power(2, neurons)} different patterns`)
}

function runTrial(settings: CapacitySettings, which: number, trial: number): CapacityTrial {
  const { neurons, memory: rule, corrupt, cues, update, maxSweeps, seed } = settings
  const P = Math.round(settings.loads[which] * neurons)
  const random = Random.fromSeed(seed, `capacity ${P} ${trial}`)
  const patterns = drawPatterns(P, neurons, random)
  const memory = createMemory(patterns, rule)
  const overlaps: number[] = []
  let stable = 0
  for (const { values } of patterns.slice(0, cues)) {
    if (isFixedPoint(memory, values)) stable += 1
    const cue = corrupt > 0 ? flipShare(values, corrupt, random.uint32()) : values
    const recall = new Recall(memory, cue, { update, maxSweeps, temperature: 0, seed: random.uint32() })
    while (recall.next());
    overlaps.push(overlap(values, recall.state))
  }
  return { overlaps, stable }
}

/** Different random patterns; where two came out equal (in small networks they do) the later one is drawn again. */
function drawPatterns(P: number, N: number, random: Random): NamedPattern[] {
  const seen = new Set<string>()
  const patterns: NamedPattern[] = []
  while (patterns.length < P) {
    const values = drawState(N, random)
    if (N < 64) {
      const key = values.join()
      if (seen.has(key)) continue
      seen.add(key)
    }
    patterns.push({ name: `p${patterns.length + 1}`, values })
  }
  return patterns
}

/** N values of ±1, as likely. */
export function drawState(N: number, random: Random): Int8Array {
  const values = new Int8Array(N)
  let bits = 0
  for (let i = 0; i < N; i++) {
    if (i % 32 === 0) bits = random.uint32()
    values[i] = (bits >>> (i % 32)) & 1 ? 1 : -1
  }
  return values
}

export interface CapacitySummary {
  readonly points: readonly CapacityPoint[]
}

/** A point for every load of which a trial is done, from its trials in their order. */
export function tallyCapacity(
  settings: Pick<CapacitySettings, 'loads' | 'neurons' | 'trials'>,
): Tally<CapacityTrial, CapacitySummary> {
  const done = new Map<number, CapacityTrial>()
  return {
    add: (index, trial) => void done.set(index, trial),
    result: () => ({
      points: settings.loads.flatMap((load, which) => {
        const from = which * settings.trials
        const indices = Array.from({ length: settings.trials }, (_, k) => from + k)
        const own = indices.flatMap((index) => done.get(index) ?? [])
        return own.length === 0 ? [] : [pointOf(load, Math.round(load * settings.neurons), own)]
      }),
    }),
  }
}

function pointOf(load: number, patterns: number, trials: readonly CapacityTrial[]): CapacityPoint {
  const overlaps = trials.flatMap((trial) => trial.overlaps)
  const count = overlaps.length
  const mean = sum(overlaps) / count
  return {
    load,
    patterns,
    overlap: mean,
    deviation: Math.sqrt(sum(overlaps.map((m) => (m - mean) * (m - mean))) / count),
    stable: sum(trials.map((trial) => trial.stable)) / count,
    recalled: overlaps.filter((m) => m >= RECALLED).length / count,
  }
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}
