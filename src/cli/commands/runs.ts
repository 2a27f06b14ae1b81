/** `runs list` and `runs show`. */
import type { RunDetail, RunPoint, RunRow } from '../../shared'
import { defineCommand } from '../frame/command'
import { flag } from '../frame/options'
import { asFilter } from './filter'
import { figure, oneLine, table } from './visible'

export const runsList = defineCommand({
  name: 'runs list',
  summary: 'the runs, newest first, or those that a filter finds',
  example: `runs list 'cell:lstm hidden>=128 validationLoss<1.7 -status:crashed (corpus:a OR tag:"night run")'`,
  options: {
    deleted: flag('what is in the bin'),
    archived: flag('archived runs too'),
  },
  positionals: [{ name: 'FILTER', optional: true, mayBeginWithDash: true }],
  run: async ({ openLab, options, positionals: [filter = ''] }): Promise<readonly RunRow[]> => {
    const query = { filter: asFilter(filter), deleted: options.deleted, archived: options.archived }
    return (await openLab()).runs.list(query)
  },
  print: (rows) =>
    rows.length === 0
      ? 'There are no runs yet, or none that this finds: train one with "lab train --corpus FILE".'
      : table([
          ['run', 'status', 'name', 'cell', 'hidden', 'steps', 'loss', 'held out', 'tags'],
          ...rows.map((row) => [
            row.starred ? `${row.run} ★` : row.run,
            row.status,
            row.name,
            row.cell ?? '—',
            String(row.hidden ?? '—'),
            String(row.steps),
            figure(row.trainLoss),
            figure(row.validationLoss),
            row.tags.join(', '),
          ]),
        ]),
})

type ShownRun = RunDetail & { readonly points: readonly RunPoint[] }

export const runsShow = defineCommand({
  name: 'runs show',
  summary: 'one run: its row, configuration and points',
  example: 'runs show RUN --json',
  options: {},
  positionals: [{ name: 'RUN' }],
  run: async ({ openLab, positionals: [run] }): Promise<ShownRun> => {
    const lab = await openLab()
    return { ...(await lab.runs.show(run)), points: await lab.runs.points(run) }
  },
  print: (run) => {
    const { configuration, points, corpora, machine: _machine, versions: _versions, ...row } = run
    const shown = { ...row, ...configuration, corpora: corpora.map(({ name }) => name).join(' + ') }
    const rows = Object.entries(shown).map(([name, value]) => [name, value === null ? '—' : oneLine(String(value))])
    return `${table(rows)}\n${points.length} points`
  },
})
