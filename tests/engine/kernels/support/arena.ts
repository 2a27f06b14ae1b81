/**
 * Memory for one call of a kernel's function. Every buffer has a guard before and behind it: whatever writes out of bounds
 * changes a guard, and whatever reads out of bounds finds NaN there.
 */
import { Random } from '../../../../src/engine'
import type { KernelCode } from '../../../../src/engine'
import { Kernel } from '../../../../src/engine/kernels/kernel'
import type { KernelFunctions } from '../../../../src/engine/kernels/kernel-functions'

/** `special`: with NaN, infinities, zeros of both signs, subnormal and huge numbers among the rest. */
export type Filling = 'ordinary' | 'special'

const GUARD_FLOATS = 24
/** A NaN that no arithmetic makes. */
const GUARD_BITS = 0x7fc0dead
const ARENA_FLOATS = 1 << 17
const SPECIAL = [NaN, Infinity, -Infinity, 0, -0, 1e-45, -3e-39, 1.2e-38, 3.4e38, -3.4e38, 87.5, -88, 8, -8]

export class Arena {
  readonly run: KernelFunctions
  readonly #floats: Float32Array
  readonly #words: Uint32Array
  readonly #random: Random
  readonly #filling: Filling
  readonly #guards: number[] = []
  readonly #start: number
  #at = 0

  constructor(code: KernelCode, seed: string, filling: Filling) {
    const kernel = new Kernel(code, ARENA_FLOATS * 4)
    this.run = kernel.run
    this.#start = kernel.take(ARENA_FLOATS)
    this.#floats = kernel.floats(this.#start, ARENA_FLOATS)
    this.#words = kernel.ids(this.#start, ARENA_FLOATS)
    this.#random = Random.fromSeed(7, seed)
    this.#filling = filling
    this.#guard()
  }

  /** A buffer of numbers between −most and most. @returns its pointer */
  floats(length: number, most = 2): number {
    const [at, pointer] = this.#take(length)
    for (let i = 0; i < length; i++) this.#floats[at + i] = this.#draw(most)
    return pointer
  }

  /** A buffer of numbers in [0, most). */
  positive(length: number, most = 1): number {
    const [at, pointer] = this.#take(length)
    for (let i = 0; i < length; i++) this.#floats[at + i] = Math.abs(this.#draw(most))
    return pointer
  }

  /** A buffer of whole numbers below n. */
  ids(length: number, n: number): number {
    const [at, pointer] = this.#take(length)
    for (let i = 0; i < length; i++) this.#words[at + i] = this.#random.below(n)
    return pointer
  }

  /** All that lies in the buffers and between them. */
  get contents(): Float32Array {
    return this.#floats.slice(0, this.#at)
  }

  /** Whether every guard is as it was. */
  get isGuarded(): boolean {
    return this.#guards.every((at) => this.#words.subarray(at, at + GUARD_FLOATS).every((word) => word === GUARD_BITS))
  }

  /** The buffers without their guards. */
  get values(): number[] {
    return this.#guards.flatMap((guard, i) => {
      const end = i + 1 < this.#guards.length ? this.#guards[i + 1] : guard + GUARD_FLOATS
      return Array.from(this.#floats.subarray(guard + GUARD_FLOATS, end))
    })
  }

  #take(length: number): readonly [at: number, pointer: number] {
    const at = this.#at
    this.#at += length
    this.#guard()
    return [at, this.#start + at * 4]
  }

  #guard(): void {
    this.#guards.push(this.#at)
    this.#words.fill(GUARD_BITS, this.#at, this.#at + GUARD_FLOATS)
    this.#at += GUARD_FLOATS
    if (this.#at > ARENA_FLOATS) throw new RangeError('the arena is too small')
  }

  #draw(most: number): number {
    const drawn = (2 * this.#random.uniform() - 1) * most
    const kind = this.#random.below(8)
    return this.#filling === 'special' && kind === 0 ? SPECIAL[this.#random.below(SPECIAL.length)] : drawn
  }
}
