/** Opens a person's file for reading, and refuses what isn't one before a byte is read. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { LabError } from '../../shared'
import { namedFile } from '../files/file-choice'
import type { FileChoice } from '../files/file-choice'
import { inMebibytes } from '../files/mebibytes'

/** What one text may hold, in bytes. */
export const MOST_BYTES = 1024 ** 3

export interface TextFile {
  readonly name: string
  readonly sizeBytes: number
  /** Reads on into the buffer; 0 at the end. */
  readonly read: (buffer: Uint8Array) => number
  /**
   * @param sha256 of what was read. The lab's own copy bears it as its name, and whoever uses the copy marks it with the time,
   *   which changes nothing
   * @throws LabError E_FILE_CHANGED when the file is not what it was when it was opened
   */
  readonly assertUnchanged: (sha256: string) => void
  readonly close: () => void
}

/** @throws LabError E_FILE_MISSING, E_FILE_NOT_REGULAR, E_FILE_UNREADABLE, E_FILE_TOO_LARGE */
export function openTextFile(choice: FileChoice): TextFile {
  const { path, name: file } = namedFile(choice)
  const handle = open(path, file)
  try {
    const before = fstatSync(handle)
    if (!before.isFile()) throw new LabError('E_FILE_NOT_REGULAR', { file })
    if (before.size > MOST_BYTES) {
      throw new LabError('E_FILE_TOO_LARGE', { file, size: inMebibytes(before.size), limit: inMebibytes(MOST_BYTES) })
    }
    return {
      name: file,
      sizeBytes: before.size,
      read: (buffer) => readSync(handle, buffer),
      assertUnchanged: (sha256) => {
        const after = fstatSync(handle)
        const isMarked = after.size === before.size && sha256 === file
        if (!isMarked && (after.size !== before.size || after.mtimeMs !== before.mtimeMs))
          throw new LabError('E_FILE_CHANGED', { file })
      },
      close: () => closeSync(handle),
    }
  } catch (error) {
    closeSync(handle)
    throw error
  }
}

/** Without waiting for a writer, should it be a pipe. */
function open(path: string, file: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    throw openError(file, error)
  }
}

/** What a person is told of a file that doesn't open. */
export function openError(file: string, error: unknown): LabError {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return new LabError('E_FILE_MISSING', { file }, { cause: error })
  if (code === 'ENXIO' || code === 'ENODEV') return new LabError('E_FILE_NOT_REGULAR', { file }, { cause: error })
  return new LabError('E_FILE_UNREADABLE', { file, reason: code ?? String(error) }, { cause: error })
}
