/** A stretch of the x axis that is looked at: zoomed about a place, moved, and the points that lie in it. */
import type { Columns } from './decimate'

export interface XRange {
  readonly from: number
  readonly to: number
}

/** Fewer of the whole than this are not told apart on a screen. */
const LEAST_SHARE = 1e-7

/** @param factor below 1: closer; @param at stays where it is. @returns null where it is the whole again */
export function zoomRange(range: XRange | null, whole: XRange, at: number, factor: number): XRange | null {
  const { from, to } = range ?? whole
  const most = whole.to - whole.from
  const width = Math.max(most * LEAST_SHARE, (to - from) * factor)
  if (!(width < most)) return null
  const place = to > from ? (at - from) / (to - from) : 0.5
  return within({ from: at - place * width, to: at + (1 - place) * width }, whole)
}

/** Moved by a share of its own width; at the ends of the whole it stops. */
export function moveRange(range: XRange | null, whole: XRange, share: number): XRange | null {
  if (range === null) return null
  const by = (range.to - range.from) * share
  return within({ from: range.from + by, to: range.to + by }, whole)
}

function within({ from, to }: XRange, whole: XRange): XRange {
  const by = Math.max(0, whole.from - from) - Math.max(0, to - whole.to)
  return { from: from + by, to: to + by }
}

/** The first index whose x is at least that. */
function indexOf(x: ArrayLike<number>, at: number): number {
  let [low, high] = [0, x.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[middle] < at) low = middle + 1
    else high = middle
  }
  return low
}

/** The points in the range, and one more with a value at each side, so that the line goes on to the edge: views, no copies. */
export function columnsIn(
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  range: XRange,
): Pick<Columns, 'x' | 'y' | 'start'> {
  let first = Math.max(0, indexOf(x, range.from) - 1)
  while (first > 0 && !Number.isFinite(y[first])) first -= 1
  let end = Math.min(x.length, indexOf(x, range.to) + 1)
  while (end < x.length && !Number.isFinite(y[end - 1])) end += 1
  return { x: x.subarray(first, end), y: y.subarray(first, end), start: first }
}
