/**
 * The engine's one source of chance: xoshiro128** (Blackman and Vigna 2018), seeded through a 32-bit mixer. Streams of one
 * seed are told apart by a name, so that drawing more for one purpose never shifts another.
 */
import { log } from '../numerics/elementary'
import type { Floats } from '../numerics/floats'

export type RandomState = readonly [number, number, number, number]

const TWO_32 = 4294967296
const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by))

/** A bijection of 32 bits that spreads every bit over all. */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}

export class Random {
  #a = 0
  #b = 0
  #c = 0
  #d = 0

  private constructor() {}

  /** @param seed any whole number; @param stream what the numbers are for, such as `dropout` */
  static fromSeed(seed: number, stream: string): Random {
    let word = mix(seed >>> 0) ^ mix(Math.floor(seed / TWO_32) >>> 0)
    for (let i = 0; i < stream.length; i++) word = mix(word ^ Math.imul(stream.charCodeAt(i) + 1, 0x9e3779b9))
    const next = (): number => (word = mix((word + 0x9e3779b9) >>> 0))
    return Random.fromState([next(), next(), next(), next() | 1])
  }

  static fromState(state: RandomState): Random {
    const random = new Random()
    random.restore(state)
    return random
  }

  save(): RandomState {
    return [this.#a, this.#b, this.#c, this.#d]
  }

  restore([a, b, c, d]: RandomState): void {
    this.#a = a >>> 0
    this.#b = b >>> 0
    this.#c = c >>> 0
    this.#d = d >>> 0
  }

  /** A whole number in [0, 2³²). */
  uint32(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9) >>> 0
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = rotate(this.#d, 11)
    return result
  }

  /** In [0, 1), 53 bits. */
  uniform(): number {
    return ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992
  }

  /**
   * Sets values[from … end − 1] to 0 where `uniform() < share`, and else to `kept`: the same draws as calling it for each, in
   * a fraction of the time, since the state stays in local variables.
   * @param share in [0, 1)
   */
  drop(values: Floats, from: number, end: number, share: number, kept: number): void {
    let a = this.#a
    let b = this.#b
    let c = this.#c
    let d = this.#d
    // uniform() is (high · 2²⁶ + low) / 2⁵³, so its high part alone decides, unless it is just that of the share.
    const whole = Math.floor(share * 134217728)
    const rest = share * 9007199254740992 - whole * 67108864
    for (let i = from; i < end; i++) {
      const high = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 5
      let shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = rotate(d, 11)
      let dropped = (high - whole) >>> 31
      if (high === whole) dropped = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 6 < rest ? 1 : 0
      shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = rotate(d, 11)
      values[i] = kept * (1 - dropped)
    }
    this.#a = a
    this.#b = b
    this.#c = c
    this.#d = d
  }

  /** A whole number in [0, n), n ≤ 2³², every one as likely: the uneven rest of 2³² is drawn again. */
  below(n: number): number {
    const limit = TWO_32 - (TWO_32 % n)
    let drawn = this.uint32()
    while (drawn >= limit) drawn = this.uint32()
    return drawn % n
  }

  /** Mean 0, variance 1: the polar method (Marsaglia and Bray 1964), one of its two values. */
  normal(): number {
    for (;;) {
      const x = 2 * this.uniform() - 1
      const y = 2 * this.uniform() - 1
      const s = x * x + y * y
      if (s > 0 && s < 1) return x * Math.sqrt((-2 * log(s)) / s)
    }
  }

  /** Puts the elements in an order drawn at random, in place (Fisher and Yates). */
  shuffle(array: Uint32Array | number[]): void {
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const held = array[i]
      array[i] = array[j]
      array[j] = held
    }
  }
}
