/** Inverted dropout (Srivastava and others 2014): a mask of 0 with probability p and 1 / (1 − p) otherwise. */
import type { Floats } from '../numerics/floats'
import type { Random } from './generator'

/**
 * Fills a mask (rows, width), row after row; the same generator gives the same mask, whatever the stride.
 * @param stride elements from one row to the next; those beyond `width` are not changed
 * @param share p, the probability that an element is dropped
 * @param random null: nothing is dropped
 */
export function drawDropoutMask(
  mask: Floats,
  rows: number,
  width: number,
  stride: number,
  share: number,
  random: Random | null,
): void {
  const kept = random === null ? 1 : 1 / (1 - share)
  for (let row = 0; row < rows; row++) {
    const end = row * stride + width
    for (let i = row * stride; i < end; i++) {
      mask[i] = random !== null && random.uniform() < share ? 0 : kept
    }
  }
}
