/** Line ends and NFC, in pieces as in one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Normaliser } from '../../../src/lab/corpora/normaliser'
import type { TextChanges } from '../../../src/lab/corpora/normaliser'

function normalise(pieces: readonly string[]): { text: string; changes: TextChanges } {
  const normaliser = new Normaliser()
  const text = pieces.map((piece) => normaliser.write(piece)).join('') + normaliser.end()
  return { text, changes: normaliser.changes }
}

describe('normaliser', () => {
  it.each([
    ['a\r\nb\rc\nd\r\r\n', 'a\nb\nc\nd\n\n', { lineEnds: 4, nfc: 0 }],
    ['\r', '\n', { lineEnds: 1, nfc: 0 }],
    ['\u2028 stays', '\u2028 stays', { lineEnds: 0, nfc: 0 }],
    ['한글 각'.normalize('NFD'), '한글 각', { lineEnds: 0, nfc: 3 }],
    ['가\u11a8', '각', { lineEnds: 0, nfc: 1 }],
    ['e\u0301e\u0301 é', 'éé é', { lineEnds: 0, nfc: 2 }],
    ['\u212b \uf900', 'Å 豈', { lineEnds: 0, nfc: 2 }],
    ['한글 é 👩‍👩‍👧 🇰🇷', '한글 é 👩‍👩‍👧 🇰🇷', { lineEnds: 0, nfc: 0 }],
    ['', '', { lineEnds: 0, nfc: 0 }],
  ])('%j becomes %j and tells what it changed', (text, expected, changes) => {
    expect(normalise([text])).toEqual({ text: expected, changes })
  })

  it('does the same in any pieces as in one', () => {
    const symbol = fc.constantFrom(
      ...'\r\n a\u0301\u0323한ᄒ\u1161\u11ab각\u1100가か\u3099漢\uf900é\u1160\u09c7\u09be\u0344',
      '👩',
      '\u{1d15e}',
      '\u{11131}\u{11127}',
      'ￄ',
    )
    const pieces = fc.array(
      fc.array(symbol, { maxLength: 5 }).map((symbols) => symbols.join('')),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(pieces, (parts) => {
        const whole = parts.join('')
        const inParts = normalise(parts)
        expect(inParts).toEqual(normalise([whole]))
        expect(inParts.text).toBe(whole.replace(/\r\n?/g, '\n').normalize('NFC'))
      }),
      { numRuns: 5000, seed: 20263 },
    )
  })
})
