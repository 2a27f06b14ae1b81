/**
 * Numbers for the code points of a text of unknown length, in as few bytes each as their kinds need: first in the order
 * they appear, at the end in the order of the vocabulary, into memory that threads share.
 */
import type { TokenIds } from '../../engine'
import { LabError } from '../../shared'

const CODE_POINTS = 0x110000
/** Numbers are kept in 16 bits. */
export const MOST_SYMBOLS = 65_535

const HIGH_SURROGATE = 0xd800
const AFTER_HIGH = 0xdc00

export interface StoredTokens {
  readonly ids: TokenIds
  /** In index order. */
  readonly vocabulary: readonly string[]
}

export class TokenStore {
  readonly #numberOf = new Uint32Array(CODE_POINTS) // one more than the number; 0: not seen
  readonly #codePoints: number[] = []
  /** How often each number appeared since `beginFile`. */
  #counts = new Float64Array(256)
  #ids: Uint8Array | Uint16Array
  #length = 0
  #fileStart = 0

  /** @param expected tokens at most, as far as known; it grows beyond */
  constructor(expected: number) {
    this.#ids = new Uint8Array(Math.max(1024, expected))
  }

  get length(): number {
    return this.#length
  }

  beginFile(): void {
    this.#counts.fill(0)
    this.#fileStart = this.#length
  }

  /** Adds well-formed text. @param name of the file it comes from. @throws LabError E_VOCABULARY_TOO_LARGE */
  add(text: string, name = ''): void {
    this.#reserve(text.length)
    for (let i = 0; i < text.length; i++) {
      let codePoint = text.charCodeAt(i)
      if (codePoint >= HIGH_SURROGATE && codePoint < AFTER_HIGH) {
        codePoint = text.codePointAt(i) ?? codePoint
        i += 1
      }
      const number = this.#numberOf[codePoint] || this.#introduce(codePoint, name)
      this.#ids[this.#length++] = number - 1
      this.#counts[number - 1] += 1
    }
  }

  /** What the file since `beginFile` holds. */
  fileSummary(): { tokens: number; symbols: { symbol: string; count: number }[] } {
    const symbols = this.#codePoints
      .map((codePoint, number) => ({ symbol: String.fromCodePoint(codePoint), count: this.#counts[number] }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.symbol < b.symbol ? -1 : 1))
    return { tokens: this.#length - this.#fileStart, symbols }
  }

  finish(): StoredTokens {
    const sorted = this.#codePoints.map((codePoint, number) => ({ codePoint, number }))
    sorted.sort((a, b) => a.codePoint - b.codePoint)
    const renamed = new Uint16Array(sorted.length)
    sorted.forEach(({ number }, index) => (renamed[number] = index))
    const small = sorted.length <= 256
    const shared = new SharedArrayBuffer(this.#length * (small ? 1 : 2))
    const ids = small ? new Uint8Array(shared) : new Uint16Array(shared)
    for (let i = 0; i < this.#length; i++) ids[i] = renamed[this.#ids[i]]
    return { ids, vocabulary: sorted.map(({ codePoint }) => String.fromCodePoint(codePoint)) }
  }

  #introduce(codePoint: number, name: string): number {
    const number = this.#codePoints.push(codePoint)
    if (number > MOST_SYMBOLS) {
      throw new LabError('E_VOCABULARY_TOO_LARGE', { name, count: number, limit: MOST_SYMBOLS })
    }
    this.#numberOf[codePoint] = number
    if (number === 257) this.#ids = Uint16Array.from(this.#ids)
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
    const larger = this.#ids instanceof Uint8Array ? new Uint8Array(room) : new Uint16Array(room)
    larger.set(this.#ids.subarray(0, this.#length))
    this.#ids = larger
  }
}
