/** How fast a run is, and how long it has trained: only the time spent on steps counts. */
const SMOOTHING = 0.1

export class Speedometer {
  readonly #charactersPerStep: number
  readonly #now: () => number
  #seconds = 0
  #begun = 0
  #stepsAtBegin = 0
  #steps = 0
  #rate: number | null = null

  constructor(charactersPerStep: number, now: () => number) {
    this.#charactersPerStep = charactersPerStep
    this.#now = now
  }

  /** Seconds spent on steps. */
  get seconds(): number {
    return this.#seconds
  }

  /** Characters a second lately; null before the first slice has ended. */
  get rate(): number | null {
    return this.#rate
  }

  /** Characters a second over all the time that was spent. */
  overall(steps: number): number | null {
    return this.#seconds > 0 ? (steps * this.#charactersPerStep) / this.#seconds : null
  }

  restore(seconds: number, steps: number): void {
    this.#seconds = seconds
    this.#steps = steps
  }

  begin(): void {
    this.#begun = this.#now()
    this.#stepsAtBegin = this.#steps
  }

  end(steps: number): void {
    const seconds = (this.#now() - this.#begun) / 1000
    this.#steps = steps
    this.#seconds += seconds
    if (seconds <= 0) return
    const rate = ((steps - this.#stepsAtBegin) * this.#charactersPerStep) / seconds
    this.#rate = this.#rate === null ? rate : this.#rate + SMOOTHING * (rate - this.#rate)
  }
}
