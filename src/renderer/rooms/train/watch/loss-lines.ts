/** The loss of a run as lines in a unit: smooth over raw, and the validation, dashed. */
import type { RunCurve } from '../../../../shared'
import { ExtremesIndex } from '../../../charts/extremes-index'
import type { LineSeries } from '../../../charts/line-chart'
import { RangeBands, withoutRange } from '../../../charts/range-band'
import { VALIDATION_DASH } from '../../../charts/loss-series'
import { smooth } from '../../../charts/smooth'
import { columnInUnit } from './loss-scale'
import type { LossUnit } from './loss-scale'

/** Of fewer points there is nothing to smooth. */
const LEAST_POINTS = 3

export interface LossLook {
  readonly unit: LossUnit
  /** 0: none. */
  readonly smoothing: number
  readonly charactersPerToken: number
}

/** A line whose columns can be looked at in part without a copy. */
export type LossLine = LineSeries & { readonly x: Float64Array; readonly y: Float64Array }

export function lossLines(
  { trainLoss, minTrainLoss, validationLoss }: Pick<RunCurve, 'trainLoss' | 'minTrainLoss' | 'validationLoss'>,
  x: Float64Array,
  { unit, smoothing, charactersPerToken }: LossLook,
  names: { readonly training: string; readonly validation: string },
): readonly LossLine[] {
  const column = (nats: Float64Array): Float64Array => columnInUnit(nats, unit, charactersPerToken)
  const isSmooth = smoothing > 0 && trainLoss.length >= LEAST_POINTS
  // Losses are averaged in nats, whatever they are shown in: a mean of perplexities would be another number.
  const line = isSmooth ? smooth(trainLoss, smoothing) : trainLoss
  const indexed = (y: Float64Array): Pick<LossLine, 'x' | 'y' | 'extremes'> => ({
    x,
    y,
    extremes: new ExtremesIndex(y),
  })
  return [
    ...(isSmooth
      ? [
          {
            label: '',
            colour: 'series-1',
            ...indexed(column(withoutRange(trainLoss, minTrainLoss))),
            raw: true,
          } as const,
        ]
      : []),
    { label: names.training, colour: 'series-1', ...indexed(column(line)) },
    { label: names.validation, colour: 'series-2', dash: VALIDATION_DASH, ...indexed(column(validationLoss)) },
  ]
}

/** The band of the training loss, in the same unit. */
export function lossBands(
  { step, minTrainLoss, maxTrainLoss }: Pick<RunCurve, 'step' | 'minTrainLoss' | 'maxTrainLoss'>,
  x: Float64Array,
  { unit, charactersPerToken }: Pick<LossLook, 'unit' | 'charactersPerToken'>,
): RangeBands {
  const column = (nats: Float64Array): Float64Array => columnInUnit(nats, unit, charactersPerToken)
  return new RangeBands({ step, x, min: column(minTrainLoss), max: column(maxTrainLoss) })
}
