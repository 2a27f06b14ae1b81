/** Where a run's model lies. */
import { join } from 'node:path'
import { LabError } from '../../shared'
import type { RunId } from '../../shared'
import type { LabContext } from '../context'
import { bestOf } from './thinning'

export interface ChosenModel {
  /** Absolute. */
  readonly path: string
  /** Of the checkpoint; null for a file of its own. */
  readonly step: number | null
}

/** The last parameters, or the best where a validation told which they are. @throws LabError E_RUN_NO_MODEL, E_RUN_UNKNOWN */
export async function findModel({ database, paths }: LabContext, run: RunId, best: boolean): Promise<ChosenModel> {
  const checkpoints = await database.listCheckpoints(run)
  const bestStep = best ? (await database.showRun(run)).bestStep : null
  const checkpoint = (best ? bestOf(checkpoints, bestStep) : null) ?? checkpoints[checkpoints.length - 1]
  if (!checkpoint) throw new LabError('E_RUN_NO_MODEL', { run })
  return { path: join(paths.models, run, checkpoint.model), step: checkpoint.step }
}

/** The parameters that a run kept at a step. @throws LabError E_RUN_NO_MODEL_AT, E_RUN_UNKNOWN */
export async function findModelAt({ database, paths }: LabContext, run: RunId, step: number): Promise<ChosenModel> {
  const checkpoint = (await database.listCheckpoints(run)).find((kept) => kept.step === step)
  if (!checkpoint) throw new LabError('E_RUN_NO_MODEL_AT', { run, step })
  return { path: join(paths.models, run, checkpoint.model), step }
}
