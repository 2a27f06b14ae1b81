/**
 * When a shard has been waited for too long: longer than 5 s and than 20 of the slowest step so far, twice in a row while
 * whoever waits was awake. A process that was suspended wakes up late itself, and begins to count again.
 */

/** Of the slowest step. */
const STEPS = 20
const TIMES = 2
/** Whoever waits looks many times a second; one that hasn't looked for so long was asleep. */
const ASLEEP_MS = 1000

export class BarrierPatience {
  readonly #leastMs: number
  #slowest = 0
  #begun = 0
  #since = 0
  #looked = 0
  #times = 0
  #slept = false

  constructor(leastMs: number) {
    this.#leastMs = leastMs
  }

  /** A step begins. */
  begin(now: number): void {
    this.#begun = now
    this.#slept = false
  }

  /** Waiting begins. */
  wait(now: number): void {
    this.#since = now
    this.#looked = now
    this.#times = 0
  }

  /** Still waiting. @returns whether it has been too long */
  isOver(now: number): boolean {
    if (now - this.#looked > ASLEEP_MS) {
      this.wait(now)
      this.#slept = true
    }
    this.#looked = now
    if (now - this.#since < Math.max(this.#leastMs, STEPS * this.#slowest)) return false
    this.#since = now
    this.#times += 1
    return this.#times >= TIMES
  }

  /** The step is done: of one that was slept through, its time says nothing. */
  end(now: number): void {
    if (!this.#slept) this.#slowest = Math.max(this.#slowest, now - this.#begun)
  }
}
