/** The experiments by their kinds: what each is made from, what its trials answer and what is made of them. */
import { createAttractors, summariseAttractors } from './attractors'
import type { Attractor, AttractorSettings } from './attractors'
import { createBasin, summariseBasin } from './basin'
import type { BasinPoint, BasinSettings } from './basin'
import { createCapacity, summariseCapacity } from './capacity'
import type { CapacityPoint, CapacitySettings, CapacityTrial } from './capacity'
import type { Experiment } from './experiment'

export type { Attractor, AttractorSettings, BasinPoint, BasinSettings, CapacityPoint, CapacitySettings, Experiment }

export type ExperimentSettings = CapacitySettings | BasinSettings | AttractorSettings

export interface ExperimentResults {
  readonly capacity: readonly CapacityPoint[]
  readonly basin: readonly BasinPoint[]
  readonly attractors: readonly Attractor[]
}

/** @throws EngineError E_CONFIGURATION, and those of the patterns and the rule */
export function createExperiment(settings: ExperimentSettings): Experiment<unknown> {
  switch (settings.kind) {
    case 'capacity':
      return createCapacity(settings)
    case 'basin':
      return createBasin(settings)
    case 'attractors':
      return createAttractors(settings)
  }
}

/** How many trials it takes, known without storing a pattern. */
export function trialsOf(settings: ExperimentSettings): number {
  switch (settings.kind) {
    case 'capacity':
      return settings.loads.length * settings.trials
    case 'basin':
      return settings.flips.length * settings.trials
    case 'attractors':
      return settings.starts
  }
}

/** @param trials what `run` answered for every index, in order */
export function summarise<Settings extends ExperimentSettings>(
  settings: Settings,
  trials: readonly unknown[],
): ExperimentResults[Settings['kind']] {
  return summariseAny(settings, trials) as ExperimentResults[Settings['kind']]
}

function summariseAny(settings: ExperimentSettings, trials: readonly unknown[]): unknown {
  switch (settings.kind) {
    case 'capacity':
      return summariseCapacity(settings, trials as CapacityTrial[])
    case 'basin':
      return summariseBasin(settings, trials as boolean[])
    case 'attractors':
      return summariseAttractors(settings, trials as Int8Array[])
  }
}
