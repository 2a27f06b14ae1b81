/**
 * Where the smallest and the largest value of any stretch of a long column lie, without looking at all of it: of every
 * block they are found once, when something is asked for the first time. The column must not change meanwhile.
 */
const BLOCK = 512
const NONE = 0xffffffff

export class ExtremesIndex {
  readonly #values: Float64Array
  /** Of each block, the place of its smallest and of its largest finite value; NONE where it has none. */
  #low: Uint32Array | null = null
  #high: Uint32Array | null = null

  constructor(values: Float64Array) {
    this.#values = values
  }

  /** Places in [from, to) of the smallest and the largest finite value; null where there is none. */
  within(from: number, to: number): readonly [low: number, high: number] | null {
    const [lows, highs] = this.#blocks()
    const firstBlock = Math.ceil(from / BLOCK)
    const endBlock = Math.floor(to / BLOCK)
    if (firstBlock >= endBlock) return scan(this.#values, from, to, NONE, NONE)
    let found = scan(this.#values, from, firstBlock * BLOCK, NONE, NONE)
    let [low, high] = found ?? [NONE, NONE]
    for (let block = firstBlock; block < endBlock; block++) {
      if (lows[block] === NONE) continue
      if (low === NONE || this.#values[lows[block]] < this.#values[low]) low = lows[block]
      if (high === NONE || this.#values[highs[block]] > this.#values[high]) high = highs[block]
    }
    found = scan(this.#values, endBlock * BLOCK, to, low, high)
    return found
  }

  #blocks(): readonly [Uint32Array, Uint32Array] {
    if (this.#low !== null && this.#high !== null) return [this.#low, this.#high]
    const count = Math.floor(this.#values.length / BLOCK)
    const [lows, highs] = [new Uint32Array(count), new Uint32Array(count)]
    for (let block = 0; block < count; block++) {
      const [low, high] = scan(this.#values, block * BLOCK, (block + 1) * BLOCK, NONE, NONE) ?? [NONE, NONE]
      lows[block] = low
      highs[block] = high
    }
    this.#low = lows
    this.#high = highs
    return [lows, highs]
  }
}

/** Goes on from what was found before; of equals the first counts. */
function scan(
  values: Float64Array,
  from: number,
  to: number,
  foundLow: number,
  foundHigh: number,
): readonly [number, number] | null {
  let [low, high] = [foundLow, foundHigh]
  for (let i = from; i < to; i++) {
    const value = values[i]
    if (!Number.isFinite(value)) continue
    if (low === NONE || value < values[low]) low = i
    if (high === NONE || value > values[high]) high = i
  }
  return low === NONE ? null : [low, high]
}
