/** The Gradient view's numbers and lines. */
import { describe, expect, it } from 'vitest'
import {
  axisEnds,
  boundPowers,
  clippingOf,
  lengthText,
  lightOf,
  lostAt,
  powersOf,
} from '../../../src/renderer/rooms/inspect/gradient/gradient-curves'
import { powerOfTen } from '../../../src/renderer/i18n/power-of-ten'
import { linesOf } from '../../../src/renderer/rooms/inspect/gradient/gradient-series'
import type { Words } from '../../../src/renderer/rooms/inspect/gradient/gradient-series'
import type { GradientReport } from '../../../src/shared'

const REPORT: GradientReport = {
  cell: 'vanilla',
  layers: 1,
  hidden: 2,
  step: 5,
  at: 3,
  read: 'b',
  target: 'c',
  total: [Float64Array.of(1, 0.1, 1e-40)],
  cellTotal: null,
  throughHidden: null,
  throughCell: null,
  singularValues: [0.5],
}
const LSTM: GradientReport = {
  ...REPORT,
  cell: 'lstm',
  layers: 2,
  total: [Float64Array.of(0.5, 0.4, 0.3), Float64Array.of(1, 0.2, 0.1)],
  cellTotal: [new Float64Array(3), Float64Array.of(2, 1, 0.5)],
  throughHidden: [new Float64Array(3), Float64Array.of(1, 0.01, 1e-4)],
  throughCell: [new Float64Array(3), Float64Array.of(2, 0.9, 0.4)],
  singularValues: null,
}
const WORDS: Words = {
  run: (of, stage) => `${of} ${stage}`,
  layer: (layer) => `layer ${layer}`,
  way: (way) => way,
  bound: (sigma) => `bound ${sigma}`,
  cut: (sequence) => `cut ${sequence}`,
}

describe('lengths', () => {
  it('are powers of ten down to the axis’ end', () => {
    expect(Array.from(powersOf([10, 1e-30, 1e-31, 0, Infinity, NaN]))).toEqual([1, -30, NaN, NaN, NaN, NaN])
    expect([powerOfTen(-30), powerOfTen(0), powerOfTen(12)]).toEqual(['10⁻³⁰', '10⁰', '10¹²'])
    expect([lengthText(0), lengthText(0.00123456), lengthText(2)]).toEqual(['0', '1.235 · 10⁻³', '2.000 · 10⁰'])
  })

  it('are lost from where they stay below a thousandth, for good', () => {
    expect(lostAt([1, 0.5, 9e-4, 0.5, 9e-4, 1e-9])).toBe(4)
    expect(lostAt([1, 0.5, 0.1])).toBeNull()
    expect(lostAt([2, 1e-9, 0])).toBe(1)
    expect(lostAt([1])).toBeNull()
  })

  it('are light over the text that was read, none after it', () => {
    const light = Array.from(lightOf([1, 1e-3, 1e-6, 0], 4, 6))
    expect(light.slice(4)).toEqual([NaN, NaN])
    expect(light[0]).toBeNaN()
    expect(light.slice(1, 4).map((amount) => Number(amount.toFixed(9)))).toEqual([0, 0.5, 1])
  })

  it('of a bound fall by σ each step', () => {
    const bound = Array.from(boundPowers(100, 0.1, [0, 1, 5, 40]))
    expect(bound.map((power) => Math.round(power))).toEqual([2, 1, -3, NaN])
  })

  it('have an axis of few marks', () => {
    expect(axisEnds([[0.3, -1]])).toEqual({ yMin: -3, yMax: 1, yStep: 1 })
    expect(axisEnds([[-29.9, NaN]])).toEqual({ yMin: -30, yMax: 0, yStep: 5 })
    expect(axisEnds([])).toEqual({ yMin: -3, yMax: 0, yStep: 1 })
  })

  it('that were clipped are a share of the recorded points', () => {
    const curve = { gradientNorm: Float64Array.of(1, 6, NaN, 12, 2) }
    expect(clippingOf(curve, 5)).toEqual({ clip: 5, share: 0.5, points: 4, longest: 12 })
    expect(clippingOf(curve, 0)).toBeNull()
    expect(clippingOf({ gradientNorm: Float64Array.of(NaN) }, 5)).toBeNull()
  })
})

describe('lines', () => {
  const labels = (lines: ReturnType<typeof linesOf>) => lines.map(({ series }) => series.label)
  const found = [
    { of: 'a', stage: 'trained', report: REPORT, error: null },
    { of: 'a', stage: 'initial', report: null, error: null },
    { of: 'b', stage: 'trained', report: LSTM, error: null },
    { of: 'b', stage: 'initial', report: LSTM, error: null },
  ] as const

  it('of runs: fresh ones dashed in the colour of the same run; a bound; where training cuts', () => {
    const lines = linesOf({ mode: 'runs', own: REPORT, found, sequence: 2 }, WORDS)
    expect(labels(lines)).toEqual(['a trained', 'b trained', 'b initial', 'bound 0.5', 'cut 2'])
    expect(lines[1].series.colour).toBe(lines[2].series.colour)
    expect(lines[0].series.colour).not.toBe(lines[1].series.colour)
    expect([lines[1].series.dash, lines[2].series.dash]).toEqual([[], [3, 3]])
    expect(lines[1].norms).toBe(LSTM.total[1])
    const far = linesOf({ mode: 'runs', own: REPORT, found, sequence: 3 }, WORDS)
    expect(labels(far)).not.toContain('cut 3')
  })

  it('of layers and of LSTM’s ways', () => {
    const choice = { own: LSTM, found, sequence: null } as const
    expect(labels(linesOf({ ...choice, mode: 'layers' }, WORDS))).toEqual(['layer 0', 'layer 1'])
    const ways = linesOf({ ...choice, mode: 'ways' }, WORDS)
    expect(labels(ways)).toEqual(['total', 'cellTotal', 'throughCell', 'throughHidden'])
    expect(ways[3].norms).toBe(LSTM.throughHidden?.[1])
    expect(linesOf({ ...choice, own: null, mode: 'ways' }, WORDS)).toEqual([])
  })
})
