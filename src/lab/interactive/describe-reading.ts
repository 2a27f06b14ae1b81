/** A text as a network was given it, what came of each step, and how that is told. */
import type { NetworkTrace, Tokeniser } from '../../engine'
import type { Trace } from '../../shared'
import type { Model } from '../models/model-file'

export interface Reading {
  readonly tokeniser: Tokeniser
  readonly ids: Uint32Array
  readonly trace: NetworkTrace
}

/** @param step of the checkpoint; null: a model without one */
export function describeReading(model: Model, step: number | null, { tokeniser, ids, trace }: Reading): Trace {
  const { shape, parameters, reverse } = model
  const { hidden, cell, gates, topTokens, topProbabilities, probability, loss } = trace
  return {
    model: {
      cell: shape.cell,
      layers: shape.layers,
      hidden: shape.hidden,
      vocabularySize: shape.vocabulary,
      parameters: parameters.length,
      window: shape.cell === 'window' ? shape.window : 0,
      step,
      reverse,
      tokens: model.tokens,
    },
    tokens: Array.from(ids, (id) => tokeniser.symbols[id]),
    hidden,
    cell,
    gates,
    topTokens,
    topProbabilities,
    top: topTokens.length / ids.length,
    vocabulary: tokeniser.symbols,
    probability,
    loss,
  }
}

/** The same trace with so many of its most probable tokens a step. */
export function withTop(trace: NetworkTrace, T: number, top: number): NetworkTrace {
  const kept = trace.topTokens.length / T
  if (kept === top) return trace
  const topTokens = new Uint32Array(T * top)
  const topProbabilities = new Float32Array(T * top)
  for (let t = 0; t < T; t++) {
    topTokens.set(trace.topTokens.subarray(t * kept, t * kept + top), t * top)
    topProbabilities.set(trace.topProbabilities.subarray(t * kept, t * kept + top), t * top)
  }
  return { ...trace, topTokens, topProbabilities }
}
