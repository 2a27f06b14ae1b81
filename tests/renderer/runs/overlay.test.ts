/** Curves over each other: styles that differ, values between points, groups of seeds and their band; parallel axes. */
import { describe, expect, it } from 'vitest'
import {
  bandOf,
  lineLabels,
  lineStyle,
  lossCeiling,
  seedGroups,
  valueAt,
  xOf,
} from '../../../src/renderer/rooms/runs/compare/overlay'
import { comparedSettings, parallelAxes } from '../../../src/renderer/rooms/runs/compare/parallel'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { ComparedCurve, RunComparison, RunDetail } from '../../../src/shared'

describe('twenty runs', () => {
  it('are told apart by hue and dash together', () => {
    const styles = Array.from({ length: 20 }, (_, i) => JSON.stringify(lineStyle(i)))
    expect(new Set(styles).size).toBe(20)
    expect(lineStyle(0)).toEqual({ colour: 'series-1', dash: [] })
  })
})

describe('names at the ends of lines', () => {
  it('leave out what all of them begin with', () => {
    const names = ['1 Lighthouse · GRU 64 · rate 0.008', '2 Lighthouse · GRU 64', '3 Lighthouse · window 8']
    expect(lineLabels(names)).toEqual(['1 GRU 64 · rate 0.008', '2 GRU 64', '3 window 8'])
    expect(lineLabels(['1 사과 · GRU · 시드 1', '2 사과 · GRU · 시드 2'])).toEqual(['1 시드 1', '2 시드 2'])
    expect(lineLabels(['1 one', '2 one', 'none'])).toEqual(['1 one', '2 one', 'none'])
    expect(lineLabels(['1 alone · at sea'])).toEqual(['1 alone · at sea'])
    expect(lineLabels(['1 알아보기 어려울 만큼 긴 이름'], 10)).toEqual(['1 알아보기 어려…'])
    expect(lineLabels([])).toEqual([])
  })
})

describe('the axis of the losses', () => {
  it('ends where the runs do that stayed within bounds', () => {
    const line = (hasDiverged: boolean, ...y: number[]) => ({ hasDiverged, y })
    expect(lossCeiling([line(false, 4.1, 2), line(true, 4.3, 6e28), line(false, NaN, 3)])).toBe(4.5)
    expect(lossCeiling([line(false, 4.1), line(false, 70)])).toBeUndefined()
    expect(lossCeiling([line(true, 6e28)])).toBeUndefined()
  })
})

describe('the cursor', () => {
  it('reads between points, over gaps, and nothing outside', () => {
    const x = [0, 10, 20, 30]
    expect(valueAt(x, [0, 1, 2, 3], 15)).toBe(1.5)
    expect(valueAt(x, [0, Number.NaN, 2, 3], 10)).toBe(1)
    expect(valueAt(x, [0, 1, 2, 3], 31)).toBeNaN()
    expect(valueAt([], [], 0)).toBeNaN()
  })

  it('stands over steps, tokens or seconds', () => {
    const curve = {
      step: Float64Array.of(1, 2),
      seconds: Float64Array.of(0.5, 1),
      tokensPerStep: 100,
    } as unknown as ComparedCurve
    expect([...xOf(curve, 'characters')]).toEqual([100, 200])
    expect([...xOf(curve, 'time')]).toEqual([0.5, 1])
  })
})

describe('seeds', () => {
  const detail = (run: string, changes: object, sha256 = 'x'): RunDetail =>
    ({ run, configuration: { ...DEFAULT_CONFIGURATION, ...changes }, corpora: [{ sha256 }] }) as unknown as RunDetail

  it('group runs of one setting and text', () => {
    const details = [
      detail('a', { seed: 1 }),
      detail('b', { hidden: 64 }),
      detail('c', { seed: 2, kernel: 'simd' }),
      detail('d', { seed: 3 }, 'y'),
    ]
    expect(seedGroups(details)).toEqual([[0, 2], [1], [3]])
  })

  it('have a mean and a band of one standard deviation where all of them are', () => {
    const { x, mean, low, high } = bandOf([
      { x: [0, 100], y: [1, 3] },
      { x: [0, 50], y: [3, 4] },
    ])
    expect([x[0], x.at(-1)]).toEqual([0, 50])
    expect(mean[0]).toBe(2)
    expect(high[0] - low[0]).toBeCloseTo(2 * Math.SQRT2, 12)
    expect(bandOf([{ x: [], y: [] }]).x).toHaveLength(0)
  })
})

describe('parallel coordinates', () => {
  it('have an axis a setting that differs, numbers to scale and words in a row, and the loss last', () => {
    const comparison: RunComparison = {
      runs: ['a', 'b', 'c'],
      names: ['a', 'b', 'c'],
      settings: [
        { name: 'hidden', values: [64, 128, 96] },
        { name: 'cell', values: ['lstm', 'gru', 'lstm'] },
        { name: 'sha256', values: ['x', 'y', 'z'] },
      ],
      metrics: [{ name: 'bestValidationLoss', values: [1, null, 2], best: ['a'] }],
    }
    const words = { loss: String, number: String, word: (_: string, value: string) => value }
    const axes = parallelAxes(comparison, comparedSettings(comparison), words)
    expect(axes.map(({ name, places }) => [name, places])).toEqual([
      ['hidden', [0, 1, 0.5]],
      ['cell', [1, 0, 1]],
      ['bestValidationLoss', [0, null, 1]],
    ])
  })
})
