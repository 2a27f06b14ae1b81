/**
 * Ten thousand lines as what can be told apart of them: places are rounded to pixels, and of the lines between two axes
 * that begin and end at the same pixels one is drawn, the stronger the more they are. So what is drawn is bounded by the
 * picture's height, not by the number of runs, and goes in portions between which the page can do something else.
 */
import type { Pen } from '../../../saving/picture'
import type { ListAxis } from './axes'

const NOTHING = -1
/** Lines that are stroked at once, and strengths that are told apart. */
export const PORTION = 200
const STRENGTHS = [0.16, 0.3, 0.55, 0.9] as const

/** A run each: pixels from the top, −1 where there is nothing. */
export function pixelRows(places: Float32Array, height: number): Int16Array {
  return Int16Array.from(places, (place) => (Number.isNaN(place) ? NOTHING : Math.round((1 - place) * (height - 1))))
}

export interface Segments {
  /** Pixels from the top at the left axis and at the right one, and how many runs go there. */
  readonly left: readonly number[]
  readonly right: readonly number[]
  readonly count: readonly number[]
}

/** @param within 1 for each run that counts; null: all */
export function segmentsBetween(from: Int16Array, to: Int16Array, height: number, within: Uint8Array | null): Segments {
  const counts = new Uint32Array(height * height)
  const keys: number[] = []
  for (let i = 0; i < from.length; i++) {
    if ((within && within[i] === 0) || from[i] === NOTHING || to[i] === NOTHING) continue
    const key = from[i] * height + to[i]
    if (counts[key] === 0) keys.push(key)
    counts[key] += 1
  }
  return {
    left: keys.map((key) => Math.floor(key / height)),
    right: keys.map((key) => key % height),
    count: keys.map((key) => counts[key]),
  }
}

/** One run alone is faint among ten thousand, and clear among fifty. */
function strengthOf(count: number, all: number): number {
  const share = Math.log(1 + count) / Math.log(1 + Math.max(2, all / 20))
  return Math.min(STRENGTHS.length - 1, Math.floor(share * STRENGTHS.length))
}

export interface LineLayout {
  /** Pixels from the left, an axis each. */
  readonly x: readonly number[]
  readonly top: number
  /** Pixels from the first to the last row, both counted. */
  readonly height: number
}

/** Draws portion by portion; who draws decides when the next one is. */
export function* drawSegments(
  pen: Pen,
  axes: readonly ListAxis[],
  { x, top, height }: LineLayout,
  colour: string,
  within: Uint8Array | null = null,
): Generator<void> {
  const rows = axes.map(({ places }) => pixelRows(places, height))
  const all = within === null ? (rows[0]?.length ?? 0) : within.reduce((sum, is) => sum + is, 0)
  for (let gap = 0; gap + 1 < axes.length; gap++) {
    const { left, right, count } = segmentsBetween(rows[gap], rows[gap + 1], height, within)
    for (let strength = 0; strength < STRENGTHS.length; strength++) {
      const chosen = left.flatMap((_, i) => (strengthOf(count[i], all) === strength ? [i] : []))
      for (let from = 0; from < chosen.length; from += PORTION) {
        pen.strokeStyle = colour
        pen.globalAlpha = STRENGTHS[strength]
        pen.lineWidth = 1
        pen.beginPath()
        for (const i of chosen.slice(from, from + PORTION)) {
          pen.moveTo(x[gap], top + left[i])
          pen.lineTo(x[gap + 1], top + right[i])
        }
        pen.stroke()
        pen.globalAlpha = 1
        yield
      }
    }
  }
}

/** The run whose line passes nearest to a point, within so many pixels; null: none does. */
export function nearestRun(
  axes: readonly ListAxis[],
  { x, top, height }: LineLayout,
  at: { readonly x: number; readonly y: number },
  within: Uint8Array,
  reach: number,
): number | null {
  const gap = x.findIndex((left, i) => i + 1 < x.length && at.x >= left && at.x <= x[i + 1])
  if (gap < 0) return null
  const share = (at.x - x[gap]) / (x[gap + 1] - x[gap])
  const [from, to] = [axes[gap].places, axes[gap + 1].places]
  let [best, nearest] = [-1, reach]
  for (let i = 0; i < from.length; i++) {
    const place = from[i] + share * (to[i] - from[i])
    const distance = Math.abs(top + (1 - place) * (height - 1) - at.y)
    if (within[i] === 1 && distance <= nearest) [best, nearest] = [i, distance]
  }
  return best < 0 ? null : best
}
