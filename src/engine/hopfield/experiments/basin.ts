/** How far a cue may be from a pattern and still be brought back: the width of its basin of attraction. */
import { Random } from '../../random/generator'
import { createMemory } from '../memory'
import type { MemorySettings, NamedPattern } from '../memory'
import { Recall } from '../recall'
import type { RecallOptions } from '../recall'
import { overlap } from '../rule'
import { flipShare } from '../spoil'
import { RECALLED } from './experiment'
import type { Experiment } from './experiment'
import { wilsonInterval } from './wilson'

export interface BasinSettings {
  readonly kind: 'basin'
  readonly patterns: readonly NamedPattern[]
  readonly memory: MemorySettings
  readonly recall: RecallOptions
  /** Index of the pattern whose basin it is; null: every pattern in turn. */
  readonly target: number | null
  /** Shares of neurons that are turned over. */
  readonly flips: readonly number[]
  /** A share. */
  readonly trials: number
}

export interface BasinPoint {
  readonly flipped: number
  /** Share of the trials that ended at the pattern, with its 95 % interval. */
  readonly recalled: number
  readonly low: number
  readonly high: number
}

/** The trials of the first share, then those of the second …; each tells whether it came back. */
export function createBasin(settings: BasinSettings): Experiment<boolean> {
  const { patterns, flips, recall: options, target, trials } = settings
  const memory = createMemory(patterns, settings.memory)
  return {
    trials: flips.length * trials,
    run: (index) => {
      const share = flips[Math.floor(index / trials)]
      const trial = index % trials
      const random = Random.fromSeed(options.seed, `basin ${share} ${trial}`)
      const { values } = patterns[target ?? trial % patterns.length]
      const recall = new Recall(memory, flipShare(values, share, random.uint32()), {
        ...options,
        seed: random.uint32(),
      })
      while (recall.next());
      return overlap(values, recall.state) >= RECALLED
    },
  }
}

export function summariseBasin({ flips, trials }: BasinSettings, recalled: readonly boolean[]): BasinPoint[] {
  return flips.map((flipped, which) => {
    const count = recalled.slice(which * trials, (which + 1) * trials).filter(Boolean).length
    return { flipped, recalled: count / trials, ...wilsonInterval(count, trials) }
  })
}
