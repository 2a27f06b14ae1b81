/** Tokens of every kind: text to numbers and back without a loss. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BYTE_SYMBOLS, Tokeniser } from '../../src/engine'
import { takeApart } from '../../src/engine/text/jamo'
import { decodeUtf8, encodeUtf8 } from '../../src/engine/text/utf8'

const wellFormed = fc.string({
  unit: fc.oneof(fc.constantFrom(...'가각힣ᄀ\u1161\u11a8e\u0301\r\n漢'), fc.string({ unit: 'binary', maxLength: 1 })),
})
const isWellFormed = (text: string): boolean => Buffer.from(text).toString() === text

describe('utf-8', () => {
  it('encodes as Node does', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        fc.pre(isWellFormed(text))
        expect(Buffer.from(encodeUtf8(text)).equals(Buffer.from(text))).toBe(true)
      }),
      { seed: 1 },
    )
  })

  it('decodes any bytes as Node does', () => {
    const often = fc.oneof(fc.nat(255), fc.constantFrom(0x41, 0x80, 0xbf, 0xc3, 0xe0, 0xed, 0xf0, 0xf4, 0xff))
    fc.assert(
      fc.property(fc.array(often, { maxLength: 16 }), (bytes) => {
        expect(decodeUtf8(bytes)).toBe(Buffer.from(bytes).toString())
      }),
      { numRuns: 3000, seed: 2 },
    )
  })
})

describe('tokens', () => {
  it.each(['character', 'jamo', 'byte'] as const)('%s come back as the text', (kind) => {
    fc.assert(
      fc.property(wellFormed, (given) => {
        fc.pre(isWellFormed(given))
        const text = kind === 'byte' ? given : given.replace(/\r\n?/g, '\n').normalize('NFC')
        const symbols = kind === 'byte' ? BYTE_SYMBOLS : [...new Set(kind === 'jamo' ? takeApart(text) : text)]
        const tokeniser = new Tokeniser(kind, symbols)
        const ids = tokeniser.encode(given)
        expect(tokeniser.decode(ids)).toBe(text)
        expect(tokeniser.countCharacters(ids)).toBe(kind === 'byte' ? Buffer.from(text).length : [...text].length)
      }),
      { numRuns: 500, seed: 3 },
    )
  })

  it('of jamo are the parts of syllables', () => {
    const tokeniser = new Tokeniser('jamo', ['a', 'ᄀ', 'ᅡ', 'ᆨ', 'ㄱ'])
    expect([...tokeniser.encode('각aㄱ가')]).toEqual([1, 2, 3, 0, 4, 1, 2])
  })

  it('that are not known are listed, or left out', () => {
    const tokeniser = new Tokeniser('jamo', ['a', 'ᄀ', 'ᅡ'])
    expect(tokeniser.unknown('각bab')).toEqual(['ᆨ', 'b'])
    expect(() => tokeniser.encode('ab')).toThrow(/E_SYMBOLS_UNKNOWN/)
    expect([...tokeniser.encode('각ba', true)]).toEqual([1, 2, 0])
  })

  it('of another vocabulary are translated', () => {
    const tokeniser = new Tokeniser('character', ['a', 'b'])
    expect([...tokeniser.translate(Uint8Array.of(1, 0, 1), ['b', 'a', 'z'])]).toEqual([0, 1, 0])
    expect(() => tokeniser.translate(Uint8Array.of(2), ['b', 'a', 'z'])).toThrow(/"z/)
    expect([...tokeniser.translate(Uint8Array.of(2, 0), ['b', 'a', 'z'], true)]).toEqual([1])
  })
})
