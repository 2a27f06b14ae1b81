/**
 * Where the data was moved to: one small file in the platform's folder, read by the app and the command line before
 * anything else. Writing it anew, in one rename, is the moment at which the data has moved.
 */
import { readFileSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import * as v from 'valibot'
import { LabError } from '../shared'
import { writeFileAtomically } from './files/atomic-write'

export const POINTER = 'data-directory.json'

const absolute = v.pipe(v.string(), v.check(isAbsolute, 'an absolute path'))
const PointerSchema = v.object({
  version: v.literal(1),
  dataDirectory: absolute,
  /** Where the data lay before, latest first, until a person removes them there. */
  previous: v.pipe(v.array(absolute), v.maxLength(100)),
})

export interface DataPointer {
  readonly dataDirectory: string
  readonly previous: readonly string[]
}

/** @returns null where the data was never moved. @throws LabError E_DATA_POINTER */
export function readPointer(usual: string): DataPointer | null {
  const file = join(usual, POINTER)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new LabError('E_DATA_POINTER', { file, reason: code ?? String(error) }, { cause: error })
  }
  try {
    const { dataDirectory, previous } = v.parse(PointerSchema, JSON.parse(text))
    return { dataDirectory, previous }
  } catch (error) {
    throw new LabError('E_DATA_POINTER', { file, reason: 'it has another format' }, { cause: error })
  }
}

/** A folder on a disk that isn't connected must not be taken for an empty lab. @throws LabError E_DATA_MOVED */
export function assertThere({ dataDirectory }: DataPointer, usual: string): void {
  if (dataDirectory === usual || statSync(dataDirectory, { throwIfNoEntry: false })?.isDirectory()) return
  throw new LabError('E_DATA_MOVED', { directory: dataDirectory, file: join(usual, POINTER) })
}

/** In full or not at all. @throws LabError E_DISK_FULL, E_FILE_WRITE */
export function writePointer(usual: string, pointer: DataPointer): void {
  const text = `${JSON.stringify({ version: 1, ...pointer }, null, 2)}\n`
  writeFileAtomically(join(usual, POINTER), [new TextEncoder().encode(text)])
}
