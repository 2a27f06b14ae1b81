/** Runs as they are now, without those that are gone for good: another process may have emptied the bin. */
import { LabError } from '../../../../shared'
import type { RunDetail, RunId } from '../../../../shared'
import { lab } from '../../../bridge/lab'

export async function readThose(runs: readonly RunId[]): Promise<readonly RunDetail[]> {
  const found = await Promise.all(runs.map((run) => lab.runs.show({ run }).catch(asGone)))
  return found.filter((detail) => detail !== null)
}

function asGone(error: unknown): null {
  if (error instanceof LabError && error.code === 'E_RUN_UNKNOWN') return null
  throw error
}
