/** Why a verdict is what it is: the overlaps it rests on, and the states that it compares. */
import { overlap } from '../../../../engine'
import type { ShelfEntry } from '../memory/shelf'
import { PlaybackCursor } from './recall-playback'
import type { RecallTape } from './recall-playback'

/** From here on a state counts as the pattern itself. */
export const CLOSE = 0.95

export interface RankedPattern {
  readonly name: string
  readonly values: Int8Array
  readonly m: number
}

/** The stored patterns by how near the state is to each or to its inverse, the nearest first. */
export function rankByOverlap(stored: readonly ShelfEntry[], state: Int8Array): RankedPattern[] {
  return stored
    .map(({ pattern, values }) => ({ name: pattern.name, values, m: overlap(values, state) }))
    .sort((a, b) => Math.abs(b.m) - Math.abs(a.m))
}

/** The sign of the sum of the patterns, each with the sign of its m. */
export function signOfSum(parts: readonly RankedPattern[]): Int8Array {
  const sums = new Int32Array(parts[0].values.length)
  for (const { values, m } of parts) for (let i = 0; i < sums.length; i++) sums[i] += m < 0 ? -values[i] : values[i]
  return Int8Array.from(sums, (sum) => (sum > 0 ? 1 : -1))
}

/** How near the state is to the best mixture of three or five of the nearest patterns; null: there are not three. */
export function nearestMixture(ranked: readonly RankedPattern[], state: Int8Array): number | null {
  const fits = [3, 5]
    .filter((count) => ranked.length >= count)
    .map((count) => overlap(signOfSum(ranked.slice(0, count)), state))
  return fits.length > 0 ? Math.max(...fits) : null
}

/** The state one sweep before a visit: in a cycle of two the other one. */
export function stateASweepBefore(tape: RecallTape, visit: number): Int8Array {
  const cursor = new PlaybackCursor(tape)
  cursor.moveTo(visit - tape.sweepLength)
  return cursor.state
}
