/** Ways to spoil a cue, and to make one of real numbers bipolar. */
import { Random } from '../random/generator'

/** Turns round(share · N) different neurons over, drawn by the seed. */
export function flipShare(pattern: Int8Array, share: number, seed: number): Int8Array {
  const spoilt = pattern.slice()
  const order = Uint32Array.from({ length: pattern.length }, (_, i) => i)
  Random.fromSeed(seed, 'corruption').shuffle(order)
  for (const i of order.subarray(0, Math.round(share * pattern.length))) spoilt[i] = -spoilt[i]
  return spoilt
}

/** Sets the lower half of the rows to −1. */
export function blankHalf(pattern: Int8Array, width: number): Int8Array {
  const rows = pattern.length / width
  return pattern.map((value, i) => (Math.floor(i / width) >= Math.ceil(rows / 2) ? -1 : value))
}

/** What leans to 1 becomes 1, what leans to −1 becomes −1; 0 gives +1. */
export function toBipolar(values: ArrayLike<number>): Int8Array {
  return Int8Array.from(values, (value) => (value < 0 ? -1 : 1))
}
