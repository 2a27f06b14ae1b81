/**
 * How far long work is: a bar, its share, and the time left by a moving average of the speed. Nothing is said of the time
 * during the first seconds; after them it never more than doubles or halves from one look to the next.
 */
const WIDTH = 16
const SILENT_MS = 5000
/** Of the latest speed in the average. */
const SMOOTHING = 0.1
const MINUTE = 60
const HOUR = 3600

/** `[####............] 25 %` */
export function bar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0
  const full = Math.floor(share * WIDTH)
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${Math.floor(share * 100)} %`
}

/** As a person would say it. */
export function aboutTime(seconds: number): string {
  if (seconds < 10) return 'a few seconds'
  if (seconds < 55) return `about ${Math.ceil(seconds / 10) * 10} s`
  const minutes = Math.max(1, Math.round(seconds / MINUTE))
  if (minutes < 60) return `about ${minutes} min`
  const hours = Math.max(1, Math.round(seconds / HOUR))
  return hours < 48 ? `about ${hours} h` : `about ${Math.round(hours / 24)} days`
}

export class ProgressMeter {
  readonly #now: () => number
  #begun: number | null = null
  #at = 0
  #done = 0
  /** Units a millisecond. */
  #rate: number | null = null
  #left: number | null = null

  /** @param now milliseconds that never go back */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Seconds left; null while nothing can be said. */
  secondsLeft(done: number, total: number): number | null {
    const time = this.#now()
    if (this.#begun === null) {
      this.#begun = this.#at = time
      this.#done = done
      return null
    }
    if (done > this.#done && time > this.#at) {
      const rate = (done - this.#done) / (time - this.#at)
      this.#rate = this.#rate === null ? rate : this.#rate + SMOOTHING * (rate - this.#rate)
      this.#at = time
      this.#done = done
    }
    if (this.#rate === null || time - this.#begun < SILENT_MS) return null
    const left = Math.max(0, total - done) / this.#rate / 1000
    this.#left = this.#left === null ? left : Math.min(Math.max(left, this.#left / 2), this.#left * 2)
    return this.#left
  }

  /** One line; `what` stands between the share and the time left. */
  line(done: number, total: number, what: string): string {
    const left = this.secondsLeft(done, total)
    return `${bar(done, total)}  ${what}${left === null ? '' : `  ${aboutTime(left)} left`}`
  }
}
