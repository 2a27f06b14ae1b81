/**
 * The band between the smallest and the largest loss of the steps around each place of a curve. A point of the first 1,000
 * steps covers one step and a later one at least ten: single steps are gathered in tens, so that the band is of one kind
 * along the whole curve.
 */
import { ExtremesIndex } from './extremes-index'
import type { XRange } from './x-range'

export interface RangeColumns {
  readonly step: Float64Array
  /** Where each point lies across. */
  readonly x: Float64Array
  /** NaN where a point has no range. */
  readonly min: Float64Array
  readonly max: Float64Array
}

/** What `range-band` draws: of each place the lowest and the highest value. */
export interface RangeBand {
  readonly x: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
}

export const SINGLE_UNTIL = 1000
const BLOCK = 10
/** More points than this are drawn by their extremes. */
const MOST_DRAWN = 800

/** The first index at which the ascending column is greater than the value. */
export function indexAfter(column: Float64Array, value: number): number {
  let [low, high] = [0, column.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (column[middle] <= value) low = middle + 1
    else high = middle
  }
  return low
}

export class RangeBands {
  readonly #columns: RangeColumns
  readonly #mins: ExtremesIndex
  readonly #maxes: ExtremesIndex

  constructor(columns: RangeColumns) {
    this.#columns = columns
    this.#mins = new ExtremesIndex(columns.min)
    this.#maxes = new ExtremesIndex(columns.max)
  }

  /** @param seen the stretch that is shown; null: all of it. @returns null where no point of it has a range */
  within(seen: XRange | null): RangeBand | null {
    const { step, x } = this.#columns
    const from = seen === null ? 0 : Math.max(0, indexAfter(x, seen.from) - 1)
    const to = seen === null ? x.length : Math.min(x.length, indexAfter(x, seen.to) + 1)
    const band = { x: [] as number[], low: [] as number[], high: [] as number[] }
    const add = (first: number, end: number, at: number): void => {
      const low = this.#mins.within(first, end)
      const high = this.#maxes.within(first, end)
      if (low === null || high === null) return
      band.x.push(at)
      band.low.push(this.#columns.min[low[0]])
      band.high.push(this.#columns.max[high[1]])
    }
    let first = from
    const tens = Math.max(from, Math.min(to, indexAfter(step, SINGLE_UNTIL)))
    for (let i = from; i < tens; i++) {
      const isLast = i + 1 === tens || Math.ceil(step[i + 1] / BLOCK) !== Math.ceil(step[i] / BLOCK)
      if (!isLast) continue
      // The first block begins where the curve does.
      if (band.x.length === 0 && i > first) add(first, i + 1, x[first])
      add(first, i + 1, x[i])
      first = i + 1
    }
    const width = Math.max(1, Math.ceil((to - tens) / MOST_DRAWN))
    for (let i = tens; i < to; i += width) add(i, Math.min(to, i + width), x[Math.min(to, i + width) - 1])
    return band.x.length === 0 ? null : band
  }
}

/** Losses that no band shows: what is drawn as a thin line where a run was made before points had ranges. */
export function withoutRange(losses: Float64Array, min: Float64Array): Float64Array {
  return losses.map((loss, i) => (Number.isFinite(min[i]) ? Number.NaN : loss))
}

/**
 * Values whose noise looks alike along the whole curve: the points of the first 1,000 steps, each of one step, as means of
 * ten, as the later points are. A run that hasn't come so far is drawn as it is.
 */
export function inTens(step: Float64Array, y: Float64Array): { readonly x: Float64Array; readonly y: Float64Array } {
  const single = indexAfter(step, SINGLE_UNTIL)
  if (single === step.length) return { x: step, y }
  const tens = Math.floor(single / BLOCK)
  const mean = (block: number): number =>
    y.subarray(block * BLOCK, (block + 1) * BLOCK).reduce((sum, value) => sum + value, 0) / BLOCK
  const [x, means] = [new Float64Array(tens + step.length - single), new Float64Array(tens + step.length - single)]
  for (let block = 0; block < tens; block++) {
    x[block] = step[(block + 1) * BLOCK - 1]
    means[block] = mean(block)
  }
  x.set(step.subarray(single), tens)
  means.set(y.subarray(single), tens)
  return { x, y: means }
}

/** The values between which all bands lie. */
export function endsOf(bands: readonly RangeBand[]): { readonly yMin?: number; readonly yMax?: number } {
  let [yMin, yMax] = [Infinity, -Infinity]
  for (const { low, high } of bands) {
    for (const value of low) yMin = Math.min(yMin, value)
    for (const value of high) yMax = Math.max(yMax, value)
  }
  return yMin <= yMax ? { yMin, yMax } : {}
}
