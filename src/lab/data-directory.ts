/** Where a person's runs lie: the same folder for the app and the command line, unless it is moved. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { LabError } from '../shared'
import { recoverReplacedData } from './carry/put-aside'
import { settleCopy } from './carry/unfinished-move'
import type { DataPaths } from './context'
import { assertThere, readPointer } from './data-pointer'

const FOLDER = 'Engram Lab'

export interface DirectoryChoice {
  /** `--data-dir`; null: not given. */
  readonly option: string | null
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
}

/** Where the data lies, and who said so. */
export interface DataPlace {
  readonly directory: string
  /** `given`: by `--data-dir` or ENGRAM_DATA_DIR, and only for this start; `moved`: by a person, from the settings. */
  readonly by: 'given' | 'moved' | 'usual'
  /** The platform's folder for an application's data, which tells where they were moved to. */
  readonly usual: string
  /** Where they lay before they were moved, latest first, as far as a person has not removed them there. */
  readonly previous: readonly string[]
}

/** @throws LabError E_DATA_POINTER, E_DATA_MOVED */
export function chooseDataDirectory(option: string | null, env: NodeJS.ProcessEnv = process.env): string {
  return findDataPlace(option, env).directory
}

/** @throws LabError E_DATA_POINTER, E_DATA_MOVED */
export function findDataPlace(option: string | null, env: NodeJS.ProcessEnv = process.env): DataPlace {
  return dataPlaceOf({ option, env, platform: process.platform, home: homedir() })
}

/** `--data-dir`, else ENGRAM_DATA_DIR, else where it was moved to, else the platform's folder. */
export function dataPlaceOf(choice: DirectoryChoice): DataPlace {
  const usual = usualDirectory(choice)
  const given = choice.option ?? choice.env.ENGRAM_DATA_DIR
  if (given) return { directory: resolve(given), by: 'given', usual, previous: [] }
  const pointer = readPointer(usual)
  if (pointer === null) return { directory: usual, by: 'usual', usual, previous: [] }
  assertThere(pointer, usual)
  return { directory: pointer.dataDirectory, by: 'moved', usual, previous: pointer.previous }
}

function usualDirectory({ env, platform, home }: DirectoryChoice): string {
  if (platform === 'win32') return join(env.APPDATA || join(home, 'AppData', 'Roaming'), FOLDER)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', FOLDER)
  return join(env.XDG_CONFIG_HOME || join(home, '.config'), FOLDER)
}

/** Makes the folders that are missing. @throws LabError E_DATA_DIRECTORY, E_DATA_IN_USE */
export function prepareDataDirectory(directory: string): DataPaths {
  const paths = {
    directory,
    database: join(directory, 'lab.sqlite'),
    models: join(directory, 'models'),
    corpora: join(directory, 'corpora'),
  }
  try {
    if (existsSync(directory)) {
      recoverReplacedData(directory)
      settleCopy(directory)
    }
    for (const folder of [paths.models, paths.corpora]) mkdirSync(folder, { recursive: true })
    accessSync(directory, constants.W_OK)
  } catch (error) {
    if (error instanceof LabError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new LabError('E_DATA_DIRECTORY', { directory, reason: code ?? message }, { cause: error })
  }
  return paths
}
