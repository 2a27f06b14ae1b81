/** How fast a recall is played: from a few neurons a second to as fast as it goes, on a logarithmic line from 0 to 1. */

const SLOWEST = 2
const FASTEST = 20_000

export const DEFAULT_PACE = 0.5

/** Infinity at the line's end: as fast as it goes. */
export function neuronsPerSecond(pace: number): number {
  return pace >= 1 ? Infinity : SLOWEST * (FASTEST / SLOWEST) ** pace
}

/** Visits to go on after some time, and the part of a visit that is left for the next time. */
export function advance(carry: number, speed: number, elapsedMs: number): { visits: number; carry: number } {
  if (speed === Infinity) return { visits: Infinity, carry: 0 }
  const exact = carry + (speed * elapsedMs) / 1000
  return { visits: Math.floor(exact), carry: exact - Math.floor(exact) }
}
