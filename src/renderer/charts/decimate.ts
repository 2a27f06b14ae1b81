/**
 * Fewer points for the screen without losing a spike: of every bucket of neighbouring points the first, the last, the
 * smallest and the largest stay, in their order. The extremes drawn are the extremes there are.
 */

export interface Columns {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

export interface ChartPoint {
  readonly x: number
  readonly y: number
}

/** Points whose y is not finite are left out: a curve that isn't there yet has a gap, not a zero. */
function finitePoints({ y }: Columns): number[] {
  const kept: number[] = []
  for (let i = 0; i < y.length; i++) if (Number.isFinite(y[i])) kept.push(i)
  return kept
}

/** Indices of one bucket that must stay, ascending. */
function extremes(indices: readonly number[], from: number, to: number, y: ArrayLike<number>): number[] {
  let low = from
  let high = from
  for (let i = from; i < to; i++) {
    if (y[indices[i]] < y[indices[low]]) low = i
    if (y[indices[i]] > y[indices[high]]) high = i
  }
  return [...new Set([from, low, high, to - 1])].sort((a, b) => a - b).map((i) => indices[i])
}

/**
 * @param columns x ascending, y of the same length
 * @param buckets about as many as there are pixels across; at most four points stay of each
 */
export function decimate(columns: Columns, buckets: number): ChartPoint[] {
  const indices = finitePoints(columns)
  const point = (i: number): ChartPoint => ({ x: columns.x[i], y: columns.y[i] })
  if (indices.length <= buckets * 4) return indices.map(point)
  const kept: ChartPoint[] = []
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * indices.length) / buckets)
    const to = Math.floor(((bucket + 1) * indices.length) / buckets)
    if (to > from) kept.push(...extremes(indices, from, to, columns.y).map(point))
  }
  return kept
}
