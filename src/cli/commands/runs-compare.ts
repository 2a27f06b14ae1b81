/** `runs compare`: the settings in which runs differ, and their results side by side. */
import { FEWEST_COMPARED, MOST_COMPARED } from '../../shared'
import type { ComparedMetric, RunComparison } from '../../shared'
import { defineCommand } from '../frame/command'
import { UsageError } from '../frame/usage-error'
import { figure, shortened, table } from './visible'

export const runsCompare = defineCommand({
  name: 'runs compare',
  summary: 'the settings in which runs differ, and their results with the best marked',
  example: 'runs compare RUN RUN RUN',
  options: {},
  positionals: [{ name: 'RUN', repeated: true }],
  isShort: true,
  run: async ({ openLab, positionals }): Promise<RunComparison> => {
    const { size } = new Set(positionals)
    if (size < FEWEST_COMPARED || size > MOST_COMPARED) {
      throw new UsageError(`name ${FEWEST_COMPARED} to ${MOST_COMPARED} different runs, not ${size}`)
    }
    return (await openLab()).runs.compare(positionals)
  },
  print: ({ runs, names, settings, metrics }) =>
    table([
      ['', ...runs],
      ['name', ...names.map(short)],
      ...settings.map(({ name, values }) => [name, ...values.map(short)]),
      ...metrics.map((metric) => [metric.name, ...metric.values.map((_, i) => marked(metric, runs, i))]),
    ]),
})

function marked({ values, best }: ComparedMetric, runs: readonly string[], i: number): string {
  return best.includes(runs[i]) ? `${figure(values[i])} *` : figure(values[i])
}

const SHOWN = 16

function short(value: string | number | boolean | null): string {
  return value === null ? '—' : shortened(String(value), SHOWN)
}
