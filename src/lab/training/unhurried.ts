/** Work that is done again and again while something else matters more: never oftener than asked, nor for more than a share of the time. */
export class Unhurried {
  readonly #now: () => number
  readonly #leastInterval: number
  readonly #share: number
  #next = 0

  /** @param leastInterval between two beginnings, milliseconds; @param share of all time that it may take, at most */
  constructor(now: () => number, leastInterval: number, share: number) {
    this.#now = now
    this.#leastInterval = leastInterval
    this.#share = share
  }

  get isDue(): boolean {
    return this.#now() >= this.#next
  }

  /** The next time it is due at once. */
  hurry(): void {
    this.#next = 0
  }

  do<Result>(work: () => Result): Result {
    const begun = this.#now()
    try {
      return work()
    } finally {
      this.#next = begun + Math.max(this.#leastInterval, (this.#now() - begun) / this.#share)
    }
  }
}
