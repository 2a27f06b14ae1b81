/** What comes through a pipe: read to its end within the bound that a file has, into memory or into a file of the lab. */
import { open, rm } from 'node:fs/promises'
import { LabError } from '../../shared'
import { writeError } from './atomic-write'
import { inMebibytes } from './mebibytes'

export interface Incoming {
  /** The name that a person is shown in place of a file's. */
  readonly name: string
  readonly chunks: AsyncIterable<Uint8Array>
}

/** What a person gave in full. */
export interface NamedBytes {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Ends at the bound instead of reading on. @throws LabError E_FILE_TOO_LARGE, E_FILE_UNREADABLE */
async function* bounded({ name, chunks }: Incoming, mostBytes: number): AsyncGenerator<Uint8Array> {
  let received = 0
  try {
    for await (const chunk of chunks) {
      received += chunk.length
      if (received > mostBytes) {
        const size = `at least ${inMebibytes(received)}`
        throw new LabError('E_FILE_TOO_LARGE', { file: name, size, limit: inMebibytes(mostBytes) })
      }
      yield chunk
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (error instanceof LabError || code === undefined) throw error
    throw new LabError('E_FILE_UNREADABLE', { file: name, reason: code }, { cause: error })
  }
}

/** @throws LabError E_FILE_TOO_LARGE, E_FILE_UNREADABLE */
export async function collectIncoming(incoming: Incoming, mostBytes: number): Promise<NamedBytes> {
  const parts: Uint8Array[] = []
  for await (const chunk of bounded(incoming, mostBytes)) parts.push(chunk)
  return { name: incoming.name, bytes: Buffer.concat(parts) }
}

/** Leaves nothing behind where it fails. @throws LabError E_FILE_TOO_LARGE, E_FILE_UNREADABLE, E_DISK_FULL, E_FILE_WRITE */
export async function saveIncoming(incoming: Incoming, path: string, mostBytes: number): Promise<void> {
  const handle = await open(path, 'wx').catch((error: unknown) => {
    throw writeError(path, error)
  })
  let isWhole = false
  try {
    for await (const chunk of bounded(incoming, mostBytes)) {
      await handle.writeFile(chunk).catch((error: unknown) => {
        throw writeError(path, error)
      })
    }
    isWhole = true
  } finally {
    await handle.close()
    if (!isWhole) await rm(path, { force: true })
  }
}
