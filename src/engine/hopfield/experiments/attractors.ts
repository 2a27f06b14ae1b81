/** Where a network ends from states drawn at random: stored patterns, their inverses, mixtures, and what nobody stored. */
import { Random } from '../../random/generator'
import { createMemory } from '../memory'
import type { MemorySettings, NamedPattern } from '../memory'
import { Recall } from '../recall'
import type { RecallOptions } from '../recall'
import { judge } from '../verdict'
import type { Verdict } from '../verdict'
import { drawState } from './capacity'
import type { Experiment } from './experiment'

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

/** Each trial answers the state it ended in. */
export function createAttractors(settings: AttractorSettings): Experiment<Int8Array> {
  const { patterns, recall: options, starts } = settings
  const memory = createMemory(patterns, settings.memory)
  return {
    trials: starts,
    run: (index) => {
      const random = Random.fromSeed(options.seed, `attractors ${index}`)
      const recall = new Recall(memory, drawState(memory.neurons, random), { ...options, seed: random.uint32() })
      while (recall.next());
      return recall.state
    },
  }
}

/** Equal ends together, the most frequent first, then the one that was found first. */
export function summariseAttractors({ patterns }: AttractorSettings, ends: readonly Int8Array[]): Attractor[] {
  const found = new Map<string, { count: number; readonly state: Int8Array }>()
  for (const state of ends) {
    const key = keyOf(state)
    const known = found.get(key)
    if (known) known.count += 1
    else found.set(key, { count: 1, state })
  }
  return Array.from(found.values())
    .sort((a, b) => b.count - a.count)
    .map(({ count, state }) => {
      const { kind, patterns: parts } = judge(patterns, state)
      return { share: count / ends.length, kind, patterns: parts, state }
    })
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
