/**
 * What a network reads and writes, and its numbers: code points (`character`), code points with Hangul syllables taken
 * apart (`jamo`), or the bytes of UTF-8 (`byte`, named by two hexadecimal digits). Encoding goes by a table over all
 * code points, so that it costs one look-up a symbol.
 */
import { EngineError } from '../error'
import type { TokenIds } from '../training/cursor'
import { SyllableCounter, takeApart } from './jamo'
import { decodeUtf8, encodeUtf8 } from './utf8'

export type Tokens = 'character' | 'jamo' | 'byte'

const CODE_POINTS = 0x110000
const ABSENT = 0xffffffff

const codeOf = (symbol: string): number => symbol.codePointAt(0) ?? 0

/** The vocabulary of bytes: all 256, whatever the text. */
export const BYTE_SYMBOLS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
)

export class Tokeniser {
  readonly kind: Tokens
  /** In index order. */
  readonly symbols: readonly string[]
  /** From a code point, or a byte, to its number. */
  readonly #index: Uint32Array

  constructor(kind: Tokens, symbols: readonly string[]) {
    this.kind = kind
    this.symbols = symbols
    this.#index = new Uint32Array(kind === 'byte' ? 256 : CODE_POINTS).fill(ABSENT)
    symbols.forEach((symbol, i) => (this.#index[kind === 'byte' ? parseInt(symbol, 16) : codeOf(symbol)] = i))
  }

  get size(): number {
    return this.symbols.length
  }

  /** The number of the line end; null: it has none. */
  get lineEnd(): number | null {
    const id = this.#index[0x0a]
    return id === ABSENT ? null : id
  }

  /** Symbols of the text that have no number, each once, in the order they appear. */
  unknown(text: string): string[] {
    const found = new Set<string>()
    for (const code of this.#codes(text)) if (this.#index[code] === ABSENT) found.add(this.#nameOf(code))
    return [...found]
  }

  /**
   * The numbers of a text that a person gave: with LF line ends and NFC, as texts are read, but for bytes.
   * @throws EngineError E_SYMBOLS_UNKNOWN listing them, unless they are to be left out
   */
  encode(text: string, skipUnknown = false): Uint32Array {
    const unknown = skipUnknown ? [] : this.unknown(text)
    if (unknown.length > 0) throw unknownSymbols(unknown)
    const ids: number[] = []
    for (const code of this.#codes(text)) if (this.#index[code] !== ABSENT) ids.push(this.#index[code])
    return Uint32Array.from(ids)
  }

  /**
   * The numbers of a text that was read with a vocabulary of its own, of the same kind.
   * @throws EngineError E_SYMBOLS_UNKNOWN, unless they are to be left out
   */
  translate(ids: TokenIds, vocabulary: readonly string[], skipUnknown = false): TokenIds {
    const own = new Map(this.symbols.map((symbol, i) => [symbol, i]))
    const renamed = Uint32Array.from(vocabulary, (symbol) => own.get(symbol) ?? ABSENT)
    const used = new Uint8Array(vocabulary.length)
    for (let i = 0; i < ids.length; i++) used[ids[i]] = 1
    const unknown = vocabulary.filter((_, i) => used[i] === 1 && renamed[i] === ABSENT)
    if (unknown.length > 0 && !skipUnknown) throw unknownSymbols(unknown)
    const translated = this.size <= 65_536 ? new Uint16Array(ids.length) : new Uint32Array(ids.length)
    let length = 0
    for (let i = 0; i < ids.length; i++) if (renamed[ids[i]] !== ABSENT) translated[length++] = renamed[ids[i]]
    return translated.subarray(0, length)
  }

  /** As it is shown: jamo joined, bytes that are no UTF-8 replaced. */
  decode(ids: TokenIds | readonly number[]): string {
    if (this.kind === 'byte') return decodeUtf8(Uint8Array.from(ids, (id) => parseInt(this.symbols[id], 16)))
    let text = ''
    for (const id of ids) text += this.symbols[id]
    return this.kind === 'jamo' ? text.normalize('NFC') : text
  }

  /** Unicode characters that these tokens make together (of bytes: the bytes). */
  countCharacters(ids: TokenIds): number {
    if (this.kind !== 'jamo') return ids.length
    const counter = new SyllableCounter()
    const codes = Uint32Array.from(this.symbols, codeOf)
    for (let i = 0; i < ids.length; i++) counter.add(codes[ids[i]])
    return counter.count
  }

  #codes(text: string): Iterable<number> {
    if (this.kind === 'byte') return encodeUtf8(text)
    const unified = text.replace(/\r\n?/g, '\n').normalize('NFC')
    return Array.from(this.kind === 'jamo' ? takeApart(unified) : unified, codeOf)
  }

  #nameOf(code: number): string {
    return this.kind === 'byte' ? BYTE_SYMBOLS[code] : String.fromCodePoint(code)
  }
}

function unknownSymbols(symbols: readonly string[]): EngineError {
  return new EngineError('E_SYMBOLS_UNKNOWN', { symbols: symbols.map((s) => JSON.stringify(s)).join(' ') })
}
