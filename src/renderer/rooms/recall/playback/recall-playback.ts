/**
 * A recall as a tape of visits, and a cursor on it that rebuilds the state at any visit, forward and backward. A position k
 * means that k visits are done: 0 is the cue. A synchronous sweep turns its neurons over together, at its last visit.
 */
import type { RecallBatch } from '../../../../shared'

type Visits = Pick<RecallBatch, 'neurons' | 'fields' | 'flipped' | 'energies'>

/** Visits in a part of the tape: a tape grows by parts, so that a long one is never copied. */
const PART_BITS = 14
const PART = 1 << PART_BITS
const WITHIN = PART - 1

interface TapePart {
  readonly neurons: Uint32Array
  readonly fields: Float32Array
  readonly flipped: Uint8Array
  readonly energies: Float64Array
}

function createPart(): TapePart {
  return {
    neurons: new Uint32Array(PART),
    fields: new Float32Array(PART),
    flipped: new Uint8Array(PART),
    energies: new Float64Array(PART),
  }
}

/** Visit k is at index k − 1. */
export class RecallTape {
  readonly id: string
  readonly cue: Int8Array
  readonly isSynchronous: boolean
  length = 0
  /** The largest |h| so far, the scale of a picture of fields. */
  mostField = 0
  readonly #parts: TapePart[] = []
  readonly #cueEnergy: number

  constructor(id: string, cue: Int8Array, energy: number, isSynchronous: boolean) {
    this.id = id
    this.cue = cue
    this.isSynchronous = isSynchronous
    this.#cueEnergy = energy
  }

  get sweepLength(): number {
    return this.cue.length
  }

  neuronAt(index: number): number {
    return this.#parts[index >>> PART_BITS].neurons[index & WITHIN]
  }
  fieldAt(index: number): number {
    return this.#parts[index >>> PART_BITS].fields[index & WITHIN]
  }
  isFlipped(index: number): boolean {
    return this.#parts[index >>> PART_BITS].flipped[index & WITHIN] === 1
  }
  /** E when so many visits are done: 0 is the cue's. */
  energyAfter(visits: number): number {
    if (visits === 0) return this.#cueEnergy
    return this.#parts[(visits - 1) >>> PART_BITS].energies[(visits - 1) & WITHIN]
  }

  append({ neurons, fields, flipped, energies }: Visits): void {
    for (let from = 0; from < neurons.length;) {
      const at = this.length & WITHIN
      if (at === 0) this.#parts.push(createPart())
      const part = this.#parts[this.#parts.length - 1]
      const to = Math.min(neurons.length, from + PART - at)
      part.neurons.set(neurons.subarray(from, to), at)
      part.fields.set(fields.subarray(from, to), at)
      part.flipped.set(flipped.subarray(from, to), at)
      part.energies.set(energies.subarray(from, to), at)
      this.length += to - from
      from = to
    }
    for (const field of fields) this.mostField = Math.max(this.mostField, Math.abs(field))
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
    const tape = this.#tape
    if (!tape.isSynchronous) {
      if (tape.isFlipped(index)) this.#flip(tape.neuronAt(index))
      return
    }
    const { sweepLength } = tape
    if ((index + 1) % sweepLength !== 0) return
    for (let i = index + 1 - sweepLength; i <= index; i++) if (tape.isFlipped(i)) this.#flip(tape.neuronAt(i))
  }

  #flip(neuron: number): void {
    this.state[neuron] = -this.state[neuron]
    this.#onFlip(neuron)
  }
}
