/** Rows of W read without the matrix: NumPy's, Storkey's own step, and the fields of the memories that recall. */
import { describe, expect, it } from 'vitest'
import { createMemory, createWeightReader, overlap, patternOverlaps, Random } from '../../src/engine'
import type { MemorySettings } from '../../src/engine'
import { storkeyWeights } from '../../src/engine/hopfield/storkey'
import { readReference } from './support/reference'

interface Case {
  neurons: number
  patterns: number[][]
  weights: Record<string, number[][]>
  hebbianBias: number[]
}

/** Float64 sums in another order than NumPy's. */
const ROUNDING = 1e-10
const LINEAR = ['hebbian', 'storkey', 'pseudo-inverse'] as const
const settingsOf = (rule: MemorySettings['rule'], bias: MemorySettings['bias'] = 'none'): MemorySettings => ({
  rule,
  bias,
  degree: 3,
  beta: 1,
})

function randomPatterns(count: number, N: number, seed: number) {
  const random = Random.fromSeed(seed, 'test')
  return Array.from({ length: count }, (_, m) => ({
    name: `p${m}`,
    values: Int8Array.from({ length: N }, () => (random.uniform() < 0.5 ? -1 : 1)),
  }))
}

describe('rows of W', () => {
  const { cases } = readReference<{ cases: Case[] }>('hopfield.json')

  it.each(cases.flatMap((reference) => LINEAR.map((rule) => [reference.neurons, rule, reference] as const)))(
    'of %d neurons by %s are those of NumPy',
    (N, rule, reference) => {
      const patterns = reference.patterns.map((values, m) => ({ name: `p${m}`, values: Int8Array.from(values) }))
      const reader = createWeightReader(patterns, settingsOf(rule, 'hebbian'))
      expect(reader.neurons).toBe(N)
      for (let i = 0; i < N; i++) {
        const row = reader.row(i)
        reference.weights[rule][i].forEach((w, j) => expect(Math.abs(row[j] - w)).toBeLessThan(ROUNDING))
      }
      reference.hebbianBias.forEach((b, i) => expect(Math.abs(reader.bias[i] - b)).toBeLessThan(ROUNDING))
    },
  )

  it.each([
    [33, 1],
    [40, 12],
    [64, 30],
  ])('by Storkey are those of its step on the matrix (%d neurons, %d patterns)', (N, P) => {
    const patterns = randomPatterns(P, N, N)
    const matrix = storkeyWeights(
      patterns.map(({ values }) => values),
      N,
    )
    const { row } = createWeightReader(patterns, settingsOf('storkey'))
    for (let i = 0; i < N; i++) {
      row(i).forEach((w, j) => expect(Math.abs(w - matrix[i * N + j])).toBeLessThan(ROUNDING))
    }
  })

  it.each(LINEAR)('by %s, times the state and with b, are the field that the recall feels', (rule) => {
    const patterns = randomPatterns(7, 50, 3)
    const memory = createMemory(patterns, settingsOf(rule, 'hebbian'))
    const { row, bias } = createWeightReader(patterns, settingsOf(rule, 'hebbian'))
    const state = patterns[2].values.map((value, i) => (i % 5 === 0 ? -value : value))
    memory.follow(state)
    for (let i = 0; i < 50; i++) {
      const weights = row(i)
      expect(weights[i]).toBe(0)
      const field = weights.reduce((sum, w, j) => sum + w * state[j], bias[i])
      expect(Math.abs(field - memory.field(i))).toBeLessThan(ROUNDING)
    }
  })

  it('of a large network need no matrix', () => {
    const N = 65_536
    const [first, second] = randomPatterns(2, N, 1)
    const { row, bias } = createWeightReader([first, second], settingsOf('hebbian'))
    const weights = row(N - 1)
    expect(weights).toHaveLength(N)
    const expected = (first.values[N - 1] * first.values[7] + second.values[N - 1] * second.values[7]) / N
    expect(weights[7]).toBeCloseTo(expected, 12)
    expect(bias.every((b) => b === 0)).toBe(true)
  })

  it('are refused for what has none, and for patterns that cannot be stored', () => {
    const patterns = randomPatterns(2, 9, 1)
    for (const rule of ['dense', 'modern'] as const) {
      expect(() => createWeightReader(patterns, settingsOf(rule))).toThrow(/E_NOT_AVAILABLE/)
    }
    expect(() => createWeightReader([], settingsOf('hebbian'))).toThrow(/E_PATTERNS_NONE/)
    const twins = [patterns[0], { ...patterns[0], name: 'twin' }]
    expect(() => createWeightReader(twins, settingsOf('storkey'))).toThrow(/E_PATTERNS_EQUAL/)
  })
})

describe('overlaps between patterns', () => {
  it.each([1, 7, 31, 32, 33, 64, 257])('of %d neurons are their products', (N) => {
    const patterns = randomPatterns(9, N, N).map(({ values }) => values)
    const found = patternOverlaps(patterns)
    patterns.forEach((a, m) => {
      patterns.forEach((b, n) => expect(found[m * 9 + n]).toBe(overlap(a, b)))
    })
  })

  it('of no patterns are none', () => expect(patternOverlaps([])).toHaveLength(0))
})
