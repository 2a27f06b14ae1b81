/** Whether the disk can hold a run. What it may come to is told beforehand; only what can't be is refused. */
import { basename } from 'node:path'
import { MOMENTS } from '../../engine'
import { diskNeed, LabError } from '../../shared'
import type { CorpusSummary, RunConfiguration } from '../../shared'
import { freeOnDisk } from '../files/free-on-disk'
import { inMebibytes } from '../files/mebibytes'
import type { TrainingPlan } from './training-plan'

export interface PlannedRun {
  readonly configuration: RunConfiguration
  readonly summaries: readonly Pick<CorpusSummary, 'sizeBytes'>[]
  readonly plan: Pick<TrainingPlan, 'parameters' | 'shape'>
  readonly totalSteps: number
}

/** @throws LabError E_NO_ROOM where not even its first and its last checkpoint fit */
export async function assertDiskRoom(directory: string, run: PlannedRun, free = freeOnDisk): Promise<void> {
  const { configuration, summaries, plan, totalSteps } = run
  const { least } = diskNeed({
    configuration,
    moments: MOMENTS[configuration.optimizer],
    parameters: plan.parameters,
    vocabularySize: plan.shape.vocabulary,
    totalSteps,
    textBytes: summaries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  })
  const freeBytes = await free(directory)
  if (least <= freeBytes) return
  const details = { folder: basename(directory), needed: inMebibytes(least), free: inMebibytes(freeBytes) }
  throw new LabError('E_NO_ROOM', details)
}
