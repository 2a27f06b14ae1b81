/** A trace small enough to check by eye: "abca" read by one layer of two units over the vocabulary a, b, c. */
import type { Trace } from '../../../src/shared'

export function createTrace(changes: Partial<Trace> = {}): Trace {
  return {
    model: {
      cell: 'vanilla',
      layers: 1,
      hidden: 2,
      vocabularySize: 3,
      parameters: 20,
      step: 7,
      window: 0,
      reverse: false,
      tokens: 'character',
    },
    tokens: ['a', 'b', 'c', 'a'],
    hidden: Float32Array.of(0.1, -0.5, -0.9, 0.25, 0.5, 0.75, 0.9, -0.75),
    cell: null,
    gates: {},
    topTokens: Uint32Array.of(1, 0, 0, 2, 2, 1, 1, 2),
    topProbabilities: Float32Array.of(0.5, 0.25, 0.75, 0.125, 0.5, 0.25, 0.5, 0.25),
    top: 2,
    vocabulary: ['a', 'b', 'c'],
    probability: Float32Array.of(0.5, 0.125, 0.25, NaN),
    loss: 2 * Math.LN2,
    ...changes,
  }
}
