/** `backup` and `restore`: a whole data directory in one file. */
import { join, resolve } from 'node:path'
import { restoreData } from '../../lab'
import { defineCommand } from '../frame/command'
import { assertFile } from '../frame/incoming'
import { flag } from '../frame/options'

interface BackupDocument {
  readonly file: string
  /** How many it holds. */
  readonly runs: number
}

interface RestoreDocument extends BackupDocument {
  /** Absolute path of the folder with what was there; null: nothing was. */
  readonly keptAs: string | null
}

const print = ({ file, runs }: BackupDocument): string => `${file}: ${runs === 1 ? '1 run' : `${runs} runs`}`

export const backup = defineCommand({
  name: 'backup',
  summary: 'write the whole database, its models and its texts into one file, while others go on',
  example: 'backup lab-2026-11-24.zip',
  options: { force: flag('overwrite FILE') },
  positionals: [{ name: 'FILE' }],
  run: async ({ openLab, options, positionals: [name] }): Promise<BackupDocument> => {
    const file = resolve(assertFile(name, 'FILE', 'a backup'))
    return { file, runs: await (await openLab()).carry.backUp(file, options.force) }
  },
  print,
})

export const restore = defineCommand({
  name: 'restore',
  summary: 'put a backup in the place of the data directory, which nobody else may have open',
  example: 'restore lab-2026-11-24.zip --data-dir new-folder',
  options: { force: flag('replace the runs that are there, and keep them in a folder beside') },
  positionals: [{ name: 'FILE' }],
  run: async ({ host, options, positionals: [name], tell }): Promise<RestoreDocument> => {
    const file = resolve(assertFile(name, 'FILE', 'a backup'))
    const place = await host()
    const { runs, keptAs } = await restoreData(place, file, options.force)
    const folder = keptAs === null ? null : join(place.dataDirectory, keptAs)
    if (folder !== null) tell(`what was there before is kept in ${folder}`)
    return { file, runs, keptAs: folder }
  },
  print,
})
