/** Parallel coordinates of a long list: where values lie, what brushes let through, and how little is drawn. */
import { describe, expect, it } from 'vitest'
import { axisOf, nearestTick } from '../../../src/renderer/rooms/runs/parallel/axes'
import { roomsOfNames } from '../../../src/renderer/rooms/runs/parallel/draw-axes'
import { brushedRuns, isWholeAxis, movedEnd } from '../../../src/renderer/rooms/runs/parallel/brushes'
import {
  drawSegments,
  nearestRun,
  pixelRows,
  PORTION,
  segmentsBetween,
} from '../../../src/renderer/rooms/runs/parallel/segments'
import type { Pen } from '../../../src/renderer/saving/picture'

const numbers = (name: string, ...values: number[]) => ({ name, values: Float64Array.from(values), words: null })
const cells = { name: 'cell', values: Float64Array.of(1, 0, NaN), words: ['gru', 'lstm'] }

describe('an axis', () => {
  it('has few values side by side, words and numbers alike, and nothing where there is nothing', () => {
    expect(axisOf(cells, String)).toMatchObject({
      places: Float32Array.of(1, 0, NaN),
      ticks: [
        { text: 'gru', place: 0 },
        { text: 'lstm', place: 1 },
      ],
      stops: [0, 0.5, 1],
    })
    expect([...axisOf(numbers('hidden', 64, 256, 128, 64), String).places]).toEqual([0, 1, 0.5, 0])
    expect([...axisOf(numbers('seed', 3, 3), String).places]).toEqual([0.5, 0.5])
  })

  it('has many values on a scale, tenfold the same distance where they span far', () => {
    const even = axisOf(numbers('loss', ...Array.from({ length: 11 }, (_, i) => 1 + i / 10)), String)
    expect(even.places[5]).toBeCloseTo(0.5)
    const rates = axisOf(numbers('learningRate', ...Array.from({ length: 9 }, (_, i) => 10 ** (i - 8))), String)
    expect(rates.places[4]).toBeCloseTo(0.5)
    expect(nearestTick(rates, 0.02)).toBe('1e-8')
  })
})

describe('names of axes', () => {
  it('have more than their share beside short ones, and never less than it', () => {
    expect(roomsOfNames([20, 110, 20], 100)).toEqual([92, 164, 92])
    expect(roomsOfNames([100, 100, 30], 100)).toEqual([92, 92, 92])
  })
})

describe('brushes', () => {
  const hidden = axisOf(numbers('hidden', 64, 128, 256, 64), String)
  const loss = axisOf(numbers('loss', 1, 2, 3, NaN), String)

  it('let a run through that lies within all of them', () => {
    const within = (brushes: [string, { low: number; high: number }][]) => [
      ...brushedRuns([hidden, loss], new Map(brushes), 4),
    ]
    expect(within([])).toEqual([1, 1, 1, 1])
    expect(within([['hidden', { low: 0, high: 0.5 }]])).toEqual([1, 1, 0, 1])
    expect(within([['loss', { low: 0, high: 1 }]])).toEqual([1, 1, 1, 0])
    expect(
      within([
        ['hidden', { low: 0, high: 0.5 }],
        ['loss', { low: 0.4, high: 1 }],
      ]),
    ).toEqual([0, 1, 0, 0])
    expect(within([['gone', { low: 2, high: 3 }]])).toEqual([1, 1, 1, 1])
  })

  it('are moved end by end from stop to stop, and an end never passes the other', () => {
    const whole = { low: 0, high: 1 }
    expect(movedEnd(hidden, whole, 'high', -1)).toEqual({ low: 0, high: 0.75 })
    expect(movedEnd(hidden, { low: 0, high: 0.25 }, 'low', 5)).toEqual({ low: 0.25, high: 0.25 })
    expect(isWholeAxis(movedEnd(hidden, { low: 0.25, high: 1 }, 'low', -99))).toBe(true)
  })
})

/** Counts what is drawn. */
function countingPen() {
  const drawn = { strokes: 0, lines: 0, most: 0 }
  let inPath = 0
  const pen = {
    beginPath: () => (inPath = 0),
    moveTo: () => undefined,
    lineTo: () => (inPath += 1),
    stroke: () => {
      drawn.strokes += 1
      drawn.lines += inPath
      drawn.most = Math.max(drawn.most, inPath)
    },
  } as unknown as Pen
  return { pen, drawn }
}

describe('ten thousand lines', () => {
  const RUNS = 10_000
  const HEIGHT = 200
  const spread = (name: string, different: number) =>
    axisOf(numbers(name, ...Array.from({ length: RUNS }, (_, i) => ((i * 7919) % RUNS) % different)), String)

  it('are drawn once for those that cannot be told apart, in portions', () => {
    const axes = [spread('cell', 4), spread('hidden', 5), spread('loss', RUNS)]
    const { pen, drawn } = countingPen()
    const portions = drawSegments(pen, axes, { x: [0, 100, 200], top: 0, height: HEIGHT }, '#000000')
    let count = 0
    for (const _portion of portions) count += 1
    expect(drawn.strokes).toBe(count)
    expect(drawn.most).toBeLessThanOrEqual(PORTION)
    expect(drawn.lines).toBeLessThanOrEqual(4 * 5 + 5 * HEIGHT)
  })

  it('count every run that goes the same way, and leave out those that are brushed away or have nothing', () => {
    const rows = pixelRows(Float32Array.of(0, 0, 1, NaN, 0), 11)
    expect([...rows]).toEqual([10, 10, 0, -1, 10])
    const { left, right, count } = segmentsBetween(rows, rows, 11, Uint8Array.of(1, 1, 1, 1, 0))
    expect([left, right, count]).toEqual([
      [10, 0],
      [10, 0],
      [2, 1],
    ])
  })
})

describe('a click', () => {
  it('finds the nearest line that is not brushed away', () => {
    const axes = [axisOf(numbers('a', 0, 1), String), axisOf(numbers('b', 1, 0), String)]
    const layout = { x: [0, 100], top: 10, height: 101 }
    const at = (x: number, y: number, within = Uint8Array.of(1, 1)) => nearestRun(axes, layout, { x, y }, within, 6)
    expect(at(10, 102)).toBe(0)
    expect(at(10, 20)).toBe(1)
    expect(at(50, 60, Uint8Array.of(0, 1))).toBe(1)
    expect(at(10, 60)).toBeNull()
    expect(at(140, 60)).toBeNull()
  })
})
