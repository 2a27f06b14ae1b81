/**
 * A recall, one neuron a call: asynchronous in a seeded random order a sweep, or synchronous; at temperature 0 by the sign
 * of the field, above it by Glauber dynamics, p(s_i = +1) = σ(2 h_i / T). It ends when a whole sweep changes nothing: the
 * output equals the input.
 */
import { sigmoid } from '../numerics/elementary'
import { Random } from '../random/generator'
import { NO_FIELD } from './rule'
import type { Memory } from './rule'

export interface RecallOptions {
  readonly update: 'asynchronous' | 'synchronous'
  readonly temperature: number
  readonly maxSweeps: number
  readonly seed: number
}

/** What a visit found and did. */
export interface Visit {
  neuron: number
  field: number
  flipped: boolean
  /** E after the visit. A synchronous sweep changes all its neurons at its last visit. */
  energy: number
}

export class Recall {
  /** Changed in place, visit by visit. */
  readonly state: Int8Array
  readonly visit: Visit = { neuron: 0, field: 0, flipped: false, energy: 0 }
  #memory: Memory
  #options: RecallOptions
  #random: Random
  #order: Uint32Array
  #at = 0
  #changed = 0
  #sweeps = 0
  #converged = false
  #cycle: 0 | 2 = 0
  #energy: number
  #pending: number[] = [] // neurons that a synchronous sweep will turn over
  #previous: Int8Array | null = null // the state two sweeps ago is the cue of the last

  /** @param cue N values of ±1; copied */
  constructor(memory: Memory, cue: Int8Array, options: RecallOptions) {
    this.state = cue.slice()
    this.#memory = memory
    this.#options = options
    this.#random = Random.fromSeed(options.seed, 'recall')
    this.#order = Uint32Array.from({ length: memory.neurons }, (_, i) => i)
    memory.follow(this.state)
    this.#energy = memory.energy()
    this.visit.energy = this.#energy
    this.#beginSweep()
  }

  get energy(): number {
    return this.#energy
  }
  /** Whole sweeps done. */
  get sweeps(): number {
    return this.#sweeps
  }
  get converged(): boolean {
    return this.#converged
  }
  /** 2 where a synchronous recall goes to and fro between two states. */
  get cycle(): 0 | 2 {
    return this.#cycle
  }
  get done(): boolean {
    return this.#converged || this.#cycle === 2 || this.#sweeps >= this.#options.maxSweeps
  }

  /** Visits the next neuron; the visit object is used again by the next call. @returns false when there is no next */
  next(): boolean {
    if (this.done) return false
    const i = this.#order[this.#at++]
    const field = this.#memory.field(i)
    const flips = this.#decide(field, this.state[i]) !== this.state[i]
    this.visit.neuron = i
    this.visit.field = field
    this.visit.flipped = flips
    if (flips) {
      this.#changed += 1
      if (this.#options.update === 'synchronous') this.#pending.push(i)
      else this.#flip(i, field)
    }
    if (this.#at === this.#order.length) this.#endSweep()
    this.visit.energy = this.#energy
    return true
  }

  #decide(field: number, now: number): number {
    const { temperature } = this.#options
    if (temperature > 0) return this.#random.uniform() < sigmoid((2 * field) / temperature) ? 1 : -1
    return Math.abs(field) < NO_FIELD ? now : field > 0 ? 1 : -1
  }

  #flip(i: number, field: number): void {
    const before = this.state[i]
    this.#memory.flip(i)
    this.#energy = this.#memory.isLinear ? this.#energy + 2 * before * field : this.#memory.energy()
  }

  #beginSweep(): void {
    this.#at = 0
    this.#changed = 0
    if (this.#options.update === 'asynchronous') this.#random.shuffle(this.#order)
  }

  #endSweep(): void {
    this.#sweeps += 1
    if (this.#options.update === 'synchronous') this.#turnPending()
    // Small roundings of the incremental sums do not outlive a sweep.
    this.#energy = this.#memory.energy()
    if (this.#options.temperature === 0 && this.#changed === 0) this.#converged = true
    else this.#beginSweep()
  }

  #turnPending(): void {
    const before = this.state.slice()
    for (const i of this.#pending) this.#memory.flip(i)
    this.#pending = []
    const returned = this.#previous?.every((value, i) => value === this.state[i]) ?? false
    if (this.#options.temperature === 0 && this.#changed > 0 && returned) this.#cycle = 2
    this.#previous = before
  }
}
