/** `backup` and `restore`: a whole data directory in one file. */
import { resolve } from 'node:path'
import { restoreData } from '../../lab'
import { defineCommand } from '../frame/command'
import { flag } from '../frame/options'

interface BackupDocument {
  readonly file: string
  /** How many it holds. */
  readonly runs: number
}

const print = ({ file, runs }: BackupDocument): string => `${file}: ${runs === 1 ? '1 run' : `${runs} runs`}`

export const backup = defineCommand({
  name: 'backup',
  summary: 'write the whole database, its models and its texts into one file, while others go on',
  example: 'backup lab-2026-11-24.zip',
  options: { force: flag('overwrite FILE') },
  positionals: [{ name: 'FILE' }],
  run: async ({ openLab, options, positionals: [name] }): Promise<BackupDocument> => {
    const file = resolve(name)
    return { file, runs: await (await openLab()).carry.backUp(file, options.force) }
  },
  print,
})

export const restore = defineCommand({
  name: 'restore',
  summary: 'put a backup in the place of the data directory, which nobody else may have open',
  example: 'restore lab-2026-11-24.zip --data-dir new-folder',
  options: { force: flag('let runs that are there go') },
  positionals: [{ name: 'FILE' }],
  run: async ({ host, options, positionals: [name] }): Promise<BackupDocument> => {
    const file = resolve(name)
    return { file, runs: await restoreData(host(), file, options.force) }
  },
  print,
})
