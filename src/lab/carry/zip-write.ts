/** A zip that is there in full or not at all, written an entry at a time, however large one is. */
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { forgetTemporary, settleFile, temporaryName, writeError } from '../files/atomic-write'
import { assertWritable } from '../models/export-model'

export interface ZipSource {
  readonly name: string
  /** Absolute path of a file, bytes, or what is made when its turn comes. */
  readonly content:
    { readonly file: string } | { readonly bytes: Uint8Array } | { readonly make: () => Promise<Uint8Array[]> }
  /** Floats and what is compressed already hardly shrink. */
  readonly compress: boolean
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * @param openTo where the bytes go before they are settled
 * @throws LabError E_FILE_EXISTS, E_FILE_WRITE, E_DISK_FULL, and what a source's `make` throws
 */
export async function writeZip(
  target: string,
  sources: readonly ZipSource[],
  overwrite: boolean,
  openTo: (temporary: string) => Writable = (name) => createWriteStream(name, { flags: 'wx' }),
): Promise<void> {
  assertWritable(target, overwrite)
  const temporary = temporaryName(target)
  try {
    const zip = new ZipFile()
    const outputStream = zip.outputStream as Readable
    zip.on('error', (error: Error) => outputStream.destroy(error))
    const written = pipeline(outputStream, openTo(temporary))
    for (const source of sources) add(zip, source)
    zip.end()
    await written
    await sync(temporary)
    settleFile(temporary, target, overwrite)
  } catch (error) {
    forgetTemporary(temporary)
    throw writeError(target, error)
  }
}

function add(zip: ZipFile, { name, content, compress }: ZipSource): void {
  if ('file' in content) return zip.addFile(content.file, name, { compress })
  if ('bytes' in content) return zip.addBuffer(Buffer.from(content.bytes), name, { compress })
  zip.addReadStreamLazy(name, { compress }, (answer) => {
    content.make().then(
      (parts) => answer(null, Readable.from(parts.map((part) => Buffer.from(part)))),
      (error: unknown) => answer(error, Readable.from([])),
    )
  })
}
