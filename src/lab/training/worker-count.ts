/** How many workers share a batch: a number a person gave, or what `auto` means (docs/decisions/0008-shards.md). */
import { worthwhileWorkers } from '../../engine'
import type { ModelShape } from '../../engine'
import { LabError } from '../../shared'
import type { RunConfiguration } from '../../shared'

type Sharing = Pick<RunConfiguration, 'workers' | 'batch' | 'sequence'>

/** @param cores that the system has. @throws LabError E_CONFIGURATION for more workers than sequences */
export function countWorkers({ workers, batch, sequence }: Sharing, shape: ModelShape, cores: number): number {
  if (workers === 'auto') return worthwhileWorkers(batch, sequence, shape, cores)
  if (workers > batch) {
    throw new LabError('E_CONFIGURATION', { option: '--workers', expected: `at most --batch ${batch}`, value: workers })
  }
  return workers
}
