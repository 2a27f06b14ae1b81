/** What a setting comes to on this machine: workers, memory, time; and what to lower where it is too much. */
import { memoryNeed, MOST_OF_MEMORY, stepNanoseconds, worthwhileWorkers } from '../../../../engine'
import type { MemoryNeed, ModelShape } from '../../../../engine'
import type { RunConfiguration, TrainingMachine } from '../../../../shared'
import type { TrainingFit } from '../training-fit'

export interface TrainingOutlook {
  readonly workers: number
  readonly memory: MemoryNeed
  /** Whether it is more than a run may take of what is free. */
  readonly isTooLarge: boolean
  readonly seconds: number
}

export function shapeOf(configuration: RunConfiguration, vocabulary: number): ModelShape {
  const { cell, window, layers, hidden, embedding } = configuration
  const sizes = { layers, hidden, embedding, vocabulary }
  return cell === 'window' ? { cell, window, ...sizes } : { cell, ...sizes }
}

export function outlookOf(
  configuration: RunConfiguration,
  { batch, sequence, totalSteps }: Pick<TrainingFit, 'batch' | 'sequence' | 'totalSteps'>,
  vocabulary: number,
  { cores, freeBytes, pace }: TrainingMachine,
): TrainingOutlook {
  const shape = shapeOf(configuration, vocabulary)
  const wanted = configuration.workers
  const workers = Math.min(batch, wanted === 'auto' ? worthwhileWorkers(batch, sequence, shape, cores) : wanted)
  const most = freeBytes * MOST_OF_MEMORY
  const memory = memoryNeed(shape, batch, sequence, workers, most)
  return {
    workers,
    memory,
    isTooLarge: memory.bytes > most,
    seconds: (totalSteps * stepNanoseconds(shape, batch, sequence, workers)) / (pace * 1e9),
  }
}
