/** Where a person's runs lie: the same folder for the app and the command line, unless it is moved. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { LabError } from '../shared'
import { recoverReplacedData } from './carry/replace-data'
import type { DataPaths } from './context'

const FOLDER = 'Engram Lab'

export interface DirectoryChoice {
  /** `--data-dir`; null: not given. */
  readonly option: string | null
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
}

export function chooseDataDirectory(option: string | null): string {
  return dataDirectoryOf({ option, env: process.env, platform: process.platform, home: homedir() })
}

/** `--data-dir`, else ENGRAM_DATA_DIR, else the platform's folder for an application's data. */
export function dataDirectoryOf({ option, env, platform, home }: DirectoryChoice): string {
  const chosen = option ?? env.ENGRAM_DATA_DIR
  if (chosen) return resolve(chosen)
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), FOLDER)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', FOLDER)
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), FOLDER)
}

/** Makes the folders that are missing. @throws LabError E_DATA_DIRECTORY */
export function prepareDataDirectory(directory: string): DataPaths {
  const paths = {
    directory,
    database: join(directory, 'lab.sqlite'),
    models: join(directory, 'models'),
    corpora: join(directory, 'corpora'),
  }
  try {
    if (existsSync(directory)) recoverReplacedData(directory)
    for (const folder of [paths.models, paths.corpora]) mkdirSync(folder, { recursive: true })
    accessSync(directory, constants.W_OK)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new LabError('E_DATA_DIRECTORY', { directory, reason: code ?? message }, { cause: error })
  }
  return paths
}
