/** The ways of LSTM's gradient against differences of a loss whose other links are held, and pieces against the whole. */
import { describe, expect, it } from 'vitest'
import { gradientPieces } from '../../src/engine/analysis/gradient-paths'
import type { GradientPaths } from '../../src/engine/analysis/gradient-paths'
import { hiddenGradients } from '../../src/engine/analysis/gradients'
import { eigenvalues, spectralRadius } from '../../src/engine/analysis/spectrum'
import { softmaxRow } from '../../src/engine/numerics/softmax'
import { Random } from '../../src/engine/random/generator'
import { initialise } from '../../src/engine/recurrent/initialise'
import { RecurrentNetwork } from '../../src/engine/recurrent/network'
import { createLayout } from '../../src/engine/recurrent/shape'
import type { RecurrentShape } from '../../src/engine/recurrent/shape'

/** Central differences of 1e-5: the third derivative and the rounding of the loss. */
const DIFFERENCE = 1e-8
const STEP = 1e-5

function drawn(shape: RecurrentShape, seed = 6): Float64Array {
  const layout = createLayout(shape)
  const values = new Float64Array(layout.size)
  initialise(values, shape, layout, Random.fromSeed(seed, 'weights'), { recurrent: 'default', gateBias: 0 })
  return values.map((value) => 2 * value)
}

function pathsOf(shape: RecurrentShape, values: Float64Array, tokens: Uint32Array): GradientPaths {
  const pieces = gradientPieces(shape, values, tokens)
  for (;;) {
    const piece = pieces.next()
    if (piece.done) return piece.value
  }
}

interface States {
  /** [layer][step from 1][unit]; step 0 is zero. */
  hidden: number[][][]
  cell: number[][][]
}
interface Move {
  what: 'hidden' | 'cell'
  layer: number
  step: number
  unit: number
  by: number
}
/** Whether a step reads its own past or the past of a reading in which nothing was moved. */
interface Links {
  hidden: States | null
  cell: States | null
}

/** An LSTM written out from its equations, as slow and plain as it can be: the loss of the last token. */
function plainLstm(shape: RecurrentShape, values: Float64Array, tokens: Uint32Array, links: Links, move?: Move) {
  const { hidden: H, layers: L, vocabulary: V } = shape
  const { byName } = createLayout(shape)
  const weight = (name: string, row: number, column: number, width: number) =>
    values[(byName.get(name)?.offset ?? NaN) + row * width + column]
  const logistic = (x: number) => 1 / (1 + Math.exp(-x))
  const zeros = () => Array.from({ length: L }, () => [Array.from({ length: H }, () => 0)])
  const states: States = { hidden: zeros(), cell: zeros() }
  for (let t = 1; t < tokens.length; t++) {
    for (let k = 0; k < L; k++) {
      const width = k === 0 ? V : H
      const input =
        k === 0 ? Array.from({ length: V }, (_, v) => (v === tokens[t - 1] ? 1 : 0)) : states.hidden[k - 1][t]
      const before = (links.hidden ?? states).hidden[k][t - 1]
      const gate = (row: number) =>
        input.reduce((sum, x, d) => sum + x * weight(`rnn.weight_ih_l${k}`, row, d, width), 0) +
        before.reduce((sum, h, j) => sum + h * weight(`rnn.weight_hh_l${k}`, row, j, H), 0) +
        weight(`rnn.bias_ih_l${k}`, row, 0, 1) +
        weight(`rnn.bias_hh_l${k}`, row, 0, 1)
      const moved = (what: Move['what'], unit: number) =>
        move?.what === what && move.layer === k && move.step === t && move.unit === unit ? move.by : 0
      const cell = Array.from({ length: H }, (_, j) => {
        const past = (links.cell ?? states).cell[k][t - 1][j]
        const kept = logistic(gate(H + j)) * past
        return kept + logistic(gate(j)) * Math.tanh(gate(2 * H + j)) + moved('cell', j)
      })
      states.cell[k].push(cell)
      states.hidden[k].push(cell.map((c, j) => logistic(gate(3 * H + j)) * Math.tanh(c) + moved('hidden', j)))
    }
  }
  const top = states.hidden[L - 1][tokens.length - 1]
  const scores = Array.from({ length: V }, (_, v) =>
    top.reduce((sum, h, j) => sum + h * weight('decoder.weight', v, j, H), weight('decoder.bias', v, 0, 1)),
  )
  const loss = Math.log(scores.reduce((sum, x) => sum + Math.exp(x), 0)) - scores[tokens[tokens.length - 1]]
  return { states, loss }
}

describe('LSTM’s two ways through time', () => {
  const tokens = Uint32Array.from([1, 4, 0, 2, 2, 3, 1])
  const T = tokens.length - 1

  it.each([1, 2])('in %i layer(s) equal differences of the loss with the other links held', (layers) => {
    const shape: RecurrentShape = { cell: 'lstm', layers, hidden: 3, vocabulary: 5, embedding: 0 }
    const values = drawn(shape)
    const still = plainLstm(shape, values, tokens, { hidden: null, cell: null }).states
    const found = pathsOf(shape, values, tokens)
    const cases = [
      [found.hidden, 'hidden', { hidden: null, cell: null }],
      [found.cell, 'cell', { hidden: null, cell: null }],
      [found.throughHidden, 'hidden', { hidden: null, cell: still }],
      [found.throughCell, 'cell', { hidden: still, cell: null }],
    ] as const
    for (const [norms, what, links] of cases) {
      for (let layer = 0; layer < layers; layer++) {
        for (let step = 1; step <= T; step++) {
          const slopes = Array.from({ length: 3 }, (_, unit) => {
            const loss = (by: number) => plainLstm(shape, values, tokens, links, { what, layer, step, unit, by }).loss
            return (loss(STEP) - loss(-STEP)) / (2 * STEP)
          })
          const expected = Math.hypot(...slopes)
          expect(expected).toBeGreaterThan(100 * DIFFERENCE)
          expect(Math.abs((norms?.[layer][T - step] ?? NaN) - expected)).toBeLessThan(DIFFERENCE)
        }
      }
    }
  })

  it('do not exist apart in a cell that has one state alone', () => {
    for (const cell of ['vanilla', 'gru'] as const) {
      const shape: RecurrentShape = { cell, layers: 1, hidden: 3, vocabulary: 5, embedding: 0 }
      const { hidden, ...rest } = pathsOf(shape, drawn(shape), tokens)
      expect(hidden[0]).toHaveLength(T)
      expect(rest).toEqual({ cell: null, throughHidden: null, throughCell: null })
    }
  })
})

describe('a text in pieces', () => {
  it.each(['vanilla', 'lstm', 'gru'] as const)('%s: has the bits of a text in one', (cell) => {
    const shape: RecurrentShape = { cell, layers: 2, hidden: 5, vocabulary: 4, embedding: 3 }
    const tokens = Uint32Array.from({ length: 151 }, (_, t) => (t * t + 3 * t) % 4)
    const T = 150
    const values = drawn(shape, 3)
    const network = new RecurrentNetwork(shape, 1, T, 'float64')
    network.forward(values, tokens.subarray(0, T), network.createState())
    const gradLogits = new Float64Array(T * 4)
    gradLogits.set(network.logits.subarray((T - 1) * 4), (T - 1) * 4)
    softmaxRow(gradLogits, (T - 1) * 4, 4)
    gradLogits[(T - 1) * 4 + tokens[T]] -= 1
    const totals = hiddenGradients(network, values, gradLogits)
    const { hidden } = pathsOf(shape, values, tokens)
    totals.forEach((total, k) => {
      for (let t = 0; t < T; t++) {
        const whole = Math.hypot(...total.subarray(t * 5, (t + 1) * 5))
        expect(hidden[k][T - 1 - t] / whole).toBeCloseTo(1, 12)
      }
    })
  })
})

describe('eigenvalues', () => {
  const sorted = (pairs: Float64Array) =>
    Array.from({ length: pairs.length / 2 }, (_, i) => [pairs[2 * i], pairs[2 * i + 1]]).sort(
      (a, b) => a[0] - b[0] || a[1] - b[1],
    )

  it('of blocks that are known: real ones, a pair, and two equal', () => {
    const matrix = Float64Array.from([3, 0, 0, 0, 0, 1, -2, 0, 0, 2, 1, 0, 0, 0, 0, 3])
    const expected = [
      [1, -2],
      [1, 2],
      [3, 0],
      [3, 0],
    ]
    sorted(eigenvalues(matrix, 4)).forEach((pair, i) => {
      expect(pair[0]).toBeCloseTo(expected[i][0], 12)
      expect(pair[1]).toBeCloseTo(expected[i][1], 12)
    })
  })

  it('sum to the trace, their squares to the trace of the square, and their largest is the radius', () => {
    const random = Random.fromSeed(4, 'matrix')
    for (const n of [1, 2, 7, 40]) {
      const a = Float64Array.from({ length: n * n }, () => random.normal())
      const pairs = sorted(eigenvalues(a, n))
      let trace = 0
      let square = 0
      for (let i = 0; i < n; i++) {
        trace += a[i * (n + 1)]
        for (let j = 0; j < n; j++) square += a[i * n + j] * a[j * n + i]
      }
      expect(pairs.reduce((sum, [re]) => sum + re, 0)).toBeCloseTo(trace, 8)
      expect(pairs.reduce((sum, [, im]) => sum + im, 0)).toBeCloseTo(0, 8)
      expect(pairs.reduce((sum, [re, im]) => sum + re * re - im * im, 0)).toBeCloseTo(square, 8)
      expect(Math.max(...pairs.map(([re, im]) => Math.hypot(re, im)))).toBeCloseTo(spectralRadius(a, n), 10)
    }
    expect(Array.from(eigenvalues(Float64Array.of(Infinity), 1))).toEqual([NaN, NaN])
  })
})
