/** What a setting comes to on this machine: workers, memory, time, disk; and what to lower where it is too much. */
import { memoryNeed, MOMENTS, MOST_OF_MEMORY, worthwhileWorkers } from '../../../../engine'
import type { MemoryNeed } from '../../../../engine'
import { diskNeed } from '../../../../shared'
import type { CorpusSummary, DiskNeed, RunConfiguration, TrainingMachine } from '../../../../shared'
import type { TrainingFit } from '../training-fit'
import { expectedSeconds } from './expected-time'
import { shapeOf } from './model-shape'

export interface TrainingOutlook {
  readonly workers: number
  readonly memory: MemoryNeed
  /** Whether it is more than a run may take of what is free. */
  readonly isTooLarge: boolean
  readonly seconds: number
}

export function outlookOf(
  configuration: RunConfiguration,
  { batch, sequence, totalSteps, heldOut }: Pick<TrainingFit, 'batch' | 'sequence' | 'totalSteps' | 'heldOut'>,
  vocabulary: number,
  machine: TrainingMachine,
): TrainingOutlook {
  const shape = shapeOf(configuration, vocabulary)
  const { workers: wanted, validateEvery } = configuration
  const { cores, freeBytes } = machine
  const workers = Math.min(batch, wanted === 'auto' ? worthwhileWorkers(batch, sequence, shape, cores) : wanted)
  const most = freeBytes * MOST_OF_MEMORY
  const memory = memoryNeed(shape, batch, sequence, workers, most)
  const run = { shape, batch, sequence, workers }
  return {
    workers,
    memory,
    isTooLarge: memory.bytes > most,
    seconds: expectedSeconds(run, { totalSteps, heldOut, validateEvery }, machine),
  }
}

export interface DiskOutlook extends DiskNeed {
  readonly freeBytes: number
  /** Whether it may come to more than is free. */
  readonly isTight: boolean
  /** Whether it certainly can't come to its end. */
  readonly isImpossible: boolean
}

export function diskOutlookOf(
  configuration: RunConfiguration,
  { batch, parameters, totalSteps }: Pick<TrainingFit, 'batch' | 'parameters' | 'totalSteps'>,
  corpora: readonly Pick<CorpusSummary, 'sizeBytes' | 'vocabularySize'>[],
  { diskFreeBytes }: Pick<TrainingMachine, 'diskFreeBytes'>,
): DiskOutlook {
  const need = diskNeed({
    configuration: { ...configuration, batch },
    moments: MOMENTS[configuration.optimizer],
    parameters,
    vocabularySize: corpora.reduce((sum, { vocabularySize }) => sum + vocabularySize, 0),
    totalSteps,
    textBytes: corpora.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  })
  return {
    ...need,
    freeBytes: diskFreeBytes,
    isTight: need.most > diskFreeBytes,
    isImpossible: need.least > diskFreeBytes,
  }
}
