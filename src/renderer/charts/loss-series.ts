/** The loss of a run as lines: the raw values faint behind the smooth one, and the validation, dashed. */
import type { RunCurve } from '../../shared'
import type { LineSeries } from './line-chart'
import { smooth } from './smooth'

const SMOOTHING = 0.95
export const VALIDATION_DASH: readonly number[] = [6, 4]

export function lossSeries(
  curve: RunCurve,
  names: { readonly training: string; readonly validation: string },
): readonly LineSeries[] {
  const { step: x, trainLoss, validationLoss } = curve
  return [
    { label: '', colour: 'series-1', x, y: trainLoss, raw: true },
    { label: names.training, colour: 'series-1', x, y: smooth(trainLoss, SMOOTHING) },
    { label: names.validation, colour: 'series-2', dash: VALIDATION_DASH, x, y: validationLoss },
  ]
}
