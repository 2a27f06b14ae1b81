/** Questions of a lane overtake each other: the newest alone is of interest. */
export class Lanes {
  readonly #newest = new Map<string, number>()
  #asked = 0

  /** A new question. @returns whether a newer one of its lane has come since, or the lane was ended */
  enter(lane: string): () => boolean {
    this.#asked += 1
    const mine = this.#asked
    this.#newest.set(lane, mine)
    return () => this.#newest.get(lane) !== mine
  }

  /** Ends what is asked in all lanes whose names begin so. */
  end(beginning: string): void {
    this.#asked += 1
    for (const lane of this.#newest.keys()) if (lane.startsWith(beginning)) this.#newest.set(lane, this.#asked)
  }
}
