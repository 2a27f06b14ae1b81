/**
 * A zip from who knows where: judged by its directory before a byte is unpacked, and every entry held to its declared
 * size and checksum while it is.
 */
import { createWriteStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { LabError } from '../../shared'
import { writeError } from '../files/atomic-write'
import { inMebibytes } from '../files/mebibytes'
import { CarryFailure } from './carry-failure'
import { crc32 } from './crc32'

export interface ZipEntry {
  readonly name: string
  readonly sizeBytes: number
  readonly entry: Entry
}

export interface OpenZip {
  /** Without folders. */
  readonly entries: readonly ZipEntry[]
  readonly sizeBytes: number
  /** Unpacks into a new file. @throws CarryFailure, LabError E_DISK_FULL, E_FILE_WRITE */
  readonly unpack: (entry: ZipEntry, file: string, signal?: AbortSignal) => Promise<void>
  /** @throws CarryFailure also for more bytes than that */
  readonly read: (entry: ZipEntry, most: number) => Promise<Uint8Array>
  readonly close: () => void
}

/** Deflate can't make more than this of a byte: a zip that declares more overlaps itself. */
const MOST_FROM_A_BYTE = 1032
const MOST_ENTRIES = 1_000_000
const STORED = 0
const DEFLATED = 8

/** @throws LabError E_FILE_MISSING, E_FILE_NOT_REGULAR, E_FILE_UNREADABLE; CarryFailure */
export async function openZip(path: string): Promise<OpenZip> {
  const sizeBytes = sizeOfFile(path)
  const zip = await failing(openPromise(path, { autoClose: false, strictFileNames: true, validateEntrySizes: true }))
  try {
    const entries = await failing(listEntries(zip))
    const declared = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0)
    if (declared > sizeBytes * MOST_FROM_A_BYTE) throw new CarryFailure('E_ZIP_OVERLAP')
    return {
      entries,
      sizeBytes,
      unpack: (entry, file, signal) => unpack(zip, entry, file, signal),
      read: (entry, most) => read(zip, entry, most),
      close: () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error
  }
}

function sizeOfFile(path: string): number {
  const file = basename(path)
  try {
    const found = statSync(path)
    if (!found.isFile()) throw new LabError('E_FILE_NOT_REGULAR', { file })
    return found.size
  } catch (error) {
    if (error instanceof LabError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new LabError('E_FILE_MISSING', { file }, { cause: error })
    throw new LabError('E_FILE_UNREADABLE', { file, reason: code ?? String(error) }, { cause: error })
  }
}

/** What the packages say of a file that is wrong is one of ours; what the system says of a disk stays as it is. */
async function failing<Value>(work: Promise<Value>, entry?: ZipEntry): Promise<Value> {
  try {
    return await work
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (error instanceof CarryFailure || error instanceof LabError || isOfSystem(code)) throw error
    throw entry
      ? new CarryFailure('E_ZIP_ENTRY', { entry: entry.name }, { cause: error })
      : directoryFailure(message, error)
  }
}

/** What yauzl can find in a directory, by the beginnings of its messages: it has no codes. */
function directoryFailure(message: string, cause: unknown): CarryFailure {
  const [, path] = /^(?:absolute path|invalid relative path|invalid characters in fileName): (.*)$/s.exec(message) ?? []
  if (path !== undefined) return new CarryFailure('E_ZIP_PATH', { entry: path }, { cause })
  return new CarryFailure(message.startsWith('strong encryption') ? 'E_ZIP_ENCRYPTED' : 'E_ZIP', {}, { cause })
}

/** zlib's codes begin with Z_. */
function isOfSystem(code: string | undefined): boolean {
  return code !== undefined && /^E[A-Z]/.test(code)
}

async function listEntries(zip: ZipFile): Promise<ZipEntry[]> {
  if (zip.entryCount > MOST_ENTRIES) throw new CarryFailure('E_ZIP_MANY', { most: MOST_ENTRIES })
  const entries: ZipEntry[] = []
  const names = new Set<string>()
  for await (const entry of zip.eachEntry()) {
    const { fileName: name, uncompressedSize: sizeBytes, compressionMethod } = entry
    const folded = name.normalize('NFC').toLowerCase() // as some file systems see it
    if (names.has(folded)) throw new CarryFailure('E_ZIP_TWICE', { entry: name })
    names.add(folded)
    if (name.endsWith('/')) continue
    if (entry.isEncrypted()) throw new CarryFailure('E_ZIP_ENCRYPTED')
    if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
      throw new CarryFailure('E_ZIP_METHOD', { entry: name })
    entries.push({ name, sizeBytes, entry })
  }
  return entries
}

function checked({ name, entry }: ZipEntry): Transform {
  let sum = 0
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      sum = crc32(chunk, sum)
      done(null, chunk)
    },
    flush: (done) => done(sum === entry.crc32 ? null : new CarryFailure('E_ZIP_ENTRY', { entry: name })),
  })
}

async function unpack(zip: ZipFile, entry: ZipEntry, file: string, signal?: AbortSignal): Promise<void> {
  const source = await failing(zip.openReadStreamPromise(entry.entry), entry)
  try {
    await failing(pipeline(source, checked(entry), createWriteStream(file, { flags: 'wx' }), { signal }), entry)
  } catch (error) {
    throw error instanceof CarryFailure ? error : writeError(file, error)
  }
}

async function read(zip: ZipFile, entry: ZipEntry, most: number): Promise<Uint8Array> {
  if (entry.sizeBytes > most) throw new CarryFailure('E_ZIP_LONG', { entry: entry.name, limit: inMebibytes(most) })
  const source = await failing(zip.openReadStreamPromise(entry.entry), entry)
  const parts: Buffer[] = []
  await failing(
    pipeline(source, checked(entry), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) parts.push(chunk)
    }),
    entry,
  )
  return Buffer.concat(parts)
}
