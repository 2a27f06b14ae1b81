/** Overlaps between patterns, exact, without multiplying. */

const BITS = 32

/** m between every two patterns, (P, P), exact: agreements are counted 32 neurons at a time. */
export function patternOverlaps(patterns: readonly Int8Array[]): Float64Array {
  const P = patterns.length
  const overlaps = new Float64Array(P * P)
  if (P === 0) return overlaps
  const N = patterns[0].length
  const packed = patterns.map(packSigns)
  for (let m = 0; m < P; m++) {
    for (let n = 0; n <= m; n++) {
      const overlap = (N - 2 * countDifferences(packed[m], packed[n])) / N
      overlaps[m * P + n] = overlaps[n * P + m] = overlap
    }
  }
  return overlaps
}

/** One bit a neuron. */
function packSigns(values: Int8Array): Uint32Array {
  const words = new Uint32Array(Math.ceil(values.length / BITS))
  for (let i = 0; i < values.length; i++) if (values[i] > 0) words[i >>> 5] |= 1 << (i & 31)
  return words
}

/** The bits in which they differ (the classic sum of bit fields: Warren, Hacker's Delight, 5-1). */
function countDifferences(a: Uint32Array, b: Uint32Array): number {
  let count = 0
  for (let k = 0; k < a.length; k++) {
    let x = a[k] ^ b[k]
    x -= (x >>> 1) & 0x55555555
    x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
    count += Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}
