/** An experiment in few words, whatever its kind and however little it has found. */
import { describe, expect, it } from 'vitest'
import { createFormatter } from '../../../src/renderer/i18n/format'
import { resultEntries, resultLines, settingEntries } from '../../../src/renderer/rooms/runs/experiment-entries'
import { messages } from '../../../src/renderer/i18n'
import type { ExperimentSummary, KeptExperiment } from '../../../src/shared'
import { DEFAULT_RECALL, LETTERS_SET } from '../../lab/support/patterns'

const format = createFormatter('en', (key) => key)
const capacity = (loads: readonly number[]): ExperimentSummary => ({
  kind: 'capacity',
  summary: {
    points: loads.map((load) => ({ load, patterns: 1, overlap: 1 - load, deviation: 0, stable: 0.5, recalled: load })),
  },
})
const landscape = (energy: readonly (readonly number[] | null)[]): ExperimentSummary => ({
  kind: 'landscape',
  summary: { energy, bipolar: energy, axes: null, path: [] },
})

describe('what an experiment found', () => {
  it('is lines over ascending loads or shares', () => {
    expect(resultLines(capacity([0.3, 0.1]))).toEqual([
      { name: 'overlap', x: [0.1, 0.3], y: [0.9, 0.7] },
      { name: 'stable', x: [0.1, 0.3], y: [0.5, 0.5] },
      { name: 'recalled', x: [0.1, 0.3], y: [0.1, 0.3] },
    ])
    const points = [{ flipped: 0.2, recalled: 0.5, low: 0.4, high: 0.6 }]
    expect(resultLines({ kind: 'basin', summary: { points } }).map(({ name, y }) => [name, y[0]])).toEqual([
      ['recalled', 0.5],
      ['low', 0.4],
      ['high', 0.6],
    ])
    expect(resultLines(landscape([]))).toEqual([])
  })

  it('is else a few named numbers', () => {
    const parts = [{ name: 'A', sign: 1 } as const, { name: 'B', sign: -1 } as const]
    const attractors = [{ share: 0.25, kind: 'mixture', patterns: parts, rows: null } as const]
    expect(resultEntries({ kind: 'attractors', summary: { attractors } }, format)).toEqual([
      ['mixture', '25.0\u2009% A −B'],
    ])
    expect(resultEntries(landscape([null, [1, -2]]), format).slice(0, 2)).toEqual([
      ['least', '−2.00'],
      ['most', '1.00'],
    ])
    const match = { kind: 'stored', pattern: 'A', overlap: 1, patterns: parts.slice(0, 1) } as const
    const summary = { rows: ['#'], energy: [0, -1], sweeps: 2, converged: true, cycle: 0, match } as const
    expect(resultEntries({ kind: 'recall', summary }, format)).toEqual([
      ['stored', 'A'],
      ['overlap', '1.000'],
      ['sweeps', '2'],
      ['end', '−1.00'],
    ])
  })

  it('may be nothing yet', () => {
    expect(resultLines(capacity([])).every(({ x }) => x.length === 0)).toBe(true)
    expect(resultEntries({ kind: 'recall', summary: null }, format)).toEqual([])
    expect(resultEntries(landscape([null]), format).map(([, value]) => value)).toEqual(['–', '–', '–', '–'])
  })
})

describe('what was asked', () => {
  const kept = { run: 'r', status: 'finished', seed: 7, trials: 1, totalTrials: 1, result: null } as const
  const RECALL = { kind: 'recall', set: LETTERS_SET, settings: DEFAULT_RECALL, cue: { from: 'A', corrupt: 0 } } as const
  const CAPACITY: KeptExperiment['settings'] = {
    kind: 'capacity',
    neurons: 100,
    loads: [0.1],
    rule: 'dense',
    bias: 'none',
    degree: 3,
    beta: 1,
    update: 'asynchronous',
    maxSweeps: 100,
    corrupt: 0.1,
    trials: 1,
    cues: 20,
    seed: 7,
  }

  it.each([RECALL, CAPACITY])('has words in the room ($kind)', (settings) => {
    const entries = settingEntries({ ...kept, settings })
    expect(entries).toContainEqual(['seed', '7'])
    for (const [name] of entries) expect(Object.keys(messages.en.runs.setting)).toContain(name)
  })
})
