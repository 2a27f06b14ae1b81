/** The step of a run's best parameters, marked on its curve. */
import type { RunRow } from '../../shared'
import type { Formatter } from '../i18n/format'
import type { Mark } from './line-chart'
import { indexAfter } from './range-band'

interface ValidatedCurve {
  readonly step: Float64Array
  readonly validationLoss: Float64Array
}

/** A validation is kept with the point at its step or the next one. @returns its index, or −1 */
function pointOf({ step, validationLoss }: ValidatedCurve, bestStep: number): number {
  for (let i = indexAfter(step, bestStep - 1); i < step.length; i++) if (Number.isFinite(validationLoss[i])) return i
  return -1
}

/**
 * Nothing where the best step isn't known, or has no point yet.
 * @param x where each point lies across; @param inUnit the height of a loss in nats
 */
export function bestMark(
  { bestStep, bestValidationLoss }: Pick<RunRow, 'bestStep' | 'bestValidationLoss'>,
  curve: ValidatedCurve,
  x: Float64Array,
  inUnit: (nats: number) => number,
  t: (key: string, named: Record<string, unknown>) => string,
  format: Pick<Formatter, 'whole'>,
): readonly Mark[] {
  if (bestStep === null || bestValidationLoss === null) return []
  const at = pointOf(curve, bestStep)
  if (at < 0) return []
  const label = t('chart.best', { step: format.whole(bestStep) })
  return [{ x: x[at], label, point: { y: inUnit(curve.validationLoss[at]), colour: 'series-2' } }]
}
