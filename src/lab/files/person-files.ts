/** Files that a person named: read whole, or written whole, without holding up the thread that asks. */
import { constants } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { basename } from 'node:path'
import { LabError } from '../../shared'
import { openError } from '../corpora/open-text-file'
import { forgetTemporary, temporaryName, writeError } from './atomic-write'
import { inMebibytes } from './mebibytes'

/** @throws LabError E_FILE_MISSING, E_FILE_NOT_REGULAR, E_FILE_UNREADABLE, E_FILE_TOO_LARGE */
export async function readPersonFile(path: string, mostBytes: number): Promise<Uint8Array> {
  const file = basename(path)
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw openError(file, error)
  })
  try {
    const { size, isRegular } = await handle.stat().then((found) => ({ size: found.size, isRegular: found.isFile() }))
    if (!isRegular) throw new LabError('E_FILE_NOT_REGULAR', { file })
    if (size > mostBytes) {
      throw new LabError('E_FILE_TOO_LARGE', { file, size: inMebibytes(size), limit: inMebibytes(mostBytes) })
    }
    return new Uint8Array(await handle.readFile())
  } finally {
    await handle.close()
  }
}

/** The first so many bytes of a file of any size. @throws LabError E_FILE_… */
export async function readPersonFileHead(path: string, bytes: number): Promise<Uint8Array> {
  const file = basename(path)
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw openError(file, error)
  })
  try {
    if (!(await handle.stat()).isFile()) throw new LabError('E_FILE_NOT_REGULAR', { file })
    const { buffer, bytesRead } = await handle.read(new Uint8Array(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** In full or not at all. @throws LabError E_DISK_FULL, E_FILE_WRITE */
export async function writePersonFile(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = temporaryName(path)
  try {
    const handle = await open(temporary, 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, path)
  } catch (error) {
    forgetTemporary(temporary)
    throw writeError(path, error)
  }
}
