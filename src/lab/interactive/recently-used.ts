/** Things that were made and may be wanted again, of a certain size in all; the longest unused go first. */

export const MEBIBYTE = 1024 * 1024

export class RecentlyUsed<Value> {
  /** Least recently used first. */
  readonly #kept = new Map<string, Value>()
  readonly #most: number
  readonly #sizeOf: (value: Value) => number

  /** @param most bytes; the newest stays even when it alone is larger */
  constructor(most: number, sizeOf: (value: Value) => number) {
    this.#most = most
    this.#sizeOf = sizeOf
  }

  find(key: string): Value | undefined {
    const found = this.#kept.get(key)
    if (found === undefined) return undefined
    this.#kept.delete(key)
    this.#kept.set(key, found)
    return found
  }

  keep(key: string, value: Value): Value {
    this.#kept.delete(key)
    this.#kept.set(key, value)
    let bytes = [...this.#kept.values()].reduce((sum, kept) => sum + this.#sizeOf(kept), 0)
    for (const [oldest, kept] of this.#kept) {
      if (bytes <= this.#most || oldest === key) break
      this.#kept.delete(oldest)
      bytes -= this.#sizeOf(kept)
    }
    return value
  }

  take(key: string, make: () => Value): Value {
    return this.find(key) ?? this.keep(key, make())
  }
}

/** Bytes of the typed arrays in it, however deep. */
export function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, part) => sum + sizeOf(part), 0)
}
