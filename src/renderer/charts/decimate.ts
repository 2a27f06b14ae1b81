/**
 * Fewer points for the screen without losing a spike: of every bucket of neighbouring points the first, the last, the
 * smallest and the largest stay, in their order. The extremes drawn are the extremes there are.
 */

import type { ExtremesIndex } from './extremes-index'

export interface Columns {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  /** Of a long column, in which y begins at `start`: then a million points take no longer than some thousands. */
  readonly extremes?: ExtremesIndex
  readonly start?: number
}

export interface ChartPoint {
  readonly x: number
  readonly y: number
}

/** Where the points are that count: the k-th of them is at index `at(k)`. */
interface Points {
  readonly count: number
  readonly at: (k: number) => number
}

/**
 * Points whose y is not finite are left out: a curve that isn't there yet has a gap, not a zero. Mostly all are finite;
 * then nothing as long as the curve is made.
 */
function finitePoints({ y }: Columns): Points {
  let first = 0
  while (first < y.length && Number.isFinite(y[first])) first += 1
  if (first === y.length) return { count: y.length, at: (k) => k }
  const kept: number[] = []
  for (let i = 0; i < y.length; i++) if (Number.isFinite(y[i])) kept.push(i)
  return { count: kept.length, at: (k) => kept[k] }
}

/** Indices of one bucket that must stay, ascending. */
function extremes({ at }: Points, from: number, to: number, y: ArrayLike<number>): number[] {
  let low = from
  let high = from
  for (let k = from; k < to; k++) {
    if (y[at(k)] < y[at(low)]) low = k
    if (y[at(k)] > y[at(high)]) high = k
  }
  return [...new Set([from, low, high, to - 1])].sort((a, b) => a - b).map(at)
}

/** Points a bucket above which an index is worth its making. */
const LEAST_INDEXED = 64

/**
 * @param columns x ascending, y of the same length
 * @param buckets about as many as there are pixels across; at most four points stay of each
 */
export function decimate(columns: Columns, buckets: number): ChartPoint[] {
  if (columns.extremes && columns.y.length > buckets * LEAST_INDEXED) {
    return decimateIndexed({ ...columns, extremes: columns.extremes }, buckets)
  }
  const points = finitePoints(columns)
  const { count, at } = points
  const point = (i: number): ChartPoint => ({ x: columns.x[i], y: columns.y[i] })
  if (count <= buckets * 4) return Array.from({ length: count }, (_, k) => point(at(k)))
  const kept: ChartPoint[] = []
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * count) / buckets)
    const to = Math.floor(((bucket + 1) * count) / buckets)
    if (to > from) for (const i of extremes(points, from, to, columns.y)) kept.push(point(i))
  }
  return kept
}

/** The same by buckets of places, empty ones among them. */
function decimateIndexed(
  { x, y, extremes: index, start = 0 }: Columns & { readonly extremes: ExtremesIndex },
  buckets: number,
): ChartPoint[] {
  const kept: ChartPoint[] = []
  for (let bucket = 0; bucket < buckets; bucket++) {
    let from = Math.floor((bucket * y.length) / buckets)
    let to = Math.floor(((bucket + 1) * y.length) / buckets)
    const found = index.within(start + from, start + to)
    if (found === null) continue
    while (!Number.isFinite(y[from])) from += 1
    while (!Number.isFinite(y[to - 1])) to -= 1
    const places = new Set([from, found[0] - start, found[1] - start, to - 1])
    for (const i of [...places].sort((a, b) => a - b)) kept.push({ x: x[i], y: y[i] })
  }
  return kept
}
