/** The experiments against theory: small enough to take seconds, with seeds that stay. */
import { describe, expect, it } from 'vitest'
import { createExperiment, createMemory, Random, summarise } from '../../src/engine'
import type { AttractorSettings, BasinSettings, CapacitySettings, ExperimentSettings } from '../../src/engine'
import { drawState } from '../../src/engine/hopfield/experiments/capacity'
import { wilsonInterval } from '../../src/engine/hopfield/experiments/wilson'

const MEMORY = { rule: 'hebbian', bias: 'none', degree: 3, beta: 1 } as const
const CAPACITY: CapacitySettings = {
  kind: 'capacity',
  neurons: 500,
  loads: [0.1],
  memory: MEMORY,
  update: 'asynchronous',
  maxSweeps: 100,
  corrupt: 0,
  trials: 2,
  cues: 10,
  seed: 1,
}

function perform<Settings extends ExperimentSettings>(settings: Settings) {
  const { trials, run } = createExperiment(settings)
  return summarise(
    settings,
    Array.from({ length: trials }, (_, index) => run(index)),
  )
}

const patterns = (count: number, N: number, seed: number) => {
  const random = Random.fromSeed(seed, 'patterns')
  return Array.from({ length: count }, (_, m) => ({ name: `p${m}`, values: drawState(N, random) }))
}

describe('capacity', () => {
  it('of the Hebbian rule breaks down where Amit, Gutfreund and Sompolinsky say', () => {
    const points = perform({ ...CAPACITY, neurons: 2000, loads: [0.05, 0.1, 0.13, 0.18], trials: 2, cues: 20 })
    const [low, some, near, beyond] = points
    expect(points.map((point) => point.patterns)).toEqual([100, 200, 260, 360])
    expect(Math.abs(low.overlap - 1)).toBeLessThan(0.004)
    expect(Math.abs(some.overlap - 0.998)).toBeLessThan(0.004)
    expect(near.overlap).toBeGreaterThan(0.965)
    expect(near.overlap).toBeLessThan(0.99)
    expect(beyond.overlap).toBeLessThan(0.7)
    expect([low.recalled, some.recalled]).toEqual([1, 1])
    // A neuron of a pattern is wrong at once with probability Q(1/√α): 3.9e-6 of 2,000 neurons at 0.05.
    expect(low.stable).toBeGreaterThan(0.9)
    expect(beyond.stable).toBe(0)
  })

  it('of the pseudo-inverse: every pattern a fixed point at 0.9, a tenth flipped mended at 0.4', () => {
    const settings: CapacitySettings = { ...CAPACITY, memory: { ...MEMORY, rule: 'pseudo-inverse' }, trials: 1 }
    expect(perform({ ...settings, loads: [0.9] })[0]).toMatchObject({
      stable: 1,
      recalled: 1,
      overlap: 1,
      deviation: 0,
    })
    expect(perform({ ...settings, loads: [0.4], corrupt: 0.1, cues: 20 })[0].recalled).toBeGreaterThanOrEqual(0.9)
  })

  it('of the dense rule of degree 3: as many patterns as neurons', () => {
    const [point] = perform({ ...CAPACITY, neurons: 200, loads: [1], memory: { ...MEMORY, rule: 'dense' } })
    expect(point).toMatchObject({ patterns: 200, recalled: 1 })
  })

  it('draws each load’s patterns apart from the others, and counts each cue once', () => {
    const both = perform({ ...CAPACITY, neurons: 100, loads: [0.03, 0.2], cues: 20 })
    expect(both[1]).toEqual(perform({ ...CAPACITY, neurons: 100, loads: [0.2], cues: 20 })[0])
    expect(both[0].patterns).toBe(3)
    expect((both[1].stable * 40) % 1).toBeCloseTo(0, 9)
    // The whole of a tiny network's states: none is drawn twice.
    expect(perform({ ...CAPACITY, neurons: 3, loads: [2.6], trials: 1 })[0].patterns).toBe(8)
  })

  it('refuses loads of no pattern, and more patterns than there can be', () => {
    expect(() => perform({ ...CAPACITY, loads: [0.1, 0.0001] })).toThrow(/E_CONFIGURATION.*0.0001/)
    expect(() => perform({ ...CAPACITY, loads: [1.1], memory: { ...MEMORY, rule: 'pseudo-inverse' } })).toThrow(/1.1/)
    expect(() => perform({ ...CAPACITY, neurons: 3, loads: [3] })).toThrow(/all 8 different patterns/)
  })
})

const RECALL = { update: 'asynchronous', temperature: 0, maxSweeps: 100, seed: 4 } as const

describe('basin', () => {
  it('brings everything back from near, nothing from half way, and says how sure it is', () => {
    const settings: BasinSettings = {
      kind: 'basin',
      patterns: patterns(5, 200, 3),
      memory: MEMORY,
      recall: RECALL,
      target: 2,
      flips: [0, 0.1, 0.5, 1],
      trials: 50,
    }
    const points = perform(settings)
    expect(points.map(({ flipped }) => flipped)).toEqual([0, 0.1, 0.5, 1])
    expect(points.map(({ recalled }) => recalled).slice(0, 2)).toEqual([1, 1])
    expect(points[2].recalled).toBeLessThan(0.5)
    expect(points[3].recalled).toBe(0)
    for (const { recalled, low, high } of points) {
      expect(low).toBeLessThanOrEqual(recalled)
      expect(high).toBeGreaterThanOrEqual(recalled)
    }
    expect(perform({ ...settings, target: null })[1].recalled).toBe(1)
  })

  it('has the interval of Wilson', () => {
    // 8 of 10, as in the table of Newcombe 1998's method 3, and by hand.
    expect(wilsonInterval(8, 10).low).toBeCloseTo(0.4901625, 6)
    expect(wilsonInterval(8, 10).high).toBeCloseTo(0.9433178, 6)
    expect(wilsonInterval(0, 20)).toMatchObject({ low: 0 })
    expect(wilsonInterval(0, 20).high).toBeCloseTo(3.8414588 / 23.8414588, 6)
    expect(wilsonInterval(20, 20)).toMatchObject({ high: 1 })
  })
})

describe('attractors', () => {
  const settings: AttractorSettings = {
    kind: 'attractors',
    patterns: patterns(3, 60, 8),
    memory: MEMORY,
    recall: RECALL,
    starts: 400,
  }

  it('are fixed points, told by what they are, the most frequent first', () => {
    const found = perform(settings)
    const shares = found.map(({ share }) => share)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(shares).toEqual([...shares].sort((a, b) => b - a))
    const memory = createMemory(settings.patterns, MEMORY)
    for (const { state } of found) {
      memory.follow(state.slice())
      state.forEach((value, i) => expect(memory.field(i) * value).toBeGreaterThan(-1e-12))
    }
    const kinds = new Set(found.map(({ kind }) => kind))
    for (const kind of ['stored', 'inverse'] as const) expect(kinds).toContain(kind)
    const stored = found.filter(({ kind }) => kind === 'stored').map((one) => one.patterns[0].name)
    expect([...stored].sort()).toEqual(['p0', 'p1', 'p2'])
  })
})
