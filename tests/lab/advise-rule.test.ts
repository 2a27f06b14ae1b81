/** Which rule holds a set of patterns, and which patterns of a set are stored. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adviseRule, choosePatterns, readPatternFile, spoilPattern } from '../../src/lab'
import type { PatternSet, RecallSettings } from '../../src/shared'
import { RESOURCES } from './support/test-lab'

const bundled = (name: string): PatternSet => readPatternFile(join(RESOURCES, 'patterns', `${name}.txt`))
const SETTINGS: RecallSettings = {
  rule: 'hebbian',
  update: 'asynchronous',
  bias: 'none',
  degree: 3,
  beta: 1,
  temperature: 0,
  maxSweeps: 100,
  seed: 1,
}

function adviseOn(set: PatternSet, wanted: string, settings = SETTINGS) {
  return adviseRule({ set, settings, cue: spoilPattern(set, wanted, 0.2, 1), wanted })
}

describe('advice on the rule', () => {
  it.each(['letters-16', 'digits-12', 'hangul-24', 'shapes-24'])('of all of %s names one that holds them', (name) => {
    const set = bundled(name)
    const advice = adviseOn(set, set.patterns[0].name)
    expect(advice).toMatchObject({ chosen: 'hebbian', patterns: set.patterns.length, tested: set.patterns.length })
    expect(advice?.load).toBe(set.patterns.length / (set.width * set.height))
    expect(advice?.stable).toBeLessThan(set.patterns.length)
    expect(advice?.rule).not.toBeNull()
    const followed = { ...SETTINGS, rule: advice?.rule ?? 'hebbian' }
    expect(adviseOn(set, set.patterns[0].name, followed)).toBeNull()
  })

  it('is not given where every pattern is a fixed point', () => {
    expect(adviseOn(choosePatterns(bundled('letters-16'), ['A,N,T,V']), 'A')).toBeNull()
  })

  it('names no rule where none holds them', () => {
    // Three patterns that differ in one cell each: no rule separates a cue that is nearer to all of them than they are.
    const rows = (place: number) => [Array.from({ length: 9 }, (_, at) => (at === place ? '#' : '.')).join('')]
    const set = { width: 9, height: 1, patterns: [0, 1, 2].map((at) => ({ name: `p${at}`, rows: rows(at) })) }
    const cue = new Int8Array(9).fill(1)
    expect(adviseRule({ set, settings: SETTINGS, cue, wanted: 'p0' })).toMatchObject({ stable: 0, rule: null })
  })
})

describe('patterns chosen by name', () => {
  const named = (...names: string[]): PatternSet => ({
    width: 1,
    height: 1,
    patterns: names.map((name) => ({ name, rows: ['#'] })),
  })
  const chosen = (set: PatternSet, ...words: string[]) => choosePatterns(set, words).patterns.map(({ name }) => name)

  it('keep the order of the set, each once', () => {
    expect(chosen(named('A', 'B', 'C'), 'C, A', 'A')).toEqual(['A', 'C'])
    expect(chosen(named('A', 'B'))).toEqual(['A', 'B'])
  })

  it('may have commas in their names', () => {
    expect(chosen(named('a,b', 'a', 'c'), 'a,b')).toEqual(['a,b'])
    expect(chosen(named('a,b', 'a', 'c'), 'a', 'a,b')).toEqual(['a,b', 'a'])
    expect(chosen(named('a', 'b'), 'a,b')).toEqual(['a', 'b'])
  })

  it('are found in either Unicode composition', () => {
    expect(chosen(named('가'.normalize('NFD'), '나'), '가')).toEqual(['가'.normalize('NFD')])
    expect(chosen(named('가', '나'), '가'.normalize('NFD'))).toEqual(['가'])
  })

  it('that are not there are refused with the names there are', () => {
    expect(() => chosen(named('A', 'B'), 'A,Ä')).toThrow('There is no pattern named Ä. There are: A, B.')
    expect(() => chosen(named('A', 'B'), 'A,')).toThrow('no pattern named .')
  })
})
