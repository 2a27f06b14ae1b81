/** The experiments' small parts: lists of numbers, requests, lines, the width of a basin, a lane of the race. */
import { describe, expect, it } from 'vitest'
import type { BasinPoint } from '../../../../src/engine'
import {
  capacityResults,
  differences,
  meanFieldCurve,
  storedButLost,
} from '../../../../src/renderer/rooms/recall/experiments/capacity-lines'
import { halfWidth } from '../../../../src/renderer/rooms/recall/experiments/basin-width'
import { attractorTable, sharesByKind } from '../../../../src/renderer/rooms/recall/experiments/attractor-pictures'
import {
  capacityRequests,
  DEFAULTS,
  planeOf,
} from '../../../../src/renderer/rooms/recall/experiments/experiment-settings'
import { parseNumberList } from '../../../../src/renderer/rooms/recall/experiments/number-list'
import { RaceLane } from '../../../../src/renderer/rooms/recall/experiments/race-lane'
import type { KeptExperiment, RecallBatch } from '../../../../src/shared'

describe('a list of numbers', () => {
  const bounds = { min: 0, max: 1, whole: false }
  it('is read in any order, each once', () => {
    expect(parseNumberList(' 0.2,.1; 1e-2 0.2\n', bounds)).toEqual([0.01, 0.1, 0.2])
  })
  it.each(['', 'a', '0.1, -0.1', '0.1 2', '0.1,,x', '1e400'])('is refused as %j', (text) => {
    expect(parseNumberList(text, bounds)).toBeNull()
  })
  it('may be of whole numbers only', () => {
    expect(parseNumberList('200, 1000', { min: 2, max: 4000, whole: true })).toEqual([200, 1000])
    expect(parseNumberList('200.5', { min: 2, max: 4000, whole: true })).toBeNull()
  })
})

describe('capacity', () => {
  const fields = { ...DEFAULTS.capacity, neurons: [100, 200], loads: [0.5, 1.5] }

  it('asks for a run a rule and a size, of the pseudo-inverse no load above 1', () => {
    const asked = capacityRequests({ ...fields, rules: ['hebbian', 'pseudo-inverse'] })
    expect(
      asked.map((request) => request.kind === 'capacity' && [request.rule, request.neurons, request.loads]),
    ).toEqual([
      ['hebbian', 100, [0.5, 1.5]],
      ['hebbian', 200, [0.5, 1.5]],
      ['pseudo-inverse', 100, [0.5]],
      ['pseudo-inverse', 200, [0.5]],
    ])
    expect(capacityRequests({ ...fields, rules: ['pseudo-inverse'], loads: [2] })).toEqual([])
    const [small] = capacityRequests({ ...fields, rules: ['hebbian'], neurons: [10], loads: [0.04, 0.05] })
    expect(small).toMatchObject({ loads: [0.05] }) // 0.4 of a pattern is none
  })

  const result = (rule: 'hebbian' | 'pseudo-inverse', neurons: number, corrupt: number): KeptExperiment => {
    const [request] = capacityRequests({ ...fields, rules: [rule], neurons: [neurons], corrupt })
    const point = (load: number, stable: number, recalled: number) => {
      return { load, patterns: 1, overlap: recalled, deviation: 0, stable, recalled }
    }
    const points = [point(0.9, 1, 0.1), point(0.5, 1, 0.8), point(0.7, 1, 0.3), point(0.95, 0.9, 0)]
    return {
      run: rule,
      status: 'finished',
      settings: request,
      seed: 1,
      trials: 4,
      totalTrials: 4,
      result: { kind: 'capacity', summary: { points } },
    }
  }

  it('has its points by load, and lines told apart by what differs', () => {
    const [found] = capacityResults([result('hebbian', 100, 0)])
    expect(found.points.map(({ load }) => load)).toEqual([0.5, 0.7, 0.9, 0.95])
    const told = (...results: KeptExperiment[]) => differences(capacityResults(results))
    expect(told(result('hebbian', 100, 0))).toEqual({ rules: true, neurons: false })
    expect(told(result('hebbian', 100, 0), result('hebbian', 200, 0))).toEqual({ rules: false, neurons: true })
    expect(told(result('hebbian', 100, 0), result('pseudo-inverse', 200, 0))).toEqual({ rules: true, neurons: true })
  })

  it('tells where the pseudo-inverse still stores what is recalled no more, from a spoiled cue alone', () => {
    expect(storedButLost(capacityResults([result('pseudo-inverse', 100, 0.1)]))).toMatchObject({
      load: 0.9,
      recalled: 0.1,
    })
    expect(storedButLost(capacityResults([result('pseudo-inverse', 100, 0)]))).toBeNull()
    expect(storedButLost(capacityResults([result('hebbian', 100, 0.1)]))).toBeNull()
  })

  it('has theory’s curve up to its end', () => {
    const { x, y } = meanFieldCurve(0.2)
    expect(x.at(-1)).toBeCloseTo(0.1379, 4)
    expect(y.at(-1)).toBeCloseTo(0.967, 2)
    expect(meanFieldCurve(0.05).x.at(-1)).toBe(0.05)
  })
})

describe('the plane', () => {
  const set = { width: 1, height: 1, patterns: ['A', 'B', 'C', 'D'].map((name) => ({ name, rows: ['#'] })) }
  it.each([
    [[], ['A', 'B', 'C']],
    [
      ['D', 'B'],
      ['D', 'B'],
    ],
    [
      ['gone', 'C'],
      ['C', 'A'],
    ],
    [
      ['C', 'C', 'B'],
      ['C', 'B'],
    ],
  ])('through %j is through %j', (wished, plane) => expect(planeOf(wished, set)).toEqual(plane))
})

describe('a basin', () => {
  const points = (...recalled: number[]): BasinPoint[] =>
    recalled.map((share, k) => ({ flipped: k / 10, recalled: share, low: 0, high: 1 }))
  it('is as wide as where half come back', () => {
    expect(halfWidth(points(1, 1, 0.75, 0.25, 0))).toBeCloseTo(0.25, 12)
    expect(halfWidth(points(1, 0.9))).toBe('always')
    expect(halfWidth(points(0.4, 0.9))).toBe('never')
  })
})

describe('attractors', () => {
  const ends = [
    { share: 0.6, kind: 'stored', patterns: [{ name: 'A', sign: 1 }], rows: ['#.'] },
    {
      share: 0.3,
      kind: 'mixture',
      patterns: [
        { name: 'A', sign: 1 },
        { name: 'B', sign: -1 },
      ],
      rows: null,
    },
    { share: 0.1, kind: 'stored', patterns: [{ name: 'B', sign: 1 }], rows: ['.#'] },
  ] as const
  it('are summed by kind, and told row by row', () => {
    expect(sharesByKind(ends)).toEqual({ stored: 0.7, inverse: 0, mixture: 0.3, spurious: 0 })
    expect([...attractorTable(ends).rows][1]).toEqual([0.3, 'mixture', 'A −B', ''])
  })
})

describe('a lane', () => {
  const N = 8
  const batch = (from: number, count: number, isLast: boolean): RecallBatch => ({
    recall: 'r',
    neurons: Uint32Array.from({ length: count }, (_, k) => (from + k) % N),
    fields: new Float32Array(count),
    flipped: new Uint8Array(count),
    energies: Float64Array.from({ length: count }, (_, k) => -(from + k + 1)),
    end: isLast
      ? { sweeps: 1, converged: true, cycle: 0, verdict: { kind: 'spurious', pattern: null, overlap: 0, patterns: [] } }
      : null,
  })
  const lane = () =>
    new RaceLane('hebbian', { recall: 'r', energy: 0, overlaps: new Float64Array(1) }, new Int8Array(N).fill(1), false)

  it('rests at its end while the clock goes on', () => {
    const short = lane()
    short.take(batch(0, N, true))
    short.look(100)
    expect(short.cursor.visit).toBe(N)
    expect(Array.from(short.energies.between(0, N).y.slice(-1))).toEqual([-N])
  })

  it('has its energy between 1 at the cue and 0 at the least', () => {
    const short = lane()
    expect(short.normalised(0)).toBe(0)
    short.take(batch(0, 4, true))
    expect([0, -2, -4].map((energy) => short.normalised(energy))).toEqual([1, 0.5, 0])
  })
})
