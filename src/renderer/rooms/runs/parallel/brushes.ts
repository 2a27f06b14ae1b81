/** Stretches of axes that are brushed, and the runs that pass through all of them. */
import type { ListAxis } from './axes'

/** From 0 at the bottom to 1, both ends within. */
export interface Brush {
  readonly low: number
  readonly high: number
}
/** By the axis' name. */
export type Brushes = ReadonlyMap<string, Brush>

/** Float32 places and float64 ends. */
const CLOSE = 1e-6

/** 1 for each run within all brushes; a run with nothing on a brushed axis isn't. */
export function brushedRuns(axes: readonly ListAxis[], brushes: Brushes, count: number): Uint8Array {
  const within = new Uint8Array(count).fill(1)
  for (const { name, places } of axes) {
    const brush = brushes.get(name)
    if (!brush) continue
    const [low, high] = [brush.low - CLOSE, brush.high + CLOSE]
    for (let i = 0; i < count; i++) if (!(places[i] >= low && places[i] <= high)) within[i] = 0
  }
  return within
}

/** The end of a brush moved by so many stops; it doesn't pass the other end. */
export function movedEnd(axis: ListAxis, brush: Brush, end: 'low' | 'high', by: number): Brush {
  const { stops } = axis
  const at = brush[end]
  const nearest = stops.reduce((best, stop, i) => (Math.abs(stop - at) < Math.abs(stops[best] - at) ? i : best), 0)
  const next = stops[Math.max(0, Math.min(stops.length - 1, nearest + by))]
  return end === 'low'
    ? { low: Math.min(next, brush.high), high: brush.high }
    : { low: brush.low, high: Math.max(next, brush.low) }
}

export const isWholeAxis = ({ low, high }: Brush): boolean => low <= 0 && high >= 1
