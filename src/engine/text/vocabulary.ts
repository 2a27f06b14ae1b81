/**
 * The symbols of a text and their numbers: the sorted set of its code points. Encoding goes by a table over all code
 * points, so that it costs one look-up a symbol.
 */
import { EngineError } from '../error'
import type { TokenIds } from '../training/cursor'

const CODE_POINTS = 0x110000
const ABSENT = 0xffffffff

export class Vocabulary {
  /** In index order. */
  readonly symbols: readonly string[]
  readonly #index: Uint32Array

  constructor(symbols: readonly string[]) {
    this.symbols = symbols
    this.#index = new Uint32Array(CODE_POINTS).fill(ABSENT)
    symbols.forEach((symbol, i) => (this.#index[symbol.codePointAt(0) ?? 0] = i))
  }

  /** The sorted set of the symbols of a text. */
  static of(text: string): Vocabulary {
    return new Vocabulary([...new Set(text)].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)))
  }

  get size(): number {
    return this.symbols.length
  }

  /** Symbols of the text that have no number, each once, in the order they appear. */
  unknown(text: string): string[] {
    return [...new Set(text)].filter((symbol) => this.#index[symbol.codePointAt(0) ?? 0] === ABSENT)
  }

  /** @throws EngineError E_SYMBOLS_UNKNOWN listing them, unless they are to be left out */
  encode(text: string, skipUnknown = false): Uint32Array {
    const unknown = skipUnknown ? [] : this.unknown(text)
    if (unknown.length > 0)
      throw new EngineError('E_SYMBOLS_UNKNOWN', { symbols: unknown.map((s) => JSON.stringify(s)).join(' ') })
    const ids: number[] = []
    for (const symbol of text) {
      const id = this.#index[symbol.codePointAt(0) ?? 0]
      if (id !== ABSENT) ids.push(id)
    }
    return Uint32Array.from(ids)
  }

  decode(ids: TokenIds | readonly number[]): string {
    let text = ''
    for (const id of ids) text += this.symbols[id]
    return text
  }
}
