/** Zips that somebody changed: bytes cut off or turned over, entries left out, added, renamed behind the writer's back. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openZip } from '../../../src/lab/carry/zip-read'
import { writeZip } from '../../../src/lab/carry/zip-write'
import type { ZipSource } from '../../../src/lab/carry/zip-write'
import { temporaryDirectory } from './temporary'

export type ZipChange = string | Uint8Array | null

/** The entries of a zip with some changed, added or (null) left out. */
export async function rewritten(file: string, changes: Readonly<Record<string, ZipChange>>): Promise<string> {
  const zip = await openZip(file)
  const sources: ZipSource[] = []
  for (const entry of zip.entries) {
    if (entry.name in changes) continue
    sources.push({ name: entry.name, content: { bytes: await zip.read(entry, 1e9) }, compress: true })
  }
  zip.close()
  for (const [name, content] of Object.entries(changes)) {
    if (content !== null) sources.push({ name, content: { bytes: Buffer.from(content) }, compress: true })
  }
  const target = join(temporaryDirectory(), 'changed.zip')
  await writeZip(target, sources, false)
  return target
}

/** Names in a zip as bytes: the writer would refuse such names itself. */
export function renamedInside(file: string, from: string, to: string): string {
  if (from.length !== to.length) throw new Error('a name of another length')
  return written(Buffer.from(readFileSync(file, 'latin1').replaceAll(from, to), 'latin1'))
}

export function written(bytes: Uint8Array): string {
  const target = join(temporaryDirectory(), 'changed.zip')
  writeFileSync(target, bytes)
  return target
}

/** Where the records begin that the zip is read by: of entries, of its directory and of its end. */
export function recordsOf(bytes: Buffer): number[] {
  const marks = [0x04034b50, 0x02014b50, 0x06054b50, 0x08074b50]
  return Array.from({ length: bytes.length - 3 }, (_, at) => at).filter((at) => marks.includes(bytes.readUInt32LE(at)))
}

/** Every entry said to be a symbolic link. */
export function linked(file: string): string {
  const bytes = readFileSync(file)
  for (const at of recordsOf(bytes)) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) continue
    bytes.writeUInt16LE((3 << 8) | 45, at + 4) // made by Unix
    bytes.writeUInt32LE((0o120777 << 16) >>> 0, at + 38)
  }
  return written(bytes)
}
