/** Recall: energy never rises, verdicts in DESIGN's order, refusals by name, and patterns as text. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createMemory,
  flipShare,
  judge,
  parsePatternText,
  printPatternText,
  Random,
  Recall,
  toBipolar,
  toRows,
} from '../../src/engine'
import type { MemorySettings, RuleName } from '../../src/engine'

const RULES: readonly RuleName[] = ['hebbian', 'storkey', 'pseudo-inverse', 'dense', 'modern']
const base: MemorySettings = { rule: 'hebbian', bias: 'none', degree: 3, beta: 0.5 }
const options = { update: 'asynchronous' as const, temperature: 0, maxSweeps: 100, seed: 3 }

function randomPatterns(count: number, N: number, seed: number) {
  const random = Random.fromSeed(seed, 'patterns')
  return Array.from({ length: count }, (_, m) => ({
    name: `p${m}`,
    values: Int8Array.from({ length: N }, () => (random.below(2) === 0 ? 1 : -1)),
  }))
}

describe('recall', () => {
  it.each(RULES)('%s: no asynchronous visit raises the energy', (rule) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        (seed, count, biased) => {
          const patterns = randomPatterns(count, 40, seed)
          const memory = createMemory(patterns, { ...base, rule, bias: biased ? 'hebbian' : 'none' })
          const cue = flipShare(patterns[0].values, 0.5, seed)
          const recall = new Recall(memory, cue, { ...options, seed })
          let energy = recall.energy
          while (recall.next()) {
            expect(recall.visit.energy).toBeLessThanOrEqual(energy + 1e-9)
            energy = recall.visit.energy
          }
          expect(recall.converged).toBe(true)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('brings a pattern back from a fifth of its neurons flipped, the same way for the same seed', () => {
    const patterns = randomPatterns(3, 400, 8)
    const end = () => {
      const recall = new Recall(createMemory(patterns, base), flipShare(patterns[1].values, 0.2, 4), options)
      const order: number[] = []
      while (recall.next()) order.push(recall.visit.neuron)
      return { order, state: Array.from(recall.state) }
    }
    expect(end()).toEqual(end())
    expect(end().state).toEqual(Array.from(patterns[1].values))
  })

  it('tells a synchronous cycle of two', () => {
    // One pattern whose two halves see each other alone: both neurons turn over for ever.
    const memory = createMemory([{ name: 'pair', values: Int8Array.from([1, 1]) }], base)
    const recall = new Recall(memory, Int8Array.from([1, -1]), { ...options, update: 'synchronous' })
    while (recall.next());
    expect([recall.cycle, recall.converged]).toEqual([2, false])
  })

  it('runs all its sweeps above temperature 0 and is not converged', () => {
    const patterns = randomPatterns(2, 50, 1)
    const recall = new Recall(createMemory(patterns, base), patterns[0].values, {
      ...options,
      temperature: 0.3,
      maxSweeps: 7,
    })
    while (recall.next());
    expect([recall.sweeps, recall.converged]).toEqual([7, false])
  })

  it('does not change the cue', () => {
    const patterns = randomPatterns(1, 30, 2)
    const cue = flipShare(patterns[0].values, 0.3, 1)
    const before = Array.from(cue)
    const recall = new Recall(createMemory(patterns, base), cue, options)
    while (recall.next());
    expect(Array.from(cue)).toEqual(before)
  })
})

describe('65,536 neurons', () => {
  const large = randomPatterns(20, 65_536, 6)

  it.each(RULES)('%s: recalls without an N × N matrix', (rule) => {
    // The matrix would be 34 GB: no array can be that long.
    const recall = new Recall(createMemory(large, { ...base, rule }), flipShare(large[7].values, 0.2, 1), options)
    while (recall.next());
    expect(recall.converged).toBe(true)
    expect(judge(large, recall.state)).toMatchObject({ kind: 'stored', pattern: 'p7', overlap: 1 })
  })

  it('storkey: is refused for more patterns than its pairs have room for, with the limit', () => {
    const many = randomPatterns(257, 65_536, 7)
    expect(() => createMemory(many, { ...base, rule: 'storkey' })).toThrow(
      /E_NETWORK_TOO_LARGE.*"neurons":65536,"patterns":257,"limit":65280/,
    )
  })
})

describe('verdict', () => {
  const patterns = randomPatterns(5, 1000, 12)
  const mixed = (signs: readonly number[]) =>
    Int8Array.from({ length: 1000 }, (_, i) =>
      signs.reduce((sum, sign, m) => sum + sign * patterns[m].values[i], 0) > 0 ? 1 : -1,
    )

  it('names a stored pattern, its inverse, a mixture of three or five, and what was never stored', () => {
    expect(judge(patterns, patterns[2].values)).toMatchObject({ kind: 'stored', pattern: 'p2', overlap: 1 })
    expect(
      judge(
        patterns,
        patterns[2].values.map((v) => -v),
      ),
    ).toMatchObject({ kind: 'inverse', pattern: 'p2', overlap: -1 })
    const three = judge(patterns, mixed([1, -1, 1]))
    expect(three.kind).toBe('mixture')
    expect(three.patterns.map(({ name, sign }) => `${sign}${name}`).sort()).toEqual(['-1p1', '1p0', '1p2'])
    expect(judge(patterns, mixed([1, 1, 1, -1, 1])).patterns).toHaveLength(5)
    const strange = judge(patterns, randomPatterns(1, 1000, 77)[0].values)
    expect(strange).toMatchObject({ kind: 'spurious', pattern: null, patterns: [] })
  })
})

describe('refusals', () => {
  const [a, b] = randomPatterns(2, 16, 5)
  it('names equal and inverse patterns, dependent ones, sizes and networks too large', () => {
    expect(() => createMemory([a, { name: 'twin', values: a.values }], base)).toThrow(/E_PATTERNS_EQUAL.*p0.*twin/)
    expect(() => createMemory([a, b, { name: 'short', values: a.values.subarray(1) }], base)).toThrow(
      /E_PATTERN.*short/,
    )
    const square = (...values: number[]) => Int8Array.from(values)
    const dependent = [
      square(1, 1, 1, 1),
      square(1, 1, -1, -1),
      square(1, -1, 1, -1),
      square(1, -1, -1, 1),
      square(1, 1, 1, -1),
    ]
    const named = dependent.map((values, m) => ({ name: `d${m}`, values }))
    expect(() => createMemory(named, { ...base, rule: 'pseudo-inverse' })).toThrow(/E_PATTERNS_DEPENDENT.*d4/)
  })
})

describe('pattern text', () => {
  it('reads every way to write a cell, and prints what it reads', () => {
    const text = '\ufeff# A b\r\n#1+■\r\n.0-□\r\n\r\n# 둘\r\n....\r\n####\r\n'
    const patterns = parsePatternText(text, 'file')
    expect(patterns.map(({ name, width, height }) => [name, width, height])).toEqual([
      ['A b', 4, 2],
      ['둘', 4, 2],
    ])
    const rows = patterns.map(({ name, values, width }) => ({ name, rows: toRows(values, width) }))
    expect(rows[0].rows).toEqual(['####', '....'])
    expect(parsePatternText(printPatternText(rows), 'file')).toEqual(patterns)
  })

  it('takes a file of one pattern without a name, and says which line is wrong', () => {
    expect(parsePatternText('##\n..\n', 'file')[0].name).toBe('file')
    expect(() => parsePatternText('##\n.x\n', 'file')).toThrow(/E_PATTERN_CELL.*"line":2,"cell":"x"/)
    expect(() => parsePatternText('##\n.\n', 'file')).toThrow(/E_PATTERN_RAGGED.*"row":2,"count":1,"width":2/)
    expect(() => parsePatternText('\n', 'file')).toThrow(/E_PATTERN_EMPTY/)
  })

  it('makes real numbers bipolar by their sign, 0 giving +1', () => {
    expect(Array.from(toBipolar([0.2, -0.7, 0, -0]))).toEqual([1, -1, 1, 1])
  })
})
