/**
 * A recall as a tape of visits, and a cursor on it that rebuilds the state at any visit, forward and backward. A position k
 * means that k visits are done: 0 is the cue. A synchronous sweep turns its neurons over together, at its last visit.
 */
import type { RecallBatch } from '../../../../shared'

type Visits = Pick<RecallBatch, 'neurons' | 'fields' | 'flipped' | 'energies'>

const FIRST_CAPACITY = 1024

/** An array of the same kind with room for more. */
function grown<Values extends Uint32Array | Float32Array | Uint8Array | Float64Array>(
  old: Values,
  room: number,
): Values {
  const next = new (old.constructor as new (length: number) => Values)(room)
  next.set(old)
  return next
}

/** Columns that only grow; visit k is at index k − 1, energies begin with the cue's. */
export class RecallTape {
  readonly id: string
  readonly cue: Int8Array
  readonly isSynchronous: boolean
  length = 0
  /** The largest |h| so far, the scale of a picture of fields. */
  mostField = 0
  neurons = new Uint32Array(FIRST_CAPACITY)
  fields = new Float32Array(FIRST_CAPACITY)
  flipped = new Uint8Array(FIRST_CAPACITY)
  energies = new Float64Array(FIRST_CAPACITY + 1)

  constructor(id: string, cue: Int8Array, energy: number, isSynchronous: boolean) {
    this.id = id
    this.cue = cue
    this.isSynchronous = isSynchronous
    this.energies[0] = energy
  }

  get sweepLength(): number {
    return this.cue.length
  }

  append({ neurons, fields, flipped, energies }: Visits): void {
    const needed = this.length + neurons.length
    if (needed > this.neurons.length) this.#grow(Math.max(needed, 2 * this.neurons.length))
    this.neurons.set(neurons, this.length)
    this.fields.set(fields, this.length)
    this.flipped.set(flipped, this.length)
    this.energies.set(energies, this.length + 1)
    for (const field of fields) this.mostField = Math.max(this.mostField, Math.abs(field))
    this.length = needed
  }

  #grow(room: number): void {
    this.neurons = grown(this.neurons, room)
    this.fields = grown(this.fields, room)
    this.flipped = grown(this.flipped, room)
    this.energies = grown(this.energies, room + 1)
  }
}

/** The sweep that a position lies in, from 1; 0 at the cue. */
export function sweepAt(visit: number, sweepLength: number): number {
  return Math.ceil(visit / sweepLength)
}

/** Where the next (or the last) sweep ends. */
export function nextSweepEnd(visit: number, sweepLength: number): number {
  return (Math.floor(visit / sweepLength) + 1) * sweepLength
}

export class PlaybackCursor {
  /** Changed in place, so that a frame of a large network copies nothing. */
  readonly state: Int8Array
  visit = 0
  readonly #tape: RecallTape
  /** Told of every neuron that turns over, after it did. */
  readonly #onFlip: (neuron: number) => void

  constructor(tape: RecallTape, onFlip: (neuron: number) => void = () => undefined) {
    this.#tape = tape
    this.#onFlip = onFlip
    this.state = tape.cue.slice()
  }

  /** Goes to a visit; beyond the tape's end stays at the end. */
  moveTo(visit: number): void {
    const target = Math.max(0, Math.min(this.#tape.length, visit))
    while (this.visit < target) this.#cross(this.visit++)
    while (this.visit > target) this.#cross(--this.visit)
  }

  /** Turning over is its own inverse, so crossing a visit is the same in both directions. */
  #cross(index: number): void {
    const { isSynchronous, sweepLength, flipped, neurons } = this.#tape
    if (!isSynchronous) {
      if (flipped[index]) this.#flip(neurons[index])
      return
    }
    if ((index + 1) % sweepLength !== 0) return
    for (let i = index + 1 - sweepLength; i <= index; i++) if (flipped[i]) this.#flip(neurons[i])
  }

  #flip(neuron: number): void {
    this.state[neuron] = -this.state[neuron]
    this.#onFlip(neuron)
  }
}
