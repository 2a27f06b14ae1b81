/** A text that is read in pieces against the same network over the whole of it. */
import { describe, expect, it } from 'vitest'
import { createReader } from '../../src/engine'
import { createNetwork } from '../../src/engine/network'
import { largest, traceNetwork, tracePieces } from '../../src/engine/analysis/trace'
import { createLayout } from '../../src/engine/recurrent/shape'
import type { ModelShape } from '../../src/engine/recurrent/shape'

const sizes = { layers: 2, hidden: 5, vocabulary: 4, embedding: 0 }
const SHAPES: readonly ModelShape[] = [
  { cell: 'vanilla', ...sizes },
  { cell: 'gru', ...sizes, embedding: 3 },
  { cell: 'lstm', ...sizes },
  { cell: 'window', window: 3, ...sizes },
]
const T = 600

describe('a trace in pieces', () => {
  it.each(SHAPES)('$cell: has the bits of one over the whole text', (shape) => {
    const values = Float32Array.from({ length: createLayout(shape).size }, (_, i) => ((i * 37) % 19) / 19 - 0.5)
    const tokens = Uint32Array.from({ length: T }, (_, t) => (t * t + 3 * t) % 4)
    const whole = createNetwork(shape, 1, T, 'float32')
    whole.forward(values, tokens, whole.createState())
    const { hidden, logits, probabilities, topTokens, topProbabilities } = traceNetwork(
      createReader(shape, values),
      tokens,
      {
        top: 2,
        distributions: true,
      },
    )
    expect(logits).toEqual(Float32Array.from(whole.logits))
    const rows = whole.rows()
    for (let t = 0; t < T; t++) {
      for (let layer = 0; layer < 2; layer++) {
        const from = (t * 2 + layer) * 5
        const { values: states, first, stride } = rows.layers[layer].hidden
        const at = first + t * stride
        expect(hidden.subarray(from, from + 5)).toEqual(Float32Array.from(states.subarray(at, at + 5)))
      }
      const row = probabilities.subarray(t * 4, (t + 1) * 4)
      expect(Array.from(topTokens.subarray(2 * t, 2 * t + 2))).toEqual(largest(row, 2))
      expect(topProbabilities[2 * t]).toBe(Math.max(...row))
    }
    let pieces = 0
    const reading = tracePieces(createReader(shape, values), tokens, { top: 0, distributions: false })
    while (!reading.next().done) pieces += 1
    expect(pieces).toBeGreaterThan(1)
  })

  it('names the largest first, of equals the smaller index', () => {
    expect(largest(Float32Array.of(0.1, 0.4, 0.4, 0.2), 3)).toEqual([1, 2, 3])
    expect(largest(Float32Array.of(1), 5)).toEqual([0])
    expect(largest(Float32Array.of(1, 2), 0)).toEqual([])
  })
})
