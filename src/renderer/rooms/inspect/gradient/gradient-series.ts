/** The lines of the Gradient view's chart: runs beside each other, the layers of one, or the ways through one LSTM. */
import type { LineSeries } from '../../../charts/line-chart'
import type { GradientReport } from '../../../../shared'
import { boundPowers, lagsOf, LEAST_POWER, powersOf } from './gradient-curves'
import type { AskedGradient } from './use-gradients'

export const MODES = ['runs', 'layers', 'ways'] as const
export type Mode = (typeof MODES)[number]

type SeriesColour = 'series-1' | 'series-2' | 'series-3' | 'series-4' | 'series-5'
const COLOURS: readonly SeriesColour[] = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5']
/** As initialised. */
const FRESH_DASH = [3, 3]
const DASHES: readonly (readonly number[])[] = [[], [8, 3], [2, 2], [8, 3, 2, 3]]

export type WayName = 'total' | 'cellTotal' | 'throughCell' | 'throughHidden'

export interface Words {
  readonly run: (of: string, stage: AskedGradient['stage']) => string
  readonly layer: (layer: number) => string
  readonly way: (way: WayName) => string
  readonly bound: (singularValue: number) => string
  readonly cut: (sequence: number) => string
}

export interface NamedLine {
  readonly series: LineSeries
  /** The lengths themselves, for a table. */
  readonly norms: ArrayLike<number> | null
}

const topOf = (layers: readonly Float64Array[]): Float64Array => layers[layers.length - 1]

function line(label: string, norms: Float64Array, colour: SeriesColour, dash: readonly number[]): NamedLine {
  return { norms, series: { label, colour, dash, named: true, width: 1.75, x: lagsOf(norms), y: powersOf(norms) } }
}

/** The colours of runs, in the order in which they are asked. */
export function colourOfRun(found: readonly AskedGradient[], of: string): SeriesColour {
  const runs = [...new Set(found.map((answer) => answer.of))]
  return COLOURS[Math.max(0, runs.indexOf(of)) % COLOURS.length]
}

function runLines(found: readonly AskedGradient[], words: Words): NamedLine[] {
  return found.flatMap(({ of, stage, report }) =>
    report
      ? [line(words.run(of, stage), topOf(report.total), colourOfRun(found, of), stage === 'initial' ? FRESH_DASH : [])]
      : [],
  )
}

function layerLines({ total }: GradientReport, words: Words): NamedLine[] {
  return total.map((norms, k) => line(words.layer(k), norms, COLOURS[k], DASHES[k % DASHES.length]))
}

function wayLines({ total, cellTotal, throughCell, throughHidden }: GradientReport, words: Words): NamedLine[] {
  const ways = { total, cellTotal, throughCell, throughHidden } as const
  const names = ['total', 'cellTotal', 'throughCell', 'throughHidden'] as const
  return names.flatMap((name, k) => {
    const layers = ways[name]
    return layers ? [line(words.way(name), topOf(layers), COLOURS[k], DASHES[k])] : []
  })
}

/** σ^k of one tanh layer; nothing for gates or for layers above each other, which it doesn't bound. */
export function boundLine(report: GradientReport, words: Words): NamedLine[] {
  if (report.singularValues?.length !== 1) return []
  const [sigma] = report.singularValues
  const [norms] = report.total
  const x = lagsOf(norms)
  const y = boundPowers(norms[0], sigma, x)
  const series = { label: words.bound(sigma), colour: 'soft', dash: [1, 3], named: true, width: 1.5, x, y } as const
  return [{ norms: null, series }]
}

function cutLine(sequence: number | null, lines: readonly NamedLine[], words: Words): NamedLine[] {
  const longest = Math.max(0, ...lines.map(({ series }) => series.x.length - 1))
  if (sequence === null || sequence > longest) return []
  const finite = lines.flatMap(({ series }) => Array.from(series.y)).filter(Number.isFinite)
  const [low, high] = [Math.min(...finite), Math.max(...finite)]
  const series = {
    label: words.cut(sequence),
    colour: 'line-strong',
    dash: [5, 3],
    width: 1,
    named: true,
    x: [sequence, sequence],
    y: [Math.max(low, LEAST_POWER), high],
  } as const
  return [{ norms: null, series }]
}

export interface LineChoice {
  readonly mode: Mode
  /** The run that is looked at, as it is now. */
  readonly own: GradientReport | null
  readonly found: readonly AskedGradient[]
  /** Steps that truncated back-propagation goes back at most; null: not known. */
  readonly sequence: number | null
}

export function linesOf({ mode, own, found, sequence }: LineChoice, words: Words): NamedLine[] {
  const lines =
    mode === 'runs'
      ? runLines(found, words)
      : !own
        ? []
        : mode === 'layers'
          ? layerLines(own, words)
          : wayLines(own, words)
  const bounded = own && mode !== 'ways' ? [...lines, ...boundLine(own, words)] : lines
  return [...bounded, ...cutLine(sequence, bounded, words)]
}
