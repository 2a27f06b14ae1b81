/** Accuracy against distance: the setting, the picture's lines, and where networks part. */
import { describe, expect, it } from 'vitest'
import { distanceChart } from '../../../src/renderer/rooms/train/memory/distance-chart'
import {
  commonRange,
  memoryResults,
  partingOf,
  sharesByPart,
} from '../../../src/renderer/rooms/train/memory/memory-results'
import type { MemoryRun } from '../../../src/renderer/rooms/train/memory/memory-results'
import { memorySetting, VARIANTS } from '../../../src/renderer/rooms/train/memory/memory-setting'
import { isSingleDistance, testedDistances } from '../../../src/renderer/rooms/train/memory/tested-distances'
import type { TaskAnswers } from '../../../src/shared'
import { nextGroup } from '../../../src/renderer/rooms/train/group/group'

const [vanilla, , , , open] = VARIANTS
const run = (name: string, distance: number, variant = vanilla, right: number | null = null): MemoryRun => {
  const trained = { shortest: distance, longest: distance }
  const answers = right === null ? null : answersOf([[distance, right]])
  return { run: name, trained, tested: [distance], variant, answers }
}
/** Right answers of 200, at each distance. */
function answersOf(found: readonly (readonly [number, number])[]): TaskAnswers {
  const distances = found.map(([distance, right]) => ({ distance, right, answers: 200, share: right / 200 }))
  const right = distances.reduce((sum, one) => sum + one.right, 0)
  return { right, answers: 200 * found.length, chance: 1 / 8, distances }
}
const RANGE = { shortest: 4, longest: 6 }
const ofRange = (name: string, variant: MemoryRun['variant'], rights: readonly number[]): MemoryRun => {
  const tested = [2, 4, 5, 6, 9]
  const answers = rights.length === 0 ? null : answersOf(rights.map((right, place) => [tested[place], right]))
  return { run: name, trained: RANGE, tested, variant, answers }
}

describe('the setting', () => {
  it('lets the gradient reach beyond the longest distance, with as many tokens a step', () => {
    for (const longest of [5, 40, 90, 300]) {
      const { batch, sequence } = memorySetting(longest, 4000, 1)
      expect(sequence).toBeGreaterThan(longest + 3)
      expect(batch * sequence).toBeGreaterThan(1500)
      expect(batch * sequence).toBeLessThan(2600)
    }
    expect(memorySetting(40, 4000, 1)).toMatchObject({ batch: 32, sequence: 64 })
  })
})

describe('what was found', () => {
  it('is a line a network, with its distances in order', () => {
    const runs = [run('b', 40, vanilla, 26), run('a', 20, vanilla, 200), run('c', 20, open), run('d', 40, open, 198)]
    const { distances, lines } = memoryResults(runs)
    expect(distances).toEqual([20, 40])
    expect(lines.map(({ shares }) => shares)).toEqual([
      [1, 0.13],
      [NaN, 0.99],
    ])
    expect(lines.map(({ runs: own }) => own)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('is the mean over seeds of those that are known', () => {
    const { lines } = memoryResults([run('a', 20, vanilla, 100), run('b', 20, vanilla, 200), run('c', 20)])
    expect(lines).toHaveLength(1)
    expect(lines[0].shares).toEqual([0.75])
  })

  it('parts at the longest distance that some remember and others do not', () => {
    const runs = [20, 40, 60].flatMap((distance) => [
      run(`v${distance}`, distance, vanilla, distance > 20 ? 25 : 200),
      run(`g${distance}`, distance, open, distance > 40 ? 120 : 199),
    ])
    const parting = partingOf(memoryResults(runs))
    expect(parting).toMatchObject({ distance: 40 })
    expect(parting?.remember.map(({ variant }) => variant)).toEqual([open])
    expect(parting?.fail.map(({ variant }) => variant)).toEqual([vanilla])
    expect(partingOf(memoryResults(runs.slice(0, 2)))).toBeNull()
  })
})

describe('networks that were trained on a range', () => {
  const runs = [
    ofRange('a', vanilla, [20, 200, 100, 0, 10]),
    ofRange('b', open, [180, 200, 200, 200, 100]),
    ofRange('c', open, [200, 200, 200, 200, 200]),
    ofRange('d', open, []),
  ]

  it('are a curve each, the mean over the seeds that are known', () => {
    const { distances, lines } = memoryResults(runs)
    expect(distances).toEqual([2, 4, 5, 6, 9])
    expect(lines.map(({ shares }) => shares)).toEqual([
      [0.1, 1, 0.5, 0, 0.05],
      [0.95, 1, 1, 1, 0.75],
    ])
    expect(lines.map(({ runs: own }) => own[0])).toEqual(['a', 'b'])
  })

  it('have a share below the range, within it and above it', () => {
    const { distances, lines } = memoryResults(runs)
    const parts = sharesByPart(lines[0], distances, RANGE)
    expect(parts.shorter).toBe(0.1)
    expect(parts.within).toBe(0.5)
    expect(parts.longer).toBe(0.05)
    const unknown = memoryResults(runs.slice(3))
    expect(sharesByPart(unknown.lines[0], distances, RANGE).within).toBeNaN()
  })

  it('have one range in common, or none', () => {
    expect(commonRange(runs)).toEqual(RANGE)
    expect(commonRange([...runs, run('e', 20)])).toBeNull()
    expect(commonRange([])).toBeNull()
  })
})

describe('the distances at which the room tests', () => {
  it('reach beyond the trained range on both sides', () => {
    expect(testedDistances('delay', { shortest: 4, longest: 16 })).toEqual(Array.from({ length: 24 }, (_, i) => i + 1))
    expect(testedDistances('delay', { shortest: 10, longest: 10 })).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
    expect(testedDistances('delay', { shortest: 1, longest: 1 })).toEqual([1, 2, 3])
    expect(testedDistances('brackets', { shortest: 4, longest: 8 })).toEqual([2, 4, 6, 8, 10, 12])
  })

  it('are few where they are long, with both ends of the range among them', () => {
    for (const range of [
      { shortest: 1, longest: 300 },
      { shortest: 37, longest: 41 },
      { shortest: 200, longest: 300 },
      { shortest: 9999, longest: 10_000 },
    ]) {
      for (const task of ['delay', 'brackets'] as const) {
        const tested = testedDistances(task, range)
        const even = (distance: number): number => (task === 'brackets' ? distance + (distance % 2) : distance)
        expect(tested).toContain(even(range.shortest))
        expect(tested).toContain(even(range.longest))
        expect(tested[0]).toBeLessThanOrEqual(even(range.shortest))
        if (range.longest < 10_000) expect(tested[tested.length - 1]).toBeGreaterThan(range.longest)
        expect(tested[tested.length - 1]).toBeLessThanOrEqual(10_000)
        expect(tested.length).toBeLessThanOrEqual(26)
        expect([...new Set(tested)].sort((a, b) => a - b)).toEqual(tested)
      }
    }
  })

  it('know where a network could count time instead', () => {
    expect(isSingleDistance('delay', { shortest: 10, longest: 10 })).toBe(true)
    expect(isSingleDistance('delay', RANGE)).toBe(false)
    expect(isSingleDistance('brackets', { shortest: 9, longest: 10 })).toBe(true)
  })
})

describe('the chart', () => {
  const chartOf = (trained: { shortest: number; longest: number } | null, chance: number | null) =>
    distanceChart({
      lines: [{ label: 'GRU', colour: 'series-1', shares: [0.1, 1, 0.9] }],
      distances: [2, 4, 9],
      chance,
      trained,
      words: { distance: 'Distance', chance: 'chance', trained: 'trained on 4-6' },
      formatX: String,
      formatY: String,
    })

  it('draws chance across and marks the trained range', () => {
    const chart = chartOf(RANGE, 1 / 8)
    expect(chart.series[0]).toMatchObject({ x: [2, 4, 9], y: [0.1, 1, 0.9], dots: true })
    expect(chart.floors).toEqual([{ y: 1 / 8, label: 'chance' }])
    expect(chart.bands).toMatchObject([{ x: [4, 6], low: [0, 0], high: [1, 1] }])
    expect(chart.marks).toEqual([
      { x: 4, label: 'trained on 4-6' },
      { x: 6, label: '' },
    ])
  })

  it('marks a single distance by one line, and leaves out what is not known', () => {
    const chart = chartOf({ shortest: 4, longest: 4 }, null)
    expect([chart.bands, chart.floors]).toEqual([[], []])
    expect(chart.marks).toHaveLength(1)
    expect(chartOf(null, null).marks).toEqual([])
  })
})

describe('a group of memory runs', () => {
  it('has a tag of its own kind', () => {
    const rows = [{ tags: ['memory:1'] }, { tags: ['group:2'] }]
    expect(nextGroup(rows, 'memory')).toBe('memory:2')
    expect(nextGroup(rows, 'group')).toBe('group:1')
  })
})
