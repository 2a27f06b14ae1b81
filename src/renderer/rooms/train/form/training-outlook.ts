/** What a setting comes to on this machine: workers, memory, time; and what to lower where it is too much. */
import { memoryNeed, MOST_OF_MEMORY, worthwhileWorkers } from '../../../../engine'
import type { MemoryNeed } from '../../../../engine'
import type { RunConfiguration, TrainingMachine } from '../../../../shared'
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
