/** Sets of patterns and what is seen of the memory, through the lab and its real workers. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPatternFile } from '../../src/lab'
import type { PatternSet, RecallSettings } from '../../src/shared'
import { MOST_NEURONS_IN_MAP } from '../../src/shared'
import { errorOf, failureOf } from './support/errors'
import { temporaryDirectory } from './support/temporary'
import { openTestLab } from './support/test-lab'

const SETTINGS: RecallSettings = {
  rule: 'hebbian',
  update: 'asynchronous',
  bias: 'hebbian',
  degree: 3,
  beta: 1,
  temperature: 0,
  maxSweeps: 100,
  seed: 1,
}
const NAMES = ['it’s "A" 100 %', '🧠👩‍👩‍👧', '한글 \\ _']
const SET: PatternSet = {
  width: 3,
  height: 3,
  patterns: NAMES.map((name, m) => ({ name, rows: ['#..', '.#.', '...'].map((row, r) => (r === m ? '###' : row)) })),
}

describe('a file of patterns', () => {
  it.each([
    ['text', '# a\n#.\n# b\n##\n# a\n.#\n'],
    ['JSON', '{"width":2,"height":1,"patterns":[{"name":"a","rows":["#."]},{"name":"a","rows":["##"]}]}'],
  ])('with a name that comes twice is refused, in %s', (_what, content) => {
    const file = join(temporaryDirectory(), 'mine.txt')
    writeFileSync(file, content)
    expect(failureOf(() => readPatternFile(file))).toEqual(
      errorOf('E_PATTERN_NAME_TWICE', { file: 'mine.txt', name: 'a' }),
    )
  })
})

describe('a set of one’s own', () => {
  it('is renamed, duplicated, removed and put back, with any names', async () => {
    const { lab } = await openTestLab()
    const { id } = await lab.patterns.save(null, NAMES[0], SET)
    expect((await lab.patterns.rename(id, NAMES[1])).title.ko).toBe(NAMES[1])
    const copy = await lab.patterns.duplicate(id, NAMES[2])
    expect(copy.id).not.toBe(id)
    expect(await lab.patterns.open(copy.id)).toEqual(SET)
    const before = await lab.patterns.sets()
    await lab.patterns.remove(id)
    await expect(lab.patterns.open(id)).rejects.toEqual(errorOf('E_PATTERN_SET_UNKNOWN', { id }))
    expect((await lab.patterns.sets()).map((set) => set.id)).not.toContain(id)
    await lab.patterns.restore(id)
    expect(await lab.patterns.sets()).toEqual(before)
    expect(await lab.patterns.open(id)).toEqual(SET)
    await expect(lab.patterns.restore(id)).rejects.toEqual(errorOf('E_PATTERN_SET_UNKNOWN', { id }))
  })

  it('is made of a bundled one, which stays as it is', async () => {
    const { lab } = await openTestLab()
    const copy = await lab.patterns.duplicate('letters-16', 'my letters')
    expect(copy).toMatchObject({ bundled: false, count: 26, width: 16 })
    expect(await lab.patterns.open(copy.id)).toEqual(await lab.patterns.open('letters-16'))
    const refusal = errorOf('E_PATTERN_SET_BUNDLED', { id: 'letters-16' })
    await expect(lab.patterns.rename('letters-16', 'x')).rejects.toEqual(refusal)
    await expect(lab.patterns.remove('letters-16')).rejects.toEqual(refusal)
    await expect(lab.patterns.save('letters-16', 'x', SET)).rejects.toEqual(refusal)
    await expect(lab.patterns.duplicate('nothing', 'x')).rejects.toEqual(errorOf('E_PATTERN_SET_UNKNOWN'))
  })
})

interface Case {
  neurons: number
  patterns: number[][]
  weights: Record<string, number[][]>
  hebbianBias: number[]
}
const { cases } = JSON.parse(readFileSync(join(import.meta.dirname, '../engine/reference/hopfield.json'), 'utf8')) as {
  cases: Case[]
}
/** What the reference and the lab may differ by. */
const TOLERANCE = 1e-9
const rowOf = (values: readonly number[]): string => values.map((value) => (value > 0 ? '#' : '.')).join('')

describe('the weights that a room is given', () => {
  it.each(['hebbian', 'storkey', 'pseudo-inverse'] as const)('by %s agree with NumPy', async (rule) => {
    const { lab } = await openTestLab()
    for (const { neurons: N, patterns, weights, hebbianBias } of cases) {
      const set = {
        width: N,
        height: 1,
        patterns: patterns.map((values, m) => ({ name: `${m}`, rows: [rowOf(values)] })),
      }
      const whole = await lab.recall.weights({ set, settings: { ...SETTINGS, rule }, rows: null })
      expect([whole.neurons, whole.rows.length, whole.columns.length]).toEqual([N, N, N])
      weights[rule].flat().forEach((w, k) => expect(Math.abs(whole.values[k] - w)).toBeLessThan(TOLERANCE))
      hebbianBias.forEach((b, i) => expect(Math.abs(whole.bias[i] - b)).toBeLessThan(TOLERANCE))
      const some = await lab.recall.weights({ set, settings: { ...SETTINGS, rule, bias: 'none' }, rows: [N - 1, 0] })
      expect(Array.from(some.rows)).toEqual([N - 1, 0])
      weights[rule][N - 1].forEach((w, j) => expect(Math.abs(some.values[j] - w)).toBeLessThan(TOLERANCE))
      expect(some.bias.every((b) => b === 0)).toBe(true)
    }
  })

  it('of a large network are a sample, evenly spaced', async () => {
    const { lab } = await openTestLab()
    const side = 64
    const rows = (odd: number) => Array.from({ length: side }, (_, r) => (r % 2 === odd ? '#.' : '##').repeat(side / 2))
    const set = { width: side, height: side, patterns: [0, 1].map((odd) => ({ name: `${odd}`, rows: rows(odd) })) }
    const { neurons, rows: sampled, values } = await lab.recall.weights({ set, settings: SETTINGS, rows: null })
    expect([neurons, sampled.length, values.length]).toEqual([4096, MOST_NEURONS_IN_MAP, MOST_NEURONS_IN_MAP ** 2])
    expect(Array.from(sampled.subarray(0, 3))).toEqual([0, 4, 8])
    expect(values[1]).toBeCloseTo(2 / 4096, 12)
  })

  it('are refused for a row that is not there and for rules without a matrix', async () => {
    const { lab } = await openTestLab()
    await expect(lab.recall.weights({ set: SET, settings: SETTINGS, rows: [9] })).rejects.toEqual(
      errorOf('E_PATTERN', { name: 'W' }),
    )
    await expect(
      lab.recall.weights({ set: SET, settings: { ...SETTINGS, rule: 'modern' }, rows: null }),
    ).rejects.toEqual(errorOf('E_NOT_AVAILABLE'))
  })

  it('stand beside the overlaps of the patterns', async () => {
    const { lab } = await openTestLab()
    const overlaps = await lab.recall.overlaps(SET)
    expect([overlaps[0], overlaps[4], overlaps[8]]).toEqual([1, 1, 1])
    expect(overlaps[1]).toBe(overlaps[3])
  })
})
