/**
 * Numbers for the symbols of a text of unknown length, in as few bytes each as their kinds need: first in the order they
 * appear, at the end in the order of the vocabulary. They lie in memory that threads share from the beginning, whose
 * pages cost nothing until they are written.
 */
import { BYTE_SYMBOLS, isSyllable, LEADING, SYLLABLE, TRAILING, TRAILINGS, VOWEL, VOWELS } from '../../engine'
import type { TokenIds } from '../../engine'
import { LabError } from '../../shared'
import type { TokenKind } from '../../shared'

const CODE_POINTS = 0x110000
/** Numbers are kept in 16 bits. */
export const MOST_SYMBOLS = 65_535

const HIGH_SURROGATE = 0xd800
const AFTER_HIGH = 0xdc00
/** Tokens of a syllable at most. */
const PARTS = 3

export interface StoredTokens {
  /** In shared memory. */
  readonly ids: TokenIds
  /** In index order. */
  readonly vocabulary: readonly string[]
}

export class TokenStore {
  readonly #kind: TokenKind
  readonly #numberOf = new Uint32Array(CODE_POINTS) // one more than the number; 0: not seen
  readonly #codePoints: number[] = []
  /** How often each number appeared since `beginFile`. */
  #counts = new Float64Array(256)
  #ids: Uint8Array | Uint16Array
  #length = 0
  #fileStart = 0
  #characters = 0
  #textRoom = new Uint32Array(0)

  /** @param expected tokens at most, as far as known; it grows beyond */
  constructor(kind: TokenKind, expected: number) {
    this.#kind = kind
    this.#ids = new Uint8Array(new SharedArrayBuffer(Math.max(1024, expected)))
    if (kind === 'byte') for (let byte = 0; byte < 256; byte++) this.#introduce(byte, '')
  }

  get length(): number {
    return this.#length
  }

  beginFile(): void {
    this.#counts.fill(0)
    this.#fileStart = this.#length
    this.#characters = 0
  }

  /** Adds code points (of bytes: the bytes). @param name of the file they come from. @throws LabError E_VOCABULARY_TOO_LARGE */
  add(codePoints: Uint32Array | Uint8Array, count: number, name: string): void {
    const splits = this.#kind === 'jamo'
    this.#reserve(splits ? count + (PARTS - 1) * countSyllables(codePoints, count) : count)
    this.#characters += count
    const numberOf = this.#numberOf
    let ids = this.#ids
    let counts = this.#counts
    let length = this.#length
    for (let i = 0; i < count; i++) {
      const codePoint = codePoints[i]
      if (splits && isSyllable(codePoint)) {
        this.#length = length
        this.#addSyllable(codePoint - SYLLABLE, name)
        length = this.#length
        ids = this.#ids
        counts = this.#counts
        continue
      }
      let number = numberOf[codePoint]
      if (number === 0) {
        this.#length = length
        number = this.#introduce(codePoint, name)
        ids = this.#ids
        counts = this.#counts
      }
      ids[length++] = number - 1
      counts[number - 1] += 1
    }
    this.#length = length
  }

  /** Adds well-formed text. */
  addText(text: string, name = ''): void {
    if (this.#textRoom.length < text.length) this.#textRoom = new Uint32Array(text.length)
    const codePoints = this.#textRoom
    let count = 0
    for (let i = 0; i < text.length; i++) {
      let codePoint = text.charCodeAt(i)
      if (codePoint >= HIGH_SURROGATE && codePoint < AFTER_HIGH) {
        codePoint = text.codePointAt(i) ?? codePoint
        i += 1
      }
      codePoints[count++] = codePoint
    }
    this.add(codePoints, count, name)
  }

  /** What the file since `beginFile` holds. */
  fileSummary(): { characters: number; tokens: number; symbols: { symbol: string; count: number }[] } {
    const symbols = this.#codePoints
      .map((codePoint, number) => ({ symbol: this.#symbolOf(codePoint), count: this.#counts[number] }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.symbol < b.symbol ? -1 : 1))
    return { characters: this.#characters, tokens: this.#length - this.#fileStart, symbols }
  }

  finish(): StoredTokens {
    const sorted = this.#codePoints.map((codePoint, number) => ({ codePoint, number }))
    sorted.sort((a, b) => a.codePoint - b.codePoint)
    const renamed = new Uint16Array(sorted.length)
    sorted.forEach(({ number }, index) => (renamed[number] = index))
    const ids = this.#ids.subarray(0, this.#length)
    for (let i = 0; i < ids.length; i++) ids[i] = renamed[ids[i]]
    return { ids, vocabulary: sorted.map(({ codePoint }) => this.#symbolOf(codePoint)) }
  }

  #symbolOf(codePoint: number): string {
    return this.#kind === 'byte' ? BYTE_SYMBOLS[codePoint] : String.fromCodePoint(codePoint)
  }

  #addSyllable(index: number, name: string): void {
    const trailing = index % TRAILINGS
    const vowel = Math.floor(index / TRAILINGS) % VOWELS
    this.#addOne(LEADING + Math.floor(index / (TRAILINGS * VOWELS)), name)
    this.#addOne(VOWEL + vowel, name)
    if (trailing > 0) this.#addOne(TRAILING + trailing, name)
  }

  #addOne(codePoint: number, name: string): void {
    const number = this.#numberOf[codePoint] || this.#introduce(codePoint, name)
    this.#ids[this.#length++] = number - 1
    this.#counts[number - 1] += 1
  }

  #introduce(codePoint: number, name: string): number {
    const number = this.#codePoints.push(codePoint)
    if (number > MOST_SYMBOLS) {
      throw new LabError('E_VOCABULARY_TOO_LARGE', { name, count: number, limit: MOST_SYMBOLS })
    }
    this.#numberOf[codePoint] = number
    if (number === 257) this.#grow(this.#ids.length, 2)
    if (number > this.#counts.length) {
      const wider = new Float64Array(this.#counts.length * 4)
      wider.set(this.#counts)
      this.#counts = wider
    }
    return number
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#ids.length) return
    const room = Math.max(this.#length + more, Math.ceil(this.#ids.length * 1.5))
    this.#grow(room, this.#ids.BYTES_PER_ELEMENT)
  }

  /** Only what is in use is copied: the rest of the room is not touched. */
  #grow(room: number, width: number): void {
    const shared = new SharedArrayBuffer(room * width)
    const larger = width === 1 ? new Uint8Array(shared) : new Uint16Array(shared)
    larger.set(this.#ids.subarray(0, this.#length))
    this.#ids = larger
  }
}

function countSyllables(codePoints: Uint32Array | Uint8Array, count: number): number {
  let syllables = 0
  for (let i = 0; i < count; i++) if (isSyllable(codePoints[i])) syllables += 1
  return syllables
}
