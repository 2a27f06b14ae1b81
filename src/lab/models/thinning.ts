/** Which checkpoints stay: the newest two in full; the parameters of the best, and of at most 32 spaced evenly in log(step). */
import type { CheckpointRow, CheckpointThinning } from '../database/database-api'

const WHOLE = 2
const SPACED = 32

/** @param checkpoints in the order of their steps; @param bestStep of the best parameters, as the run has it */
export function planThinning(
  checkpoints: readonly CheckpointRow[],
  bestStep: number | null = null,
): CheckpointThinning {
  const newest = new Set(checkpoints.slice(-WHOLE).map(({ step }) => step))
  const kept = new Set([...newest, ...spacedSteps(checkpoints.map(({ step }) => step))])
  const best = bestOf(checkpoints, bestStep)
  if (best) kept.add(best.step)
  return {
    forgotten: checkpoints.filter(({ step }) => !kept.has(step)).map(({ step }) => step),
    parametersOnly: checkpoints
      .filter(({ step, state }) => kept.has(step) && !newest.has(step) && state !== null)
      .map(({ step }) => step),
  }
}

/**
 * The checkpoint of the run's best step; where that isn't kept or isn't known, the one with the smallest validation loss,
 * the earlier of two equals.
 */
export function bestOf<Checkpoint extends Pick<CheckpointRow, 'step' | 'validationLoss'>>(
  checkpoints: readonly Checkpoint[],
  bestStep: number | null = null,
): Checkpoint | null {
  const named = checkpoints.find(({ step }) => step === bestStep)
  if (named !== undefined) return named
  let best: Checkpoint | null = null
  for (const checkpoint of checkpoints) {
    if (checkpoint.validationLoss === null) continue
    if (best === null || checkpoint.validationLoss < (best.validationLoss ?? Infinity)) best = checkpoint
  }
  return best
}

/** For each of 32 marks from 1 to the last step, evenly in the logarithm, the first step that reaches it; and step 0. */
function spacedSteps(steps: readonly number[]): number[] {
  const last = Math.max(1, steps[steps.length - 1] ?? 1)
  const marks = Array.from({ length: SPACED }, (_, i) => Math.exp((Math.log(last) * i) / (SPACED - 1)))
  const chosen = marks.map((mark) => steps.find((step) => step >= mark - 1e-9)).filter((step) => step !== undefined)
  return [...chosen.slice(0, SPACED - 1), steps[0]].filter((step) => step !== undefined)
}
