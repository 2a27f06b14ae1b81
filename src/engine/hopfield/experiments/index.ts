/** The experiments by their kinds: what each is made from, what its trials answer and what is made of them. */
import { createAttractors, tallyAttractors } from './attractors'
import type { Attractor, AttractorSettings, AttractorSummary } from './attractors'
import { createBasin, tallyBasin } from './basin'
import type { BasinPoint, BasinSettings, BasinSummary } from './basin'
import { createCapacity, tallyCapacity } from './capacity'
import type { CapacityPoint, CapacitySettings, CapacitySummary } from './capacity'
import type { Experiment, Tally } from './experiment'
import { createLandscape, tallyLandscape } from './landscape'
import type { Landscape, LandscapeAxes, LandscapeSettings, PathPoint } from './landscape'
import { createSingleRecall, tallySingleRecall } from './single-recall'
import type { SingleRecall, SingleRecallSettings } from './single-recall'

export type { Attractor, AttractorSettings, BasinPoint, BasinSettings, CapacityPoint, CapacitySettings, Experiment }
export type { Landscape, LandscapeAxes, LandscapeSettings, PathPoint, SingleRecall, SingleRecallSettings, Tally }

export type ExperimentSettings =
  CapacitySettings | BasinSettings | AttractorSettings | LandscapeSettings | SingleRecallSettings

export interface ExperimentResults {
  readonly capacity: CapacitySummary
  readonly basin: BasinSummary
  readonly attractors: AttractorSummary
  readonly landscape: Landscape
  /** null before it is done. */
  readonly recall: SingleRecall | null
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
    case 'landscape':
      return createLandscape(settings)
    case 'recall':
      return createSingleRecall(settings)
  }
}

/** What of the settings decides how trials are put together. */
export type TallySettings =
  | Pick<CapacitySettings, 'kind' | 'loads' | 'neurons' | 'trials'>
  | Pick<BasinSettings, 'kind' | 'flips' | 'trials'>
  | Pick<AttractorSettings, 'kind'>
  | Pick<LandscapeSettings, 'kind' | 'resolution'>
  | Pick<SingleRecallSettings, 'kind'>

/** Takes what `run` answered, with its index, and tells what is known so far. */
export function createTally<Settings extends TallySettings>(
  settings: Settings,
): Tally<unknown, ExperimentResults[Settings['kind']]> {
  return anyTally(settings) as Tally<unknown, ExperimentResults[Settings['kind']]>
}

function anyTally(settings: TallySettings): unknown {
  switch (settings.kind) {
    case 'capacity':
      return tallyCapacity(settings)
    case 'basin':
      return tallyBasin(settings)
    case 'attractors':
      return tallyAttractors()
    case 'landscape':
      return tallyLandscape(settings)
    case 'recall':
      return tallySingleRecall()
  }
}
