/** A pattern out of focus: real numbers that lean the way their neighbourhood does. */
import type { Cells } from './pattern-edit'

/**
 * The mean over a square of side 2·radius + 1 around each cell, done three times, which is close to a Gaussian; beyond the
 * edge the edge's own cells go on.
 * @returns values in [−1, 1]
 */
export function blur(pattern: Cells, width: number, radius: number): Float32Array {
  const height = pattern.length / width
  let values = Float32Array.from(pattern)
  for (let pass = 0; pass < 3; pass++) {
    values = blurLines(values, width, height, 1, width, radius)
    values = blurLines(values, height, width, width, 1, radius)
  }
  return values
}

/** Running means along `count` lines of `length` cells that lie `step` apart; lines lie `stride` apart. */
function blurLines(
  values: Float32Array,
  length: number,
  count: number,
  step: number,
  stride: number,
  radius: number,
): Float32Array<ArrayBuffer> {
  const blurred = new Float32Array(values.length)
  const clamp = (i: number): number => Math.max(0, Math.min(length - 1, i))
  for (let line = 0; line < count; line++) {
    const start = line * stride
    let sum = 0
    for (let i = -radius; i <= radius; i++) sum += values[start + clamp(i) * step]
    for (let i = 0; i < length; i++) {
      blurred[start + i * step] = sum / (2 * radius + 1)
      sum += values[start + clamp(i + radius + 1) * step] - values[start + clamp(i - radius) * step]
    }
  }
  return blurred
}
