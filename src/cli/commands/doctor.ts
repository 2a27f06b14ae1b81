/** `doctor`: whether all is well. */
import { defineCommand } from '../frame/command'
import { flag } from '../frame/options'
import { table } from './visible'

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'versions, folders and the health of the database',
  example: 'doctor --check',
  options: { check: flag('read the whole database') },
  run: async ({ openLab, options }) => (await openLab()).doctor(options.check),
  failure: ({ database }) => (database === 'ok' ? null : `the database is damaged: ${database}`),
  print: (report) =>
    table([
      ...Object.entries(report.versions),
      ['kernel', report.kernel],
      ['cores', String(report.cores)],
      ['data directory', report.dataDirectory],
      ['database', report.database],
      ['orphans', report.orphans.length === 0 ? 'none' : report.orphans.join(', ')],
    ]),
})
