/**
 * How well a run does, judged by its best validation: what it knew then, and whether it has overfitted since, its own text
 * becoming more familiar and the held-out text less.
 */
import type { RunCurve, RunRow } from '../../../../shared'
import { standingOf } from './counting-floors'
import type { CountingFloor, Standing } from './counting-floors'

type Judged = Pick<RunRow, 'status' | 'steps' | 'trainLoss' | 'validationLoss' | 'bestValidationLoss' | 'bestStep'>
type Losses = Pick<RunCurve, 'step' | 'trainLoss' | 'validationLoss'>

export interface Verdict extends Standing {
  /** The step of the best parameters where later validations were worse; null: the latest are the best. */
  readonly bestStep: number | null
  /** Whether the run may still do better. */
  readonly isOpen: boolean
  readonly isOverfitting: boolean
}

const OPEN: readonly RunRow['status'][] = ['queued', 'running', 'paused', 'interrupted', 'crashed']

/** Validations after the best one before it is called the best: the next may be better yet. */
const LEAST_LATER = 3
/** By so much, as a share of the best loss, the last validation must be worse. */
const RISE = 0.01
/** By so many nats the loss on its own text must have fallen since. */
const FALL = 0.01
/** Over so many steps the training loss at the best step is a mean, as that of the row is. */
const RECENT = 100

/** @param floors from the highest down. @returns null where there is no loss to judge */
export function verdictOf(row: Judged, curve: Losses | null, floors: readonly CountingFloor[]): Verdict | null {
  const loss = row.bestValidationLoss ?? row.trainLoss
  if (loss === null) return null
  const isOpen = OPEN.includes(row.status)
  const later = curve === null || row.bestStep === null ? 0 : countLater(curve, row.bestStep)
  const isPast = later >= (isOpen ? LEAST_LATER : 1)
  return {
    ...standingOf(loss, floors),
    bestStep: isPast ? row.bestStep : null,
    isOpen,
    isOverfitting: isPast && curve !== null && isOverfitting(row, curve),
  }
}

/** Validations after that of the best step, which is kept with its point or the next. */
function countLater({ step, validationLoss }: Losses, bestStep: number): number {
  let count = -1
  for (let i = step.length - 1; i >= 0 && step[i] >= bestStep; i--) if (Number.isFinite(validationLoss[i])) count += 1
  return Math.max(0, count)
}

function isOverfitting(row: Judged, curve: Losses): boolean {
  const { bestStep, bestValidationLoss, validationLoss, trainLoss } = row
  if (bestStep === null || bestValidationLoss === null || validationLoss === null || trainLoss === null) return false
  const then = meanLossBefore(curve, bestStep)
  return validationLoss > bestValidationLoss * (1 + RISE) && trainLoss < then - FALL
}

/** The mean training loss of the last hundred steps up to this one; NaN where there is none. */
function meanLossBefore({ step, trainLoss }: Losses, until: number): number {
  let [sum, steps] = [0, 0]
  for (let i = step.length - 1; i >= 0 && step[i] > until - RECENT; i--) {
    if (step[i] > until || !Number.isFinite(trainLoss[i])) continue
    const covered = step[i] - (i === 0 ? 0 : step[i - 1])
    sum += trainLoss[i] * covered
    steps += covered
  }
  return sum / steps
}
