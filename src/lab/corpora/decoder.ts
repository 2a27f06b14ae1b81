/**
 * Strict decoding, chunk by chunk: a byte that the encoding doesn't have ends it, with its place. Node's own TextDecoder
 * gets syllables wrong that only CP949 has, and Electron's lacks converters, so nothing here uses it.
 */
import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { Encoding } from '../../shared'

/** The bytes are not text of this encoding. */
export class DecodingFailure extends Error {
  override readonly name = 'DecodingFailure'
  readonly encoding: Encoding
  /** In bytes from the file's beginning. */
  readonly offset: number

  constructor(encoding: Encoding, offset: number) {
    super(`${encoding} at ${offset}`)
    this.encoding = encoding
    this.offset = offset
  }
}

export interface Decoder<Text = string> {
  /** @throws DecodingFailure */
  readonly write: (bytes: Uint8Array) => Text
  /** @throws DecodingFailure when a character is cut off at the end */
  readonly end: () => Text
}

/** @param start how many bytes of the file come before those it is given (a byte order mark) */
export function createDecoder(encoding: Encoding, start = 0): Decoder {
  switch (encoding) {
    case 'utf-8':
      return createWholeUnits('utf-8', start, completeUtf8, (bytes, at) => validUtf8(bytes, at).toString('utf8'))
    case 'utf-16le':
      return createWholeUnits('utf-16le', start, completeUtf16(1), decodeUtf16('utf-16le'))
    case 'utf-16be':
      return createWholeUnits('utf-16be', start, completeUtf16(0), decodeUtf16('utf-16be'))
    case 'cp949':
      return createCp949(start)
  }
}

/** Valid UTF-8 in whole characters, as the bytes it is. */
export function createUtf8Splitter(start = 0): Decoder<Buffer> {
  return createWholeUnits('utf-8', start, completeUtf8, validUtf8)
}

/** A decoder that holds back the bytes of a character that isn't whole yet. */
function createWholeUnits<Text>(
  encoding: Encoding,
  start: number,
  complete: (bytes: Buffer) => number,
  decode: (bytes: Buffer, offset: number) => Text,
): Decoder<Text> {
  let held = Buffer.alloc(0)
  let offset = start
  return {
    write: (bytes) => {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const all = held.length > 0 ? Buffer.concat([held, chunk]) : chunk
      const whole = complete(all)
      const text = decode(all.subarray(0, whole), offset)
      held = Buffer.from(all.subarray(whole))
      offset += whole
      return text
    },
    end: () => {
      if (held.length > 0) throw new DecodingFailure(encoding, offset)
      return decode(held, offset)
    },
  }
}

/** How many bytes don't end inside a character. */
function completeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function validUtf8(bytes: Buffer, offset: number): Buffer {
  if (!isUtf8(bytes)) throw new DecodingFailure('utf-8', offset + firstInvalidUtf8(bytes))
  return bytes
}

/** The first byte that makes a prefix invalid, found by halving: a prefix cut at a character is valid up to there. */
function firstInvalidUtf8(bytes: Buffer): number {
  let valid = 0
  let wrong = bytes.length
  while (wrong - valid > 1) {
    const middle = Math.floor((valid + wrong) / 2)
    const cut = completeUtf8(bytes.subarray(0, middle))
    if (isUtf8(bytes.subarray(0, cut))) valid = middle
    else wrong = middle
  }
  return completeUtf8(bytes.subarray(0, wrong - 1))
}

/** @param high which byte of a unit holds its upper half */
function completeUtf16(high: 0 | 1): (bytes: Buffer) => number {
  return (bytes) => {
    const even = bytes.length - (bytes.length % 2)
    const endsInPair = even >= 2 && (bytes[even - 2 + high] & 0xfc) === 0xd8
    return endsInPair ? even - 2 : even
  }
}

function decodeUtf16(encoding: 'utf-16le' | 'utf-16be'): (bytes: Buffer, offset: number) => string {
  return (bytes, offset) => {
    const little = encoding === 'utf-16le' ? bytes : Buffer.from(bytes).swap16()
    const text = little.toString('utf16le')
    const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(text)
    if (lone) throw new DecodingFailure(encoding, offset + lone.index * 2)
    return text
  }
}

const REPLACEMENT = '\ufffd'

/** CP949 has no U+FFFD, so wherever one appears the bytes were wrong. */
function createCp949(start: number): Decoder {
  const decoder = iconv.getDecoder('cp949')
  let offset = start
  const strict = (text: string): string => {
    const at = text.indexOf(REPLACEMENT)
    if (at >= 0) throw new DecodingFailure('cp949', offset + iconv.encode(text.slice(0, at), 'cp949').length)
    offset += iconv.encode(text, 'cp949').length
    return text
  }
  return {
    write: (bytes) => strict(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    end: () => strict(decoder.end() ?? ''),
  }
}

export interface ByteOrderMark {
  readonly encoding: Encoding
  readonly length: number
}

export function readByteOrderMark(head: Uint8Array): ByteOrderMark | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', length: 2 }
  return null
}
