/** An experiment in a few words: what was asked, and what it found, as names (keys of the messages) and values. */
import type { ExperimentSummary, KeptExperiment, RecallVerdict } from '../../../shared'
import type { Formatter } from '../../i18n/format'

export type Entry = readonly [name: string, value: string]

/** What made it. */
export function settingEntries({ settings, seed }: KeptExperiment): readonly Entry[] {
  if (settings.kind === 'capacity') {
    const { rule, neurons, update, corrupt, cues } = settings
    return [
      ['rule', rule],
      ['neurons', String(neurons)],
      ['update', update],
      ['corrupt', String(corrupt)],
      ['cues', String(cues)],
      ['seed', String(seed)],
    ]
  }
  const { set, settings: recall } = settings
  return [
    ['rule', recall.rule],
    ['neurons', `${set.width} × ${set.height}`],
    ['patterns', String(set.patterns.length)],
    ['update', recall.update],
    ['temperature', String(recall.temperature)],
    ['seed', String(seed)],
  ]
}

/** Columns of a line chart, x ascending. */
export interface ResultLine {
  readonly name: 'overlap' | 'stable' | 'recalled' | 'low' | 'high'
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** What capacity and basin found, as lines; nothing for the others. */
export function resultLines(result: ExperimentSummary): readonly ResultLine[] {
  if (result.kind === 'capacity') {
    const points = [...result.summary.points].sort((a, b) => a.load - b.load)
    const x = points.map(({ load }) => load)
    return (['overlap', 'stable', 'recalled'] as const).map((name) => ({
      name,
      x,
      y: points.map((point) => point[name]),
    }))
  }
  if (result.kind === 'basin') {
    const points = [...result.summary.points].sort((a, b) => a.flipped - b.flipped)
    const x = points.map(({ flipped }) => flipped)
    return (['recalled', 'low', 'high'] as const).map((name) => ({ name, x, y: points.map((point) => point[name]) }))
  }
  return []
}

const SHOWN = 12

/** A, −B, C: the patterns something is made of. */
function parts(patterns: RecallVerdict['patterns']): string {
  return patterns.map(({ name, sign }) => (sign < 0 ? `−${name}` : name)).join(' ')
}

/** What the others found, a line each: the attractors by their shares, the heights of a landscape, a recall's end. */
export function resultEntries(result: ExperimentSummary, format: Formatter): readonly Entry[] {
  if (result.kind === 'attractors') {
    return result.summary.attractors
      .slice(0, SHOWN)
      .map(({ share, kind, patterns }) => [kind, `${format.percent(share, 1)} ${parts(patterns)}`.trim()])
  }
  if (result.kind === 'landscape') {
    const { energy, path } = result.summary
    const heights = energy.flatMap((row) => row ?? [])
    const least = heights.reduce((a, b) => Math.min(a, b), Infinity)
    const most = heights.reduce((a, b) => Math.max(a, b), -Infinity)
    return [
      ['least', format.fixed(least, 2)],
      ['most', format.fixed(most, 2)],
      ['cue', format.fixed(path[0]?.energy, 2)],
      ['end', format.fixed(path.at(-1)?.energy, 2)],
    ]
  }
  if (result.kind === 'recall' && result.summary !== null) {
    const { match, sweeps, energy } = result.summary
    return [
      [match.kind, parts(match.patterns)],
      ['overlap', format.fixed(match.overlap, 3)],
      ['sweeps', format.whole(sweeps)],
      ['end', format.fixed(energy.at(-1), 2)],
    ]
  }
  return []
}
