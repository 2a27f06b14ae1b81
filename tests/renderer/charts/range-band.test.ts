/** The band behind a curve: of one kind along the whole run, and nothing where a run has no ranges. */
import { describe, expect, it } from 'vitest'
import { bestMark } from '../../../src/renderer/charts/best-mark'
import { endsOf, inTens, RangeBands, withoutRange } from '../../../src/renderer/charts/range-band'

/** Losses of single steps are noise around 2; a point after step 1,000 is the mean of ten, with their range. */
function runOf(points: number, hasRange = true) {
  const step = Float64Array.from({ length: points }, (_, i) => (i < 1000 ? i + 1 : 1000 + 10 * (i - 999)))
  const noise = (at: number): number => 2 + 0.5 * Math.sin(at * 12.9898)
  const ten = (i: number) => Array.from({ length: 10 }, (_, k) => noise(step[i] - k))
  const single = (i: number, of: (values: number[]) => number): number => (i < 1000 ? noise(step[i]) : of(ten(i)))
  const column = (of: (values: number[]) => number) => step.map((_, i) => single(i, of))
  const none = step.map(() => NaN)
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    step,
    x: step,
    loss: column(mean),
    min: hasRange ? column((values) => Math.min(...values)) : none,
    max: hasRange ? column((values) => Math.max(...values)) : none,
  }
}
const meanWidth = (band: { low: readonly number[]; high: readonly number[]; x: readonly number[] }, from: number) => {
  const widths = band.x.flatMap((x, i) => (x > from && x <= from + 1000 ? [band.high[i] - band.low[i]] : []))
  return widths.reduce((sum, width) => sum + width, 0) / widths.length
}

describe('the band of a curve', () => {
  it('is as wide before step 1,000, where a point is a step, as after it, where a point is ten', () => {
    const band = new RangeBands(runOf(1100)).within(null)
    expect(band?.x[0]).toBe(1)
    expect(band?.x.slice(1, 4)).toEqual([10, 20, 30])
    expect(band?.x.at(-1)).toBe(2000)
    const [before, after] = [
      meanWidth(band ?? { x: [], low: [], high: [] }, 0),
      meanWidth(band ?? { x: [], low: [], high: [] }, 1000),
    ]
    expect(before / after).toBeGreaterThan(0.95)
    expect(before / after).toBeLessThan(1.05)
  })

  it('of a run without ranges is none: its line stands alone', () => {
    const run = runOf(1100, false)
    expect(new RangeBands(run).within(null)).toBeNull()
    expect(withoutRange(run.loss, run.min)).toEqual(run.loss)
  })

  it('takes the place of the single losses only where it is', () => {
    const { loss, min } = runOf(30)
    min.fill(NaN, 0, 10)
    expect([...withoutRange(loss, min)].filter(Number.isFinite)).toEqual([...loss.subarray(0, 10)])
  })

  it('of a long run keeps its extremes in few points, also in a stretch of it', () => {
    const run = runOf(60_000)
    run.max[40_000] = 99
    const band = new RangeBands(run).within(null)
    expect(band?.x.length).toBeLessThan(1000)
    expect(Math.max(...(band?.high ?? []))).toBe(99)
    const seen = { from: run.x[39_990], to: run.x[40_010] }
    const close = new RangeBands(run).within(seen)
    expect(close?.x.length).toBeLessThan(30)
    expect(Math.max(...(close?.high ?? []))).toBe(99)
    expect(close?.x[0]).toBeLessThanOrEqual(seen.from)
    expect(close?.x.at(-1)).toBeGreaterThanOrEqual(seen.to)
  })

  it('has a counterpart for values without ranges: means of ten from the beginning', () => {
    const { step, loss } = runOf(1100)
    const even = inTens(step, loss)
    expect([...even.x.subarray(98, 102)]).toEqual([990, 1000, 1010, 1020])
    expect(even.y[0]).toBeCloseTo(loss.subarray(0, 10).reduce((sum, value) => sum + value) / 10, 12)
    expect(even.y[100]).toBe(loss[1000])
    const short = runOf(700)
    expect(inTens(short.step, short.loss)).toEqual({ x: short.step, y: short.loss })
  })

  it('tells between which values it lies', () => {
    expect(endsOf([{ x: [1, 2], low: [1, 0.5], high: [2, 3] }])).toEqual({ yMin: 0.5, yMax: 3 })
    expect(endsOf([])).toEqual({})
  })
})

describe('the mark of the best step', () => {
  const curve = { step: Float64Array.of(10, 20, 30, 40), validationLoss: Float64Array.of(NaN, NaN, 1.5, 2) }
  const t = (key: string, named: Record<string, unknown>) => `${key} ${String(named.step)}`
  const mark = (bestStep: number | null) =>
    bestMark({ bestStep, bestValidationLoss: bestStep && 1.5 }, curve, curve.step, (loss) => loss * 2, t, {
      whole: String,
    })

  it('is a ring at the point that keeps its validation', () => {
    const expected = [{ x: 30, label: 'chart.best 25', point: { y: 3, colour: 'series-2' } }]
    expect(mark(25)).toEqual(expected)
  })

  it('is none before there is a best step, or its point', () => {
    expect(mark(null)).toEqual([])
    expect(mark(41)).toEqual([])
  })
})
