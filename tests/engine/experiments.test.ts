/** The experiments against theory: small enough to take seconds, with seeds that stay. */
import { describe, expect, it } from 'vitest'
import { createExperiment, createMemory, createTally, Random } from '../../src/engine'
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
  const tally = createTally(settings)
  for (let index = 0; index < trials; index++) tally.add(index, run(index))
  return tally.result()
}

const capacityOf = (settings: CapacitySettings) => perform(settings).points
const basinOf = (settings: BasinSettings) => perform(settings).points

const patterns = (count: number, N: number, seed: number) => {
  const random = Random.fromSeed(seed, 'patterns')
  return Array.from({ length: count }, (_, m) => ({ name: `p${m}`, values: drawState(N, random) }))
}

describe('capacity', () => {
  it('of the Hebbian rule breaks down where Amit, Gutfreund and Sompolinsky say', () => {
    const points = capacityOf({ ...CAPACITY, neurons: 2000, loads: [0.05, 0.1, 0.13, 0.18], trials: 2, cues: 20 })
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
    expect(capacityOf({ ...settings, loads: [0.9] })[0]).toMatchObject({
      stable: 1,
      recalled: 1,
      overlap: 1,
      deviation: 0,
    })
    expect(capacityOf({ ...settings, loads: [0.4], corrupt: 0.1, cues: 20 })[0].recalled).toBeGreaterThanOrEqual(0.9)
  })

  it('of the dense rule of degree 3: as many patterns as neurons', () => {
    const [point] = capacityOf({ ...CAPACITY, neurons: 200, loads: [1], memory: { ...MEMORY, rule: 'dense' } })
    expect(point).toMatchObject({ patterns: 200, recalled: 1 })
  })

  it('tells of the loads of which a trial is done, and only of what was done', () => {
    const settings = { ...CAPACITY, neurons: 100, loads: [0.1, 0.3], cues: 5 }
    const { run } = createExperiment(settings)
    const part = createTally(settings)
    expect(part.result()).toEqual({ points: [] })
    part.add(1, run(1))
    expect(part.result().points).toHaveLength(1)
    part.add(0, run(0))
    expect(part.result().points).toEqual([capacityOf(settings)[0]])
  })

  it('draws each load’s patterns apart from the others, and counts each cue once', () => {
    const both = capacityOf({ ...CAPACITY, neurons: 100, loads: [0.03, 0.2], cues: 20 })
    expect(both[1]).toEqual(capacityOf({ ...CAPACITY, neurons: 100, loads: [0.2], cues: 20 })[0])
    expect(both[0].patterns).toBe(3)
    expect((both[1].stable * 40) % 1).toBeCloseTo(0, 9)
    // The whole of a tiny network's states: none is drawn twice.
    expect(capacityOf({ ...CAPACITY, neurons: 3, loads: [2.6], trials: 1 })[0].patterns).toBe(8)
  })

  it('refuses loads of no pattern, and more patterns than there can be', () => {
    expect(() => capacityOf({ ...CAPACITY, loads: [0.1, 0.0001] })).toThrow(/E_CONFIGURATION.*0.0001/)
    expect(() => capacityOf({ ...CAPACITY, loads: [1.1], memory: { ...MEMORY, rule: 'pseudo-inverse' } })).toThrow(
      /1.1/,
    )
    expect(() => capacityOf({ ...CAPACITY, neurons: 3, loads: [3] })).toThrow(/all 8 different patterns/)
    expect(() => capacityOf({ ...CAPACITY, neurons: 65_536, loads: [0.2] })).toThrow(/at most 8192 patterns/)
    const storkey = { ...MEMORY, rule: 'storkey' as const }
    expect(() => capacityOf({ ...CAPACITY, neurons: 65_536, loads: [0.005], memory: storkey })).toThrow(/TOO_LARGE/)
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
    const points = basinOf(settings)
    expect(points.map(({ flipped }) => flipped)).toEqual([0, 0.1, 0.5, 1])
    expect(points.map(({ recalled }) => recalled).slice(0, 2)).toEqual([1, 1])
    expect(points[2].recalled).toBeLessThan(0.5)
    expect(points[3].recalled).toBe(0)
    for (const { recalled, low, high } of points) {
      expect(low).toBeLessThanOrEqual(recalled)
      expect(high).toBeGreaterThanOrEqual(recalled)
    }
    expect(basinOf({ ...settings, target: null })[1].recalled).toBe(1)
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

  it('come out alike whatever the order of their trials, and of part of them', () => {
    const { trials, run } = createExperiment(settings)
    const ends = Array.from({ length: trials }, (_, index) => run(index))
    const there = createTally(settings)
    const back = createTally(settings)
    ends.forEach((end, index) => there.add(index, end))
    for (let index = trials - 1; index >= 0; index--) back.add(index, ends[index])
    expect(back.result()).toEqual(there.result())
    const half = createTally(settings)
    ends.slice(0, 10).forEach((end, index) => half.add(index, end))
    expect(half.result().attractors.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
  })

  it('of three stored patterns are their mixture too, with the sign of each', () => {
    const mixtures = perform(settings).attractors.filter(({ kind }) => kind === 'mixture')
    expect(mixtures.length).toBeGreaterThan(0)
    for (const { patterns: parts, state } of mixtures) {
      expect(parts.map(({ name }) => name).sort()).toEqual(['p0', 'p1', 'p2'])
      const signs = new Map(parts.map(({ name, sign }) => [name, sign]))
      const sum = Array.from(state, (_, i) =>
        settings.patterns.reduce((total, { name, values }) => total + (signs.get(name) ?? 0) * values[i], 0),
      )
      const agreeing = sum.filter((value, i) => Math.sign(value) === state[i]).length
      expect(agreeing / state.length).toBeGreaterThanOrEqual(0.975) // an overlap of 0.95
    }
  })

  it('are fixed points, told by what they are, the most frequent first', () => {
    const found = perform(settings).attractors
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
