/**
 * All that a run needs to go on besides its parameters, in one file: a mark, the length of a JSON header, the header, the
 * arrays' bytes, and the SHA-256 of everything before it. A file that doesn't agree with its sum is damaged.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import * as v from 'valibot'
import { LabError } from '../../shared'

const MARK = 'ENGRAM-STATE-1\n\0'
const SUM_BYTES = 32
const LengthsSchema = v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0)))
const HEAD_BYTES = MARK.length + 4

export interface StateFile<Header> {
  readonly header: Header
  readonly arrays: readonly Float32Array[]
}

interface WrittenHeader<Header> {
  readonly header: Header
  /** Elements of each array. */
  readonly lengths: readonly number[]
}

export function encodeState<Header>({ header, arrays }: StateFile<Header>): Uint8Array[] {
  const written: WrittenHeader<Header> = { header, lengths: arrays.map((array) => array.length) }
  const json = new TextEncoder().encode(JSON.stringify(written))
  const head = new Uint8Array(HEAD_BYTES)
  head.set(new TextEncoder().encode(MARK))
  new DataView(head.buffer).setUint32(MARK.length, json.length, true)
  const parts = [head, json, ...arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength))]
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return [...parts, new Uint8Array(hash.digest())]
}

/** @throws LabError E_CHECKPOINT */
export function readState<Header>(path: string): StateFile<Header> {
  const file = basename(path)
  const damaged = (reason: string, cause?: unknown): LabError =>
    new LabError('E_CHECKPOINT', { file, reason }, { cause })
  let bytes: Uint8Array
  try {
    bytes = Uint8Array.from(readFileSync(path)) // a Buffer's slices share its memory
  } catch (error) {
    throw damaged((error as NodeJS.ErrnoException).code ?? 'it cannot be read', error)
  }
  const end = bytes.length - SUM_BYTES
  if (end < HEAD_BYTES) throw damaged('it is too short')
  const sum = createHash('sha256').update(bytes.subarray(0, end)).digest()
  if (!sum.equals(bytes.subarray(end))) throw damaged('its checksum is wrong')
  if (new TextDecoder().decode(bytes.subarray(0, MARK.length)) !== MARK) throw damaged('it has another format')
  const from = HEAD_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(MARK.length, true)
  const { header, lengths } = decodeHeader<Header>(bytes.subarray(HEAD_BYTES, from))
  if (lengths === null || from + 4 * lengths.reduce((sum, elements) => sum + elements, 0) !== end) {
    throw damaged('it has another format')
  }
  let at = from
  const arrays = lengths.map((elements) => {
    const array = new Float32Array(bytes.slice(at, at + elements * 4).buffer)
    at += elements * 4
    return array
  })
  return { header, arrays }
}

/** A sum tells that nothing was changed by accident, not who wrote it: lengths are null where they aren't any. */
function decodeHeader<Header>(bytes: Uint8Array): { header: Header; lengths: readonly number[] | null } {
  try {
    const { header, lengths } = JSON.parse(new TextDecoder().decode(bytes)) as WrittenHeader<Header>
    return { header, lengths: v.is(LengthsSchema, lengths) ? lengths : null }
  } catch {
    return { header: null as Header, lengths: null }
  }
}
