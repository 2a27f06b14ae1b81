/** How far two expectations lie apart, and which step of a text is which of another that differs from it in one place. */
import type { Floats } from '../numerics/floats'

/**
 * Total variation of two distributions over V tokens, ½ Σ_v |p_v − q_v|: the share of the probability that moved, 0 to 1.
 * @param p one row of V at `atP`
 * @param q one row of V at `atQ`
 */
export function totalVariation(p: Floats, atP: number, q: Floats, atQ: number, V: number): number {
  let sum = 0
  for (let v = 0; v < V; v++) sum += Math.abs(p[atP + v] - q[atQ + v])
  return Math.min(1, sum / 2)
}

/**
 * The step of `original` that each step of `changed` is (T of changed): the same place while nothing differs, the same
 * distance from the end from the change on; −1 where the changed text is longer in between.
 */
export function alignedSteps(original: ArrayLike<number>, changed: ArrayLike<number>): Int32Array {
  const shift = changed.length - original.length
  const least = Math.min(original.length, changed.length)
  let same = 0
  while (same < least && original[same] === changed[same]) same += 1
  return Int32Array.from({ length: changed.length }, (_, t) => (t < same ? t : t - shift < same ? -1 : t - shift))
}
