/** Files that are there in full or not at all: written under a temporary name, synced, renamed, and the folder synced. */
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { threadId } from 'node:worker_threads'
import { LabError } from '../../shared'

let counter = 0

/**
 * The name of a file that is being written. It names the process, so that the files of dead ones can be removed, and the
 * thread, since each thread counts for itself.
 */
export function temporaryName(file: string): string {
  counter += 1
  return `${file}.${process.pid}-${threadId}-${counter}.tmp`
}

/** After a failure, which is what is told: where there can't be such a file, there is none. */
export function forgetTemporary(temporary: string): void {
  try {
    rmSync(temporary, { force: true })
  } catch {
    // It stays for the next sweep, or its folder is no folder.
  }
}

/** Puts a finished temporary file in its place and syncs the folder. */
export function settleFile(temporary: string, file: string, overwrite = true): void {
  if (overwrite) renameSync(temporary, file)
  else {
    linkSync(temporary, file) // unlike a rename, this fails where there is a file already
    rmSync(temporary)
  }
  syncFolder(dirname(file))
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // a folder cannot be opened there
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

export function writeAll(handle: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(handle, bytes, written)
}

/** @throws LabError E_DISK_FULL, E_FILE_EXISTS, E_FILE_WRITE */
export function writeFileAtomically(file: string, parts: readonly Uint8Array[], overwrite = true): void {
  const temporary = temporaryName(file)
  try {
    const handle = openSync(temporary, 'wx')
    try {
      for (const part of parts) writeAll(handle, part)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    settleFile(temporary, file, overwrite)
  } catch (error) {
    forgetTemporary(temporary)
    throw writeError(file, error)
  }
}

export function writeError(file: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return new LabError('E_DISK_FULL', {}, { cause: error })
  if (code === 'EEXIST') return new LabError('E_FILE_EXISTS', { file: basename(file) }, { cause: error })
  if (code === undefined) return error
  return new LabError('E_FILE_WRITE', { file: basename(file), reason: code }, { cause: error })
}
