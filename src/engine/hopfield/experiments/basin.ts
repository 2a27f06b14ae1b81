/** How far a cue may be from a pattern and still be brought back: the width of its basin of attraction. */
import { Random } from '../../random/generator'
import { createMemory } from '../memory'
import type { MemorySettings, NamedPattern } from '../memory'
import { Recall } from '../recall'
import type { RecallOptions } from '../recall'
import { overlap } from '../rule'
import { flipShare } from '../spoil'
import { RECALLED } from './experiment'
import type { Experiment, Tally } from './experiment'
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

export interface BasinSummary {
  readonly points: readonly BasinPoint[]
}

/** A point for every share of which a trial is done. */
export function tallyBasin({ flips, trials }: Pick<BasinSettings, 'flips' | 'trials'>): Tally<boolean, BasinSummary> {
  const done = flips.map(() => 0)
  const back = flips.map(() => 0)
  return {
    add: (index, recalled) => {
      const which = Math.floor(index / trials)
      done[which] += 1
      if (recalled) back[which] += 1
    },
    result: () => ({
      points: flips.flatMap((flipped, which) =>
        done[which] === 0
          ? []
          : [{ flipped, recalled: back[which] / done[which], ...wilsonInterval(back[which], done[which]) }],
      ),
    }),
  }
}
