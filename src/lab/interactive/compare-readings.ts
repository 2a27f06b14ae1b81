/** One network has read two texts: what it would expect, had it read something else. */
import { alignedSteps, totalVariation } from '../../engine'
import type { TextComparison } from '../../shared'
import type { Model } from '../models/model-file'
import { describeReading } from './describe-reading'
import type { Reading } from './describe-reading'

/** Both with their whole distributions. */
export function compareReadings(
  model: Model,
  step: number | null,
  original: Reading,
  changed: Reading,
): TextComparison {
  const V = model.shape.vocabulary
  const originalStep = alignedSteps(original.ids, changed.ids)
  const [p, q] = [original.trace.probabilities, changed.trace.probabilities]
  const difference = Float64Array.from(originalStep, (from, t) =>
    from < 0 ? NaN : totalVariation(p, from * V, q, t * V, V),
  )
  return {
    original: describeReading(model, step, original),
    changed: describeReading(model, step, changed),
    difference,
    originalStep,
  }
}
