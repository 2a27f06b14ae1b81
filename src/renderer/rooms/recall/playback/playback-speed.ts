/** How fast a recall is played: from one neuron a second to a million, then as fast as it goes. */

/** Neurons a second, by step. */
export const SPEEDS: readonly number[] = [
  ...[1, 10, 100, 1000, 10_000, 100_000].flatMap((decade) => [decade, 2 * decade, 5 * decade]),
  1_000_000,
  Infinity,
]

export const FASTEST = SPEEDS.length - 1

/** A sweep that lasts so long can be followed by the eye. */
const SWEEP_SECONDS = 1.3

/** The step at which a sweep of such a network lasts a second or two. */
export function fittingPace(neurons: number): number {
  const wished = neurons / SWEEP_SECONDS
  const distance = (pace: number): number => Math.max(SPEEDS[pace] / wished, wished / SPEEDS[pace])
  return SPEEDS.reduce((best, _speed, pace) => (distance(pace) < distance(best) ? pace : best), 0)
}

export function neuronsPerSecond(pace: number): number {
  return SPEEDS[pace]
}

/** Visits to go on after some time, and the part of a visit that is left for the next time. */
export function advance(carry: number, speed: number, elapsedMs: number): { visits: number; carry: number } {
  if (speed === Infinity) return { visits: Infinity, carry: 0 }
  const exact = carry + (speed * elapsedMs) / 1000
  return { visits: Math.floor(exact), carry: exact - Math.floor(exact) }
}
