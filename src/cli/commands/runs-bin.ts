/** `runs delete` and `runs restore`: into the bin, and out of it again. */
import { BIN_DAYS } from '../../shared'
import { defineCommand } from '../frame/command'

interface RunDocument {
  readonly run: string
}

export const runsDelete = defineCommand({
  name: 'runs delete',
  summary: `put a run into the bin, from which it is removed after ${BIN_DAYS} days`,
  example: 'runs delete RUN',
  options: {},
  positionals: [{ name: 'RUN' }],
  isShort: true,
  run: async ({ openLab, positionals: [run] }): Promise<RunDocument> => {
    await (await openLab()).runs.delete(run)
    return { run }
  },
  print: ({ run }) => `run ${run} is in the bin for ${BIN_DAYS} days: "engram runs restore ${run}" takes it out`,
})

export const runsRestore = defineCommand({
  name: 'runs restore',
  summary: 'take a run out of the bin ("runs list --deleted" shows it)',
  example: 'runs restore RUN',
  options: {},
  positionals: [{ name: 'RUN' }],
  isShort: true,
  run: async ({ openLab, positionals: [run] }): Promise<RunDocument> => {
    await (await openLab()).runs.restore(run)
    return { run }
  },
  print: ({ run }) => `run ${run} is in the list again`,
})
