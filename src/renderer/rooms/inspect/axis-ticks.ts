/** Round step numbers for an axis of many time steps. */

/** Indices (from 0) of about `most` steps whose numbers (from 1) are multiples of 1, 2 or 5 times a power of ten. */
export function axisTicks(steps: number, most: number): number[] {
  if (steps < 1 || most < 1) return []
  const power = 10 ** Math.floor(Math.log10(Math.max(1, steps / most)))
  const every = [1, 2, 5, 10].map((factor) => factor * power).find((gap) => steps / gap <= most) ?? power * 10
  return Array.from({ length: Math.floor(steps / every) }, (_, k) => (k + 1) * every - 1)
}
