/** Runs side by side: the settings in which they differ, and their results with the best of each marked. */
import type { RunDetail, RunId } from './run'

export const FEWEST_COMPARED = 2
export const MOST_COMPARED = 20

type Value = string | number | boolean | null

export interface ComparedSetting {
  readonly name: string
  /** In the order of the runs. */
  readonly values: readonly Value[]
}

export interface ComparedMetric {
  readonly name: string
  readonly values: readonly (number | null)[]
  /** The runs with the best value, several where they are equal; none where there is nothing to tell apart. */
  readonly best: readonly RunId[]
}

export interface RunComparison {
  readonly runs: readonly RunId[]
  readonly names: readonly string[]
  /** Only those that differ. */
  readonly settings: readonly ComparedSetting[]
  readonly metrics: readonly ComparedMetric[]
}

const METRICS = [
  ['trainLoss', 'low'],
  ['validationLoss', 'low'],
  ['bestValidationLoss', 'low'],
  ['charactersPerSecond', 'high'],
  ['seconds', 'low'],
  ['steps', null],
  ['parameters', null],
] as const

export function compareRuns(runs: readonly RunDetail[]): RunComparison {
  return {
    runs: runs.map(({ run }) => run),
    names: runs.map(({ name }) => name),
    settings: differingSettings(runs),
    metrics: METRICS.map(([name, better]) => {
      const values = runs.map((run) => run[name])
      return { name, values, best: better === null ? [] : bestOf(runs, values, better) }
    }),
  }
}

/** What decides a run's bits: its text, its configuration, and what `auto` came to. */
function settingsOf(run: RunDetail): Readonly<Record<string, Value>> {
  const { rateChanges = [], ...configuration } = run.configuration ?? {}
  return {
    corpus: run.corpora.map(({ name }) => name).join(' + ') || null,
    sha256: run.corpora.map(({ sha256 }) => sha256).join(' + ') || null,
    kind: run.kind,
    cell: run.cell,
    hidden: run.hidden,
    layers: run.layers,
    ...configuration,
    rateChanges: rateChanges.map(({ after, learningRate }) => `${learningRate} after ${after}`).join(', ') || null,
    kernel: run.kernel,
    workers: run.workers,
  }
}

function differingSettings(runs: readonly RunDetail[]): readonly ComparedSetting[] {
  const settings = runs.map(settingsOf)
  const names = new Set(settings.flatMap((each) => Object.keys(each)))
  return [...names]
    .map((name) => ({ name, values: settings.map((each) => each[name] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== values[0]))
}

function bestOf(runs: readonly RunDetail[], values: readonly (number | null)[], better: 'low' | 'high'): RunId[] {
  const known = values.filter((value) => value !== null)
  if (known.length < 2 || known.every((value) => value === known[0])) return []
  const best = better === 'low' ? Math.min(...known) : Math.max(...known)
  return runs.filter((_, i) => values[i] === best).map(({ run }) => run)
}
