/** Decoding: the same text wherever the bytes are cut, and the exact place of a byte that is wrong. */
import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { createDecoder, DecodingFailure, readByteOrderMark } from '../../../src/lab/corpora/decoder'
import type { Encoding } from '../../../src/shared'
import { failureOf } from '../support/errors'

function decode(encoding: Encoding, pieces: readonly Uint8Array[]): string {
  const decoder = createDecoder(encoding)
  return pieces.map((piece) => decoder.write(piece)).join('') + decoder.end()
}

/** Cut at these places, which may be in any order and equal. */
function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...[...places].sort((a, b) => a - b), bytes.length]
  return sorted.slice(1).map((end, i) => bytes.subarray(sorted[i], end))
}

const UNICODE = 'a¢한글 각 👩‍👩‍👧 \u{10ffff}\ufeff\ufffd\0\r\n'
const TEXTS: readonly (readonly [Encoding, string, Buffer])[] = [
  ['utf-8', UNICODE, Buffer.from(UNICODE, 'utf8')],
  ['utf-16le', UNICODE, Buffer.from(UNICODE, 'utf16le')],
  ['utf-16be', UNICODE, Buffer.from(UNICODE, 'utf16le').swap16()],
  ['cp949', 'ab 똠방각하 펲시콜라, 설믜', iconv.encode('ab 똠방각하 펲시콜라, 설믜', 'cp949')],
]

describe.each(TEXTS)('%s', (encoding, text, bytes) => {
  it('gives the same text cut at every byte', () => {
    for (let at = 0; at <= bytes.length; at++) expect(decode(encoding, cutAt(bytes, [at]))).toBe(text)
  })

  it('gives the same text byte by byte', () => {
    expect(decode(encoding, cutAt(bytes, [...bytes.keys()]))).toBe(text)
  })

  it('refuses a text that ends inside a character, and says where it begins', () => {
    const [last] = [...text].slice(-1)
    const cut = bytes.subarray(0, bytes.length - 1)
    if (encoding === 'utf-8') return // it ends in ASCII
    const size = encoding === 'cp949' ? 2 : last.length * 2
    expect(failureOf(() => decode(encoding, [cut]))).toMatchObject({ offset: bytes.length - size })
  })
})

describe('cp949', () => {
  it('knows the syllables that EUC-KR does not have, by their own bytes', () => {
    expect(decode('cp949', [Uint8Array.of(0x8c, 0x63)])).toBe('똠')
  })

  it.each([
    ['a lead byte without its second', [0xb0, 0x20, 0x61]],
    ['a byte that leads nowhere', [0xff]],
    ['a pair that is not in the table', [0xc9, 0xa1]],
  ])('names the place of %s', (_what, wrong) => {
    const before = iconv.encode('똠방 ', 'cp949')
    const bytes = Uint8Array.from([...before, ...wrong, ...before])
    for (let at = 0; at <= bytes.length; at++) {
      expect(failureOf(() => decode('cp949', cutAt(bytes, [at])))).toMatchObject({ offset: before.length })
    }
  })
})

describe('utf-8', () => {
  it.each([
    ['a lone continuation', [0x80]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong null of three', [0xe0, 0x80, 0x80]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['more than U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['a byte that UTF-8 never has', [0xff]],
    ['a sequence that breaks off', [0xe2, 0x82, 0x41]],
  ])('names the place of %s, wherever it is cut', (_what, wrong) => {
    const before = Buffer.from('가a👩', 'utf8')
    const bytes = Uint8Array.from([...before, ...wrong, 0x62, 0x62, 0x62, 0x62])
    for (let at = 0; at <= bytes.length; at++) {
      const failure = failureOf(() => decode('utf-8', cutAt(bytes, [at])))
      expect(failure).toBeInstanceOf(DecodingFailure)
      expect(failure).toMatchObject({ encoding: 'utf-8', offset: before.length })
    }
  })

  it('agrees with Node about any bytes: the text, or how many bytes are right', () => {
    const often = fc.oneof(fc.nat(255), fc.constantFrom(0x41, 0x80, 0xbf, 0xc3, 0xe0, 0xed, 0xf0, 0xf4, 0xff))
    const bytes = fc.array(often, { maxLength: 24 }).map((values) => Uint8Array.from(values))
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(24), { maxLength: 4 }), (input, places) => {
        const pieces = cutAt(
          input,
          places.map((place) => Math.min(place, input.length)),
        )
        if (isUtf8(input)) {
          expect(decode('utf-8', pieces)).toBe(Buffer.from(input).toString('utf8'))
          return
        }
        let right = input.length
        while (!isUtf8(input.subarray(0, right))) right -= 1
        expect(failureOf(() => decode('utf-8', pieces))).toMatchObject({ offset: right })
      }),
      { numRuns: 3000, seed: 20262 },
    )
  })
})

describe('utf-16', () => {
  it.each([
    ['a high surrogate alone', 'a\ud800b', 2],
    ['a low surrogate alone', 'a\udc00b', 2],
    ['two high ones', 'ab\ud800\ud800\udc00', 4],
    ['a high one at the end', 'a\ud800', 2],
  ])('names the place of %s', (_what, text, offset) => {
    for (const [encoding, bytes] of [
      ['utf-16le', Buffer.from(text, 'utf16le')],
      ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
    ] as const) {
      for (let at = 0; at <= bytes.length; at++) {
        expect(failureOf(() => decode(encoding, cutAt(bytes, [at])))).toMatchObject({ encoding, offset })
      }
    }
  })
})

describe('the byte order mark', () => {
  it.each([
    [[0xef, 0xbb, 0xbf, 0x61], { encoding: 'utf-8', length: 3 }],
    [[0xff, 0xfe], { encoding: 'utf-16le', length: 2 }],
    [[0xfe, 0xff], { encoding: 'utf-16be', length: 2 }],
    [[0xef, 0xbb], null],
    [[], null],
  ])('of %j is %j', (head, expected) => {
    expect(readByteOrderMark(Uint8Array.from(head))).toEqual(expected)
  })
})
