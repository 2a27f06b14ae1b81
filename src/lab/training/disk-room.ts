/** Whether the disk can hold a run. What it may come to is told beforehand; only what can't be is refused. */
import { basename, dirname } from 'node:path'
import { MOMENTS } from '../../engine'
import { diskNeed, LabError } from '../../shared'
import type { CorpusSummary, DiskNeed, RunConfiguration } from '../../shared'
import { bytesOf } from '../carry/data-contents'
import { freeOnDisk } from '../files/free-on-disk'
import { inMebibytes } from '../files/mebibytes'
import type { BeginningListener } from '../lab'
import type { TrainingPlan } from './training-plan'

export interface PlannedRun {
  readonly configuration: RunConfiguration
  readonly summaries: readonly Pick<CorpusSummary, 'sizeBytes'>[]
  readonly plan: Pick<TrainingPlan, 'parameters' | 'shape'>
  readonly totalSteps: number
}

type OnTight = BeginningListener['onDiskTight']

/** @throws LabError E_NO_ROOM where not even its first and its last checkpoint fit */
export async function assertDiskRoom(
  directory: string,
  run: PlannedRun,
  onTight: OnTight,
  free = freeOnDisk,
): Promise<void> {
  const { least, most } = needOf(run, run.summaries)
  const freeBytes = await free(directory)
  if (least > freeBytes) {
    const details = { folder: basename(directory), needed: inMebibytes(least), free: inMebibytes(freeBytes) }
    throw new LabError('E_NO_ROOM', details)
  }
  if (most > freeBytes) onTight?.({ neededBytes: most, freeBytes })
}

/** Of a run that goes on: its text, and what its folder holds, are there already. */
export async function lookForDiskRoom(
  folder: string,
  run: Omit<PlannedRun, 'summaries'>,
  onTight: OnTight,
  free = freeOnDisk,
): Promise<void> {
  const neededBytes = Math.max(0, needOf(run, []).most - (await bytesOf(folder)))
  const freeBytes = await free(dirname(folder))
  if (neededBytes > freeBytes) onTight?.({ neededBytes, freeBytes })
}

function needOf(
  { configuration, plan, totalSteps }: Omit<PlannedRun, 'summaries'>,
  texts: PlannedRun['summaries'],
): DiskNeed {
  return diskNeed({
    configuration,
    moments: MOMENTS[configuration.optimizer],
    parameters: plan.parameters,
    vocabularySize: plan.shape.vocabulary,
    totalSteps,
    textBytes: texts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  })
}
