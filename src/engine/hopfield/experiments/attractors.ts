/** Where a network ends from states drawn at random: stored patterns, their inverses, mixtures, and what nobody stored. */
import { Random } from '../../random/generator'
import { createMemory } from '../memory'
import type { MemorySettings, NamedPattern } from '../memory'
import { Recall } from '../recall'
import type { RecallOptions } from '../recall'
import { judge } from '../verdict'
import type { Verdict } from '../verdict'
import { drawState } from './capacity'
import type { Experiment, Tally } from './experiment'

export interface AttractorSettings {
  readonly kind: 'attractors'
  readonly patterns: readonly NamedPattern[]
  readonly memory: MemorySettings
  readonly recall: RecallOptions
  readonly starts: number
}

export interface Attractor {
  /** Of the starts that ended here. */
  readonly share: number
  readonly kind: Verdict['kind']
  readonly patterns: Verdict['patterns']
  readonly state: Int8Array
}

export interface AttractorSummary {
  readonly attractors: readonly Attractor[]
}

export interface AttractorTrial {
  readonly key: string
  readonly kind: Verdict['kind']
  readonly patterns: Verdict['patterns']
  readonly state: Int8Array
}

/** Each trial answers the state it ended in, judged, and by what it is told from others. */
export function createAttractors(settings: AttractorSettings): Experiment<AttractorTrial> {
  const { patterns, recall: options, starts } = settings
  const memory = createMemory(patterns, settings.memory)
  return {
    trials: starts,
    run: (index) => {
      const random = Random.fromSeed(options.seed, `attractors ${index}`)
      const recall = new Recall(memory, drawState(memory.neurons, random), { ...options, seed: random.uint32() })
      while (recall.next());
      const { kind, patterns: parts } = judge(patterns, recall.state)
      return { key: keyOf(recall.state), kind, patterns: parts, state: recall.state }
    },
  }
}

interface Found {
  count: number
  /** The least index of a start that ended here. */
  first: number
  readonly trial: AttractorTrial
}

/** Equal ends together, the most frequent first, then the one that was found first. */
export function tallyAttractors(): Tally<AttractorTrial, AttractorSummary> {
  const found = new Map<string, Found>()
  let starts = 0
  return {
    add: (index, trial) => {
      starts += 1
      const known = found.get(trial.key)
      if (!known) {
        found.set(trial.key, { count: 1, first: index, trial })
        return
      }
      known.count += 1
      known.first = Math.min(known.first, index)
    },
    result: () => ({
      attractors: Array.from(found.values())
        .sort((a, b) => b.count - a.count || a.first - b.first)
        .map(({ count, trial: { kind, patterns, state } }) => ({ share: count / starts, kind, patterns, state })),
    }),
  }
}

/** Fifteen neurons a character. */
function keyOf(state: Int8Array): string {
  let key = ''
  for (let at = 0; at < state.length; at += 15) {
    let bits = 0
    for (let i = at; i < Math.min(at + 15, state.length); i++) bits = 2 * bits + (state[i] > 0 ? 1 : 0)
    key += String.fromCharCode(bits)
  }
  return key
}
