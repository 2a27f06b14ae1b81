/** `runs list` and `runs show`. */
import type { ExperimentRequest, ExperimentSummary, RunDetail, RunPoint, RunRow } from '../../shared'
import { defineCommand } from '../frame/command'
import { flag } from '../frame/options'
import { asFilter } from './filter'
import { figure, shortened, table } from './visible'

/** Of a name and of tags, in columns: `runs show` tells them whole. */
const LONGEST_CELL = 40

export const runsList = defineCommand({
  name: 'runs list',
  summary: 'the runs, newest first, or those that a filter finds',
  example: `runs list 'cell:lstm hidden>=128 validationLoss<1.7 -status:crashed (corpus:a OR tag:"night run")'`,
  options: {
    deleted: flag('what is in the bin'),
    archived: flag('archived runs too'),
  },
  positionals: [{ name: 'FILTER', optional: true, mayBeginWithDash: true }],
  isShort: true,
  run: async ({ openLab, options, positionals: [filter = ''] }): Promise<readonly RunRow[]> => {
    const query = { filter: asFilter(filter), deleted: options.deleted, archived: options.archived }
    return (await openLab()).runs.list(query)
  },
  print: (rows) =>
    rows.length === 0
      ? 'There are no runs yet, or none that this finds: train one with "engram train --corpus FILE".'
      : table([
          ['run', 'kind', 'status', 'name', 'cell', 'hidden', 'steps', 'loss', 'held out', 'tags'],
          ...rows.map((row) => [
            row.starred ? `${row.run} ★` : row.run,
            row.kind,
            row.status,
            shortened(row.name, LONGEST_CELL),
            row.cell ?? '—',
            String(row.hidden ?? '—'),
            String(row.steps),
            figure(row.trainLoss),
            figure(row.validationLoss),
            shortened(row.tags.join(', '), LONGEST_CELL),
          ]),
        ]),
})

interface ShownRun extends RunDetail {
  readonly points: readonly RunPoint[]
  /** Of an experiment: what was asked … */
  readonly settings?: ExperimentRequest
  /** … and what the trials so far (`steps` of `totalSteps`) found. */
  readonly result?: ExperimentSummary['summary']
}

export const runsShow = defineCommand({
  name: 'runs show',
  summary: 'one run: its row, configuration and points',
  example: 'runs show RUN --json',
  options: {},
  positionals: [{ name: 'RUN' }],
  isShort: true,
  run: async ({ openLab, positionals: [run] }): Promise<ShownRun> => {
    const lab = await openLab()
    const detail = await lab.runs.show(run)
    const shown = { ...detail, points: await lab.runs.points(run) }
    if (detail.kind === 'training') return shown
    const { settings, result } = await lab.experiments.show(run)
    return { ...shown, settings, result: result?.summary ?? null }
  },
  print: (run) => {
    const { configuration, points, corpora, machine: _machine, versions: _versions, settings, result, ...row } = run
    if (settings !== undefined) {
      const asked = Object.entries(settings).filter(([, value]) => typeof value !== 'object')
      const lines = [...Object.entries(row), ...asked].map(([key, value]) => [
        key,
        value === null ? '—' : String(value),
      ])
      return `${table(lines)}\n${JSON.stringify(result)}`
    }
    // What it came to stands above what was asked for: `auto` became a kernel.
    const shown = {
      ...row,
      ...configuration,
      ...row,
      createdAt: new Date(row.createdAt).toISOString(),
      corpora: corpora.map(({ name }) => name).join(' + '),
    }
    const rows = Object.entries(shown).map(([name, value]) => [name, value === null ? '—' : String(value)])
    return `${table(rows)}\n${points.length} points`
  },
})
