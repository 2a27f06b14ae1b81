/** What can be done with a run by its status and by who holds it. */
import type { RunRow } from '../../shared'

type Held = Pick<RunRow, 'status' | 'here' | 'pid'>
type Trainable = Held & Pick<RunRow, 'kind' | 'steps' | 'totalSteps' | 'deletedAt'>

const LIVE: readonly RunRow['status'][] = ['queued', 'running', 'paused']
/** A person didn't end these: they wait to be resumed. */
const WAITING: readonly RunRow['status'][] = ['paused', 'interrupted', 'crashed']

/** Whether this app holds it and can pause, stop or save it. */
export const isLiveHere = ({ status, here }: Held): boolean => here && LIVE.includes(status)

/** Whether a living process that isn't this one holds it. A run that was left paused is held by none. */
export const isElsewhere = ({ status, here, pid }: Held): boolean => LIVE.includes(status) && !here && pid !== null

/** Whether the lab trained it, so that it has a curve; a model that came as a file has none. */
export const wasTrained = ({ kind, totalSteps }: Pick<RunRow, 'kind' | 'totalSteps'>): boolean =>
  kind === 'training' && totalSteps !== null

/** Whether it can go on from its checkpoint towards the end it has. */
export function canResume({ kind, status, here, pid, steps, totalSteps, deletedAt }: Trainable): boolean {
  if (kind !== 'training' || totalSteps === null || steps >= totalSteps || deletedAt !== null) return false
  if (here) return status === 'paused'
  return pid === null && (status === 'stopped' || WAITING.includes(status))
}

/** Whether it has ended and can be trained to a later end. An imported model has no text of its own, and no end. */
export function canTrainFurther(row: Trainable & Pick<RunRow, 'modelStep'>): boolean {
  const isOver = row.status === 'finished' || (row.status === 'stopped' && !canResume(row))
  return (
    row.kind === 'training' && row.deletedAt === null && isOver && row.totalSteps !== null && Boolean(row.modelStep)
  )
}

/** Runs that wait since the lab was last open, or since their process died; the newest first. */
export function waitingRuns(rows: readonly RunRow[]): readonly RunRow[] {
  return rows.filter((row) => !row.here && !row.archived && WAITING.includes(row.status) && canResume(row))
}
