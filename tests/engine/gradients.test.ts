/** Gradients through time against PyTorch and against differences, and the spectra of known matrices. */
import { describe, expect, it } from 'vitest'
import { gradientsOfText, hiddenGradients } from '../../src/engine/analysis/gradients'
import { finish } from '../../src/engine/analysis/pieces'
import { largestSingularValue, spectralRadius, spectrumPieces } from '../../src/engine/analysis/spectrum'
import { Random } from '../../src/engine/random/generator'
import { initialise } from '../../src/engine/recurrent/initialise'
import { RecurrentNetwork } from '../../src/engine/recurrent/network'
import type { RecurrentShape, RecurrentCell } from '../../src/engine/recurrent/shape'
import { readReference } from './support/reference'

type Nested = number | Nested[]
interface Case {
  cell: RecurrentCell
  B: number
  T: number
  V: number
  H: number
  L: number
  parameters: Record<string, Nested>
  gradients: Record<string, Nested>
  inputs_TB: number[][]
  targets_TB: number[][]
  direct_dLdh_norm_T: number[]
}

/** Float64 sums in another order than PyTorch's. */
const ROUNDING = 1e-9
/** Central differences of 1e-5: the third derivative and the rounding of the loss. */
const DIFFERENCE = 1e-7
/** QR's backward error for well-conditioned eigenvalues. */
const SPECTRAL = 1e-12

const flat = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(flat))
const length = (values: ArrayLike<number>): number => Math.sqrt(Array.from(values).reduce((sum, x) => sum + x * x, 0))

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  const scale = Math.max(...expected.map(Math.abs))
  expect(actual).toHaveLength(expected.length)
  expected.forEach((value, i) => expect(Math.abs(actual[i] - value)).toBeLessThanOrEqual(tolerance * scale))
}

describe('PyTorch (reference/rnn.json)', () => {
  const cases = readReference<{ cases: Case[] }>('rnn.json').cases
  it.each(cases.map((reference) => [`${reference.cell}, ${reference.L} layer(s)`, reference] as const))(
    '%s: the direct part of every ∂L/∂h_t, and every gradient that follows from the totals',
    (_, reference) => {
      const { cell, B, T, V, H, L } = reference
      const network = new RecurrentNetwork({ cell, layers: L, hidden: H, vocabulary: V, embedding: 0 }, B, T, 'float64')
      const values = new Float64Array(network.layout.size)
      for (const { name, offset } of network.layout.tensors) values.set(flat(reference.parameters[name]), offset)
      network.forward(values, reference.inputs_TB.flat(), network.createState())
      network.loss(reference.targets_TB.flat())
      const gradLogits = Float64Array.from(network.logits)
      reference.targets_TB.flat().forEach((target, m) => (gradLogits[m * V + target] -= 1))
      const M = T * B
      const totals = hiddenGradients(
        network,
        values,
        gradLogits.map((value) => value / M),
      )
      const direct = network.layers[L - 1].gradHidden
      expectClose(
        Array.from({ length: T }, (_, t) => length(direct.subarray(t * B * H, (t + 1) * B * H))),
        reference.direct_dLdh_norm_T,
        ROUNDING,
      )
      // The last step of the top layer has nothing after it; each layer's biases gather all its steps.
      expectClose(totals[L - 1].subarray((T - 1) * B * H), Array.from(direct.subarray((T - 1) * B * H)), ROUNDING)
      network.layers.forEach(({ gradGates, gradRecurrent, rows }, k) => {
        for (const [name, buffer] of [
          ['ih', gradGates],
          ['hh', gradRecurrent],
        ] as const) {
          const sums = Array.from({ length: rows }, (_, j) => {
            let sum = 0
            for (let m = 0; m < M; m++) sum += buffer[m * rows + j]
            return sum
          })
          expectClose(sums, flat(reference.gradients[`rnn.bias_${name}_l${k}`]), ROUNDING)
        }
      })
    },
  )
})

describe('∂L/∂h_t of the last prediction', () => {
  const shapes = (['vanilla', 'lstm', 'gru'] as const).flatMap((cell) =>
    [1, 2].map((layers): RecurrentShape => ({
      cell,
      layers,
      hidden: 4,
      vocabulary: 5,
      embedding: layers === 2 ? 3 : 0,
    })),
  )

  it.each(shapes)('$cell, $layers layer(s): equals the difference of the loss', (shape) => {
    const { hidden: H, vocabulary: V } = shape
    const tokens = Uint32Array.from([1, 4, 0, 2, 2, 3, 1])
    const T = tokens.length - 1
    const network = new RecurrentNetwork(shape, 1, T, 'float64')
    const values = new Float64Array(network.layout.size)
    initialise(values, shape, network.layout, Random.fromSeed(6, 'weights'), { recurrent: 'default', gateBias: 0 })
    const { norms } = gradientsOfText(shape, values, tokens)
    expect(norms.map((layer) => layer.length)).toEqual(Array.from({ length: shape.layers }, () => T))

    /** The loss when unit j of h_t of the top layer is moved, the rest (c_t too) being as it was. */
    const lossWith = (t: number, j: number, change: number): number => {
      const state = network.createState()
      network.forward(values, tokens, state, t)
      network.carry(state)
      state.hidden[(shape.layers - 1) * H + j] += change
      network.forward(values, tokens.subarray(t, T), state, T - t)
      const row = Array.from(network.logits.subarray((T - t - 1) * V, (T - t) * V))
      return Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - row[tokens[T]]
    }
    for (let t = 1; t < T; t++) {
      const slopes = Array.from({ length: H }, (_, j) => (lossWith(t, j, 1e-5) - lossWith(t, j, -1e-5)) / 2e-5)
      expect(Math.abs(norms[shape.layers - 1][T - t] - length(slopes))).toBeLessThan(DIFFERENCE)
    }
  })

  it('is the product of W_hh and 1 − h² for a vanilla cell, also where its square underflows', () => {
    const shape: RecurrentShape = { cell: 'vanilla', layers: 1, hidden: 1, vocabulary: 2, embedding: 0 }
    const network = new RecurrentNetwork(shape, 1, 1, 'float64')
    const values = new Float64Array(network.layout.size)
    const { byName } = network.layout
    values[byName.get('rnn.weight_hh_l0')?.offset ?? -1] = 1e-3
    values[byName.get('decoder.weight')?.offset ?? -1] = 1
    // h stays 0: p = ½, ∂L/∂h = ½, and each step back multiplies by 10⁻³.
    const { norms, spectralRadius: radius, singularValue } = gradientsOfText(shape, values, new Uint32Array(91))
    norms[0].forEach((value, lag) => expect(value / (0.5 * 10 ** (-3 * lag))).toBeCloseTo(1, 10))
    expect([radius, singularValue]).toEqual([[{ h: 1e-3 }], [{ h: 1e-3 }]])
  })

  it('names the gates of every layer', () => {
    const shape: RecurrentShape = { cell: 'gru', layers: 2, hidden: 3, vocabulary: 4, embedding: 0 }
    const network = new RecurrentNetwork(shape, 1, 1, 'float64')
    const values = new Float64Array(network.layout.size)
    initialise(values, shape, network.layout, Random.fromSeed(1, 'weights'), { recurrent: 'orthogonal', gateBias: 0 })
    const { spectralRadius: radius, singularValue } = gradientsOfText(shape, values, Uint32Array.from([0, 1]))
    for (const measured of [...radius, ...singularValue]) {
      expect(Object.keys(measured)).toEqual(['r', 'z', 'n'])
      for (const value of Object.values(measured)) expect(value).toBeCloseTo(1, 12)
    }
  })
})

describe('spectra', () => {
  const random = Random.fromSeed(9, 'matrices')
  const normal = (n: number) => Float64Array.from({ length: n * n }, () => random.normal())
  const multiply = (a: Float64Array, b: Float64Array, n: number) =>
    Float64Array.from({ length: n * n }, (_, at) => {
      let sum = 0
      for (let k = 0; k < n; k++) sum += a[Math.floor(at / n) * n + k] * b[k * n + (at % n)]
      return sum
    })
  const transposed = (a: Float64Array, n: number) => a.map((_, at) => a[(at % n) * n + Math.floor(at / n)])
  const orthogonal = (n: number): Float64Array => {
    const q = normal(n)
    for (let i = 0; i < n; i++) {
      const row = q.subarray(i * n, (i + 1) * n)
      for (let pass = 0; pass < 2; pass++) {
        for (let j = 0; j < i; j++) {
          const other = q.subarray(j * n, (j + 1) * n)
          const dot = row.reduce((sum, x, k) => sum + x * other[k], 0)
          row.forEach((_, k) => (row[k] -= dot * other[k]))
        }
        const size = length(row)
        row.forEach((_, k) => (row[k] /= size))
      }
    }
    return q
  }
  /** Blocks of r·rotation on the diagonal, in an orthogonal basis of their own. */
  const hiddenRotations = (radii: readonly number[]): Float64Array => {
    const n = 2 * radii.length
    const blocks = new Float64Array(n * n)
    radii.forEach((r, k) => {
      const [c, s] = [r * Math.cos(k + 1), r * Math.sin(k + 1)]
      blocks.set([c, -s], 2 * k * n + 2 * k)
      blocks.set([s, c], (2 * k + 1) * n + 2 * k)
    })
    const q = orthogonal(n)
    return multiply(multiply(transposed(q, n), blocks, n), q, n)
  }

  it('of rotations that are hidden in another basis: a pair of complex numbers on top', () => {
    expect(spectralRadius(hiddenRotations([0.5, 1.5, 0.9, 1.49]), 8)).toBeCloseTo(1.5, 12)
    expect(largestSingularValue(hiddenRotations([0.5, 1.5, 0.9, 1.49]), 8)).toBeCloseTo(1.5, 12)
  })

  it.each([4, 5, 6, 64, 67])('of a matrix of %i: as many eigenvalues as it has, with its traces', (n) => {
    const a = normal(n).map((value) => value / Math.sqrt(n))
    const { eigenvalues: pairs, spectralRadius: radius } = finish(spectrumPieces(a, n))
    const square = multiply(a, a, n)
    let [trace, traceOfSquare, sum, imaginary, sumOfSquares, most] = [0, 0, 0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const [re, im] = [pairs[2 * i], pairs[2 * i + 1]]
      trace += a[i * (n + 1)]
      traceOfSquare += square[i * (n + 1)]
      sum += re
      imaginary += im
      sumOfSquares += re * re - im * im
      most = Math.max(most, Math.hypot(re, im))
    }
    expect(sum).toBeCloseTo(trace, 11)
    expect(imaginary).toBeCloseTo(0, 11)
    expect(sumOfSquares).toBeCloseTo(traceOfSquare, 11)
    expect(radius).toBeCloseTo(most, 12)
    // ‖A‖₂ from the other side: A Aᵀ is turned about in another way, its largest eigenvalue is σ².
    const other = finish(spectrumPieces(multiply(a, transposed(a, n), n), n))
    expect(largestSingularValue(a, n) ** 2).toBeCloseTo(other.spectralRadius, 11)
  })

  it.each([1, 2, 3, 7, 33])('of a triangular matrix of %i: its diagonal', (n) => {
    const a = normal(n).map((value, at) => (at % n < Math.floor(at / n) ? 0 : value / n))
    let most = 0
    for (let i = 0; i < n; i++) {
      a[i * (n + 1)] = (i % 2 === 0 ? 1 : -1) * (1 + i / n)
      most = Math.max(most, Math.abs(a[i * (n + 1)]))
    }
    expect(spectralRadius(a, n)).toBeCloseTo(most, 12)
    expect(spectralRadius(transposed(a, n), n)).toBeCloseTo(most, 12)
  })

  it.each([5, 12])('of a companion matrix of %i: its polynomial’s roots', (n) => {
    const roots = Array.from({ length: n }, (_, k) => (k % 2 === 0 ? 1 : -1) * (0.4 + (1.7 * k) / n))
    let polynomial = [1] // highest power first
    for (const root of roots) {
      polynomial = [...polynomial, 0].map((value, k) => value - (k > 0 ? root * polynomial[k - 1] : 0))
    }
    const companion = new Float64Array(n * n)
    for (let k = 0; k < n; k++) companion[k] = -polynomial[k + 1]
    for (let i = 1; i < n; i++) companion[i * n + i - 1] = 1
    // Roots of a polynomial are less well conditioned than the matrix.
    expect(spectralRadius(companion, n)).toBeCloseTo(Math.max(...roots.map(Math.abs)), 9)
  })

  it('of a cycle, on which unshifted and plainly shifted steps stand still', () => {
    const n = 6
    const cycle = new Float64Array(n * n)
    for (let i = 0; i < n; i++) cycle[i * n + ((i + 1) % n)] = 2
    expect(spectralRadius(cycle, n)).toBeCloseTo(2, 12)
    expect(largestSingularValue(cycle, n)).toBeCloseTo(2, 12)
  })

  it('of singular values that were put there, of nilpotent, zero and broken matrices', () => {
    const n = 9
    const values = [3, 2.999, 1, 0.5, 0.1, 1e-3, 0, 0, 0]
    const left = orthogonal(n)
    const scaled = left.map((value, at) => value * values[at % n])
    const a = multiply(scaled, orthogonal(n), n)
    expect(Math.abs(largestSingularValue(a, n) - 3)).toBeLessThan(3 * SPECTRAL)
    const nilpotent = Float64Array.from([0, 5, 0, 0])
    expect([spectralRadius(nilpotent, 2), largestSingularValue(nilpotent, 2)]).toEqual([0, 5])
    expect([spectralRadius(new Float64Array(16), 4), largestSingularValue(new Float64Array(16), 4)]).toEqual([0, 0])
    expect([spectralRadius(Float64Array.of(NaN), 1), largestSingularValue(Float64Array.of(Infinity), 1)]).toEqual([
      NaN,
      NaN,
    ])
  })

  it('of random matrices: the trace of a high power agrees', () => {
    for (const n of [4, 17, 40]) {
      const a = normal(n).map((value) => value / Math.sqrt(n))
      // ‖A^k‖ is within a polynomial factor of ρ^k: its 2¹²th root is ρ to a few thousandths.
      let power = a
      let logarithm = 0
      for (let k = 0; k < 12; k++) {
        power = multiply(power, power, n)
        const size = length(power)
        power = power.map((value) => value / size)
        logarithm = 2 * logarithm + Math.log(size)
      }
      expect(Math.abs(spectralRadius(a, n) / Math.exp(logarithm / 4096) - 1)).toBeLessThan(3e-3)
    }
  })
})
