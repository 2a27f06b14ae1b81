/** The exact bytes of a text, kept under their SHA-256, so that a run can be repeated after the file has changed. */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { settleFile, temporaryName, writeAll, writeError } from '../files/atomic-write'

export interface ByteKeeper {
  readonly write: (bytes: Uint8Array) => void
  /** The SHA-256 of what was written so far, in hexadecimal. */
  readonly digest: () => string
  /** @returns the SHA-256 of all that was written, in hexadecimal */
  readonly finish: () => string
  /** Leaves nothing behind; after `finish` it does nothing. */
  readonly abandon: () => void
}

/** @param folder null: only the digest is made */
export function createByteKeeper(folder: string | null): ByteKeeper {
  const hash = createHash('sha256')
  const temporary = folder === null ? null : temporaryName(join(folder, 'copy'))
  const handle = temporary === null ? null : openSync(temporary, 'wx')
  let open = true
  const close = (): void => {
    if (handle !== null && open) closeSync(handle)
    open = false
  }
  const abandon = (): void => {
    close()
    if (temporary !== null) rmSync(temporary, { force: true })
  }
  return {
    write: (bytes) => {
      hash.update(bytes)
      if (handle === null) return
      try {
        writeAll(handle, bytes)
      } catch (error) {
        throw writeError('corpora', error)
      }
    },
    digest: () => hash.copy().digest('hex'),
    finish: () => {
      const sha256 = hash.digest('hex')
      if (handle === null || temporary === null || folder === null) return sha256
      const file = join(folder, sha256)
      if (existsSync(file)) {
        utimesSync(file, new Date(), new Date()) // in use again: the bin leaves it alone (../runs/empty-bin)
      } else {
        fsyncSync(handle)
        close()
        settleFile(temporary, file)
      }
      abandon()
      return sha256
    },
    abandon,
  }
}
