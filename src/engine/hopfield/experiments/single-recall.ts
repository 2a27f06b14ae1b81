/** One recall, kept: the energies after each sweep, where it ended, and the verdict. */
import { EngineError } from '../../error'
import { createMemory } from '../memory'
import type { MemorySettings, NamedPattern } from '../memory'
import { Recall } from '../recall'
import type { RecallOptions } from '../recall'
import { judge } from '../verdict'
import type { Verdict } from '../verdict'
import type { Experiment, Tally } from './experiment'

export interface SingleRecallSettings {
  readonly kind: 'recall'
  readonly patterns: readonly NamedPattern[]
  readonly memory: MemorySettings
  readonly recall: RecallOptions
  /** N values of ±1. */
  readonly cue: Int8Array
}

export interface SingleRecall {
  /** N values of ±1. */
  readonly state: Int8Array
  /** From the cue's, then a value a sweep. */
  readonly energy: readonly number[]
  readonly sweeps: number
  readonly converged: boolean
  readonly cycle: 0 | 2
  readonly match: Verdict
}

/** @throws EngineError E_PATTERN for a cue of another size, and those of the patterns and the rule */
export function createSingleRecall({
  patterns,
  memory: rule,
  recall: options,
  cue,
}: SingleRecallSettings): Experiment<SingleRecall> {
  const memory = createMemory(patterns, rule)
  if (cue.length !== memory.neurons) {
    throw new EngineError('E_PATTERN', { name: 'cue', reason: `it must have ${memory.neurons} cells of ±1` })
  }
  return {
    trials: 1,
    run: () => {
      const recall = new Recall(memory, cue, options)
      const energy = [recall.energy]
      let sweeps = 0
      while (recall.next()) {
        if (recall.sweeps === sweeps) continue
        sweeps = recall.sweeps
        energy.push(recall.energy)
      }
      const { state, converged, cycle } = recall
      return { state, energy, sweeps, converged, cycle, match: judge(patterns, state) }
    },
  }
}

export function tallySingleRecall(): Tally<SingleRecall, SingleRecall | null> {
  let found: SingleRecall | null = null
  return {
    add: (_index, trial) => {
      found = trial
    },
    result: () => found,
  }
}
