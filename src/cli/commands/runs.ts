/** `runs list` and `runs show`. */
import type { RunDetail, RunPoint, RunRow } from '../../shared'
import { defineCommand } from '../frame/command'
import { figure, table } from './visible'

export const runsList = defineCommand({
  name: 'runs list',
  summary: 'the runs, newest first',
  example: 'runs list --json',
  options: {},
  run: async ({ openLab }): Promise<readonly RunRow[]> => (await openLab()).runs.list(),
  print: (rows) =>
    rows.length === 0
      ? 'There are no runs yet: train one with "lab train --corpus FILE".'
      : table([
          ['run', 'status', 'name', 'cell', 'hidden', 'steps', 'loss', 'held out'],
          ...rows.map((row) => [
            row.run,
            row.status,
            row.name,
            row.cell ?? '—',
            String(row.hidden ?? '—'),
            String(row.steps),
            figure(row.trainLoss),
            figure(row.validationLoss),
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
