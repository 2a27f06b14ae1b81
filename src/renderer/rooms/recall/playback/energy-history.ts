/**
 * How the energy went, for a picture of any length: the visits in intervals, of each the smallest and the largest energy
 * and where they were. A few thousand intervals are kept; when they are full, every two become one, so that a recall of any
 * length costs the same and no rise or fall is lost.
 */
import type { RecallTape } from './recall-playback'

const MOST_INTERVALS = 2048

/** Points of a curve, x ascending. */
export interface EnergyCurve {
  readonly x: Float64Array
  readonly y: Float64Array
}

export class EnergyHistory {
  readonly #tape: RecallTape
  /** Two points an interval, in the order in which they came; both the same where one visit is all there is. */
  readonly #visits = new Float64Array(2 * MOST_INTERVALS)
  readonly #energies = new Float64Array(2 * MOST_INTERVALS)
  /** Visits an interval covers. */
  #every = 1
  #next = 0

  constructor(tape: RecallTape) {
    this.#tape = tape
    this.follow()
  }

  /** Reads on to the end of the tape. */
  follow(): void {
    for (; this.#next <= this.#tape.length; this.#next++) this.#take(this.#next, this.#tape.energyAfter(this.#next))
  }

  /** The curve between two visits, both included, with E at exactly these two as its ends. */
  between(from: number, to: number): EnergyCurve {
    const first = this.#pointsBefore(from)
    const last = this.#pointsBefore(to)
    const inside: number[] = []
    for (let k = first; k < last; k++) {
      const visit = this.#visits[k]
      if (visit > from && visit < to && (inside.length === 0 || visit > this.#visits[inside.at(-1) ?? 0]))
        inside.push(k)
    }
    const ends = from === to ? [from] : [from, to]
    const x = Float64Array.from([ends[0], ...inside.map((k) => this.#visits[k]), ...ends.slice(1)])
    const y = Float64Array.from([
      this.#tape.energyAfter(ends[0]),
      ...inside.map((k) => this.#energies[k]),
      ...ends.slice(1).map((visit) => this.#tape.energyAfter(visit)),
    ])
    return { x, y }
  }

  /** How many points lie before a visit, or within its interval. */
  #pointsBefore(visit: number): number {
    const read = Math.ceil(this.#next / this.#every)
    return 2 * Math.min(read, Math.floor(visit / this.#every) + 1)
  }

  #take(visit: number, energy: number): void {
    let interval = Math.floor(visit / this.#every)
    if (interval === MOST_INTERVALS) {
      this.#halve()
      interval = Math.floor(visit / this.#every)
    }
    const a = 2 * interval
    if (visit % this.#every === 0) this.#set(a, visit, energy, visit, energy)
    else this.#widen(a, visit, energy)
  }

  /** Takes one more visit, later than all before, into an interval. */
  #widen(a: number, visit: number, energy: number): void {
    const [x, y] = [this.#visits, this.#energies]
    const low = y[a] <= y[a + 1] ? a : a + 1
    const high = low === a ? a + 1 : a
    if (energy < y[low]) this.#set(a, x[high], y[high], visit, energy)
    else if (energy > y[high]) this.#set(a, x[low], y[low], visit, energy)
  }

  #set(a: number, firstVisit: number, firstEnergy: number, secondVisit: number, secondEnergy: number): void {
    this.#visits[a] = firstVisit
    this.#energies[a] = firstEnergy
    this.#visits[a + 1] = secondVisit
    this.#energies[a + 1] = secondEnergy
  }

  #halve(): void {
    const [x, y] = [this.#visits, this.#energies]
    for (let interval = 0; interval < MOST_INTERVALS / 2; interval++) {
      const from = 4 * interval
      let [low, high] = [from, from]
      for (let k = from + 1; k < from + 4; k++) {
        if (y[k] < y[low]) low = k
        if (y[k] > y[high]) high = k
      }
      const [a, b] = x[low] <= x[high] ? [low, high] : [high, low]
      this.#set(2 * interval, x[a], y[a], x[b], y[b])
    }
    this.#every *= 2
  }
}
