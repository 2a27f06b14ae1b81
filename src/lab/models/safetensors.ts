/**
 * The safetensors container (huggingface/safetensors, README, "Format"): eight bytes with the header's length, a JSON
 * header, then the tensors' bytes without a gap. Reading trusts nothing: what the format forbids is refused by name.
 */
import { fillSentence, MODEL_FAULTS } from '../../shared'
import type { ErrorDetails, ModelFault } from '../../shared'

export interface TensorEntry {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export interface TensorFile {
  readonly metadata: Readonly<Record<string, string>>
  readonly tensors: readonly TensorEntry[]
}

/** Why the bytes are no such file; whoever knows the file's name makes a sentence of it. */
export class FormatFailure extends Error {
  override readonly name = 'FormatFailure'
  readonly fault: ModelFault
  readonly details: ErrorDetails

  constructor(fault: ModelFault, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(fillSentence(MODEL_FAULTS[fault], details), options)
    this.fault = fault
    this.details = details
  }
}

const LENGTH_BYTES = 8
/** A zip's first bytes, "PK", 3 and 4: read as a length they would be a header beyond all bounds. */
const ZIP_START = 0x04034b50
const MOST_HEADER_BYTES = 16 * 1024 * 1024
const ALIGNMENT = 8
const FLOAT_BYTES = 4

export function encodeTensors({ metadata, tensors }: TensorFile): Uint8Array[] {
  let offset = 0
  const header: Record<string, unknown> = { __metadata__: metadata }
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] }
    offset += values.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const padded = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT
  const head = new Uint8Array(LENGTH_BYTES + padded).fill(0x20)
  new DataView(head.buffer).setBigUint64(0, BigInt(padded), true)
  head.set(json, LENGTH_BYTES)
  return [head, ...tensors.map(({ values }) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength))]
}

interface HeaderEntry {
  readonly name: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/** @throws FormatFailure */
export function decodeTensors(bytes: Uint8Array): TensorFile {
  const { header, dataStart } = readHeader(bytes)
  const { __metadata__: metadata = {}, ...rest } = header
  const entries = Object.entries(rest).map(([name, entry]) => parseEntry(name, entry))
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let reached = 0
  for (const { name, begin, end } of entries) {
    if (begin !== reached) throw new FormatFailure('tensorGap', { tensor: name })
    reached = end
  }
  if (reached !== bytes.length - dataStart) throw new FormatFailure('tensorsNoFill')
  return {
    metadata: parseMetadata(metadata),
    tensors: entries.map(({ name, shape, begin, end }) => ({
      name,
      shape,
      values: floatsOf(name, bytes.slice(dataStart + begin, dataStart + end)),
    })),
  }
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < LENGTH_BYTES) throw new FormatFailure('tooShort')
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (head.getUint32(0, true) === ZIP_START) throw new FormatFailure('zip')
  const length = head.getBigUint64(0, true)
  if (length > BigInt(MOST_HEADER_BYTES)) throw new FormatFailure('headerTooLarge')
  const dataStart = LENGTH_BYTES + Number(length)
  if (dataStart > bytes.length) throw new FormatFailure('headerCut')
  const text = decodeUtf8(bytes.subarray(LENGTH_BYTES, dataStart))
  if (!text.startsWith('{')) throw new FormatFailure('headerNoBrace')
  assertShallow(text)
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    throw new FormatFailure('headerNoJson', {}, { cause: error })
  }
  if (!isPlainObject(parsed)) throw new FormatFailure('headerNoObject')
  assertDistinctKeys(text, parsed)
  return { header: parsed, dataStart }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    throw new FormatFailure('headerNoUtf8', {}, { cause: error })
  }
}

const DEEPEST = 4
const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

/** How deep each bracket leads and where each string lies; every character is looked at once, whatever the text is. */
function scan(
  text: string,
  onDepth: (depth: number) => void,
  onString: (begin: number, end: number, depth: number) => void,
) {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (OPENING.has(unit)) onDepth(++depth)
    else if (CLOSING.has(unit)) depth -= 1
    else if (unit === QUOTE) {
      const begin = at
      for (at += 1; at < text.length && text.charCodeAt(at) !== QUOTE; at++)
        if (text.charCodeAt(at) === BACKSLASH) at += 1
      onString(begin, at + 1, depth)
    }
  }
}

/** Brackets outside strings never nest deeper than a header needs, so that parsing cannot run out of stack. */
function assertShallow(text: string): void {
  const look = (depth: number): void => {
    if (depth > DEEPEST) throw new FormatFailure('headerDeep')
  }
  scan(text, look, () => undefined)
}

/** JSON.parse keeps the last of equal keys without a word: count the keys of the outermost object. It is JSON by now. */
function assertDistinctKeys(text: string, header: Record<string, unknown>): void {
  const seen = new Set<string>()
  const look = (begin: number, end: number, depth: number): void => {
    if (depth !== 1 || !isKey(text, end)) return
    const key = JSON.parse(text.slice(begin, end)) as string
    if (seen.has(key)) throw new FormatFailure('headerTwice', { tensor: key })
    seen.add(key)
  }
  scan(text, () => undefined, look)
  if (seen.size !== Object.keys(header).length) throw new FormatFailure('headerName')
}

/** Whether a colon follows. */
function isKey(text: string, end: number): boolean {
  let at = end
  while (' \t\n\r'.includes(text.charAt(at)) && at < text.length) at += 1
  return text.charAt(at) === ':'
}

function parseEntry(name: string, entry: unknown): HeaderEntry {
  if (!isPlainObject(entry)) throw new FormatFailure('tensorUndescribed', { tensor: name })
  const { dtype, shape, data_offsets: offsets } = entry
  if (dtype !== 'F32') throw new FormatFailure('tensorType', { tensor: name, found: String(JSON.stringify(dtype)) })
  if (!isWholeNumbers(shape)) throw new FormatFailure('tensorLengths', { tensor: name })
  if (!isWholeNumbers(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw new FormatFailure('tensorOffsets', { tensor: name })
  }
  const elements = shape.reduce((product, length) => product * length, 1)
  if (elements * FLOAT_BYTES !== offsets[1] - offsets[0]) {
    throw new FormatFailure('tensorBytes', { tensor: name })
  }
  return { name, shape, begin: offsets[0], end: offsets[1] }
}

function parseMetadata(metadata: unknown): Record<string, string> {
  if (!isPlainObject(metadata) || Object.values(metadata).some((value) => typeof value !== 'string')) {
    throw new FormatFailure('metadataNoText')
  }
  return metadata as Record<string, string>
}

function floatsOf(name: string, bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.buffer, 0, bytes.length / FLOAT_BYTES)
  if (!values.every(Number.isFinite)) throw new FormatFailure('tensorNotFinite', { tensor: name })
  return values
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWholeNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((part) => Number.isSafeInteger(part) && part >= 0)
}
