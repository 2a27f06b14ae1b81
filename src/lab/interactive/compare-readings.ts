/** One network reads two texts: what it would expect, had it read something else. */
import { alignedSteps, totalVariation } from '../../engine'
import type { TextComparison } from '../../shared'
import type { ComparisonRequest } from '../lab'
import type { Model } from '../models/model-file'
import { describeReading, readText } from './read-with-model'

/** @throws LabError E_TEXT_EMPTY; EngineError E_SYMBOLS_UNKNOWN */
export function compareTexts(model: Model, step: number | null, request: ComparisonRequest): TextComparison {
  const { text, changed: changedText, top, skipUnknown } = request
  const original = readText(model, text, skipUnknown)
  const changed = readText(model, changedText, skipUnknown)
  const V = model.shape.vocabulary
  const originalStep = alignedSteps(original.ids, changed.ids)
  const [p, q] = [original.trace.probabilities, changed.trace.probabilities]
  const difference = Float64Array.from(originalStep, (from, t) =>
    from < 0 ? NaN : totalVariation(p, from * V, q, t * V, V),
  )
  return {
    original: describeReading(model, step, original, top),
    changed: describeReading(model, step, changed, top),
    difference,
    originalStep,
  }
}
