/**
 * How the overlap with each stored pattern went. At most a few thousand moments are kept: when they are full every second
 * one goes, so a recall of any length costs the same. Between two moments the neurons that turned over are gathered, and
 * then each pattern is gone through once: that keeps a hundred large patterns in step with a recall at full speed.
 */
import { PlaybackCursor } from './recall-playback'
import type { RecallTape } from './recall-playback'

const MOST_MOMENTS = 4096
/** A large network needs no moment for every visit. */
const MOMENTS_A_SWEEP = 1024

export class OverlapHistory {
  /** Moments recorded. */
  length = 0
  readonly visits = new Float64Array(MOST_MOMENTS)
  /** A row of overlaps for each pattern, at the same moments. */
  readonly curves: readonly Float64Array[]
  readonly #tape: RecallTape
  readonly #patterns: readonly Int8Array[]
  readonly #now: Float64Array
  readonly #cursor: PlaybackCursor
  /** Neurons that turned over since the last moment: i where one became +1, ~i where it became −1. */
  readonly #turned: Int32Array // (N)
  #turnedCount = 0
  #every: number

  /** @param overlaps m of the cue with each pattern */
  constructor(tape: RecallTape, patterns: readonly Int8Array[], overlaps: ArrayLike<number>) {
    this.#tape = tape
    this.#patterns = patterns
    this.#now = Float64Array.from(overlaps)
    this.#every = Math.max(1, Math.floor(tape.sweepLength / MOMENTS_A_SWEEP))
    this.#turned = new Int32Array(tape.sweepLength)
    this.curves = patterns.map(() => new Float64Array(MOST_MOMENTS))
    this.#cursor = new PlaybackCursor(tape, (neuron) => this.#turn(neuron))
    this.#record()
  }

  /** Reads on to the end of the tape. */
  follow(): void {
    while (this.#cursor.visit < this.#tape.length) {
      this.#cursor.moveTo(Math.min(this.#tape.length, this.#cursor.visit + this.#every))
      this.#record()
    }
  }

  /** How many of the moments lie at or before a visit. */
  countUpTo(visit: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.visits[middle] <= visit) low = middle + 1
      else high = middle
    }
    return low
  }

  #turn(neuron: number): void {
    if (this.#turnedCount === this.#turned.length) this.#addTurned()
    this.#turned[this.#turnedCount++] = this.#cursor.state[neuron] > 0 ? neuron : ~neuron
  }

  #addTurned(): void {
    const [turned, count] = [this.#turned, this.#turnedCount]
    for (let m = 0; m < this.#patterns.length; m++) {
      const pattern = this.#patterns[m]
      let sum = 0
      for (let k = 0; k < count; k++) {
        const at = turned[k]
        sum += at >= 0 ? pattern[at] : -pattern[~at]
      }
      this.#now[m] += (2 * sum) / turned.length
    }
    this.#turnedCount = 0
  }

  #record(): void {
    this.#addTurned()
    if (this.length === MOST_MOMENTS) this.#thin()
    this.visits[this.length] = this.#cursor.visit
    this.curves.forEach((curve, m) => (curve[this.length] = this.#now[m]))
    this.length += 1
  }

  #thin(): void {
    const half = this.length / 2
    for (const column of [this.visits, ...this.curves]) for (let i = 0; i < half; i++) column[i] = column[2 * i]
    this.length = half
    this.#every *= 2
  }
}
