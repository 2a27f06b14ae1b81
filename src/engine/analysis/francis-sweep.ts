/**
 * A double-shift QR sweep over a diagonal block of a Hessenberg matrix (Francis 1961), chasing its bulge down with
 * reflections of three. A reflection changes three rows and three columns. The rows lie together; the columns would be
 * read number by number across the whole matrix, so above the bulge, where nothing reads them in this sweep, they wait until
 * it is through: then each row takes all its reflections at once, in the same order.
 */
import type { Square } from './hessenberg'

/** Numbers of a reflection that are kept: x, y, z, v, u. */
export const REFLECTION = 5

/** @param kept (n · 5) scratch. @param isStuck takes an odd shift, since the block's own lead nowhere */
export function sweep(square: Square, first: number, last: number, isStuck: boolean, kept: Float64Array): void {
  const { a: h, stride } = square
  const vector = beginning(square, first, last, isStuck)
  for (let k = first; k < last; k++) {
    const three = k < last - 1
    if (k > first) {
      vector[0] = h[k * stride + k - 1]
      vector[1] = h[(k + 1) * stride + k - 1]
      vector[2] = three ? h[(k + 2) * stride + k - 1] : 0
    }
    const [p, q, r] = vector
    const scale = Math.max(Math.abs(p), Math.abs(q), Math.abs(r))
    if (scale === 0) {
      kept.fill(0, REFLECTION * k, REFLECTION * (k + 1))
      continue
    }
    const length = reflection(kept, REFLECTION * k, p / scale, q / scale, r / scale)
    if (k > first) {
      h[k * stride + k - 1] = -length * scale
      h[(k + 1) * stride + k - 1] = 0
      if (three) h[(k + 2) * stride + k - 1] = 0
    }
    reflectRows(square, k, last, kept)
    for (let i = k; i <= Math.min(last, k + 3); i++) reflectRow(h, i * stride, k, k + 1, kept)
  }
  for (let i = first; i < last; i += 4) reflectFour(square, i, last, kept)
}

/** The first column of (H − λ₁)(H − λ₂), divided by h_10. */
function beginning({ a: h, stride }: Square, first: number, last: number, isStuck: boolean): [number, number, number] {
  const at = (i: number, j: number): number => h[i * stride + j]
  let x = at(last, last)
  let y = at(last - 1, last - 1)
  let w = at(last, last - 1) * at(last - 1, last)
  if (isStuck) {
    const s = Math.abs(at(last, last - 1)) + Math.abs(at(last - 1, last - 2))
    x = y = x + 0.75 * s
    w = -0.4375 * s * s
  }
  const z = at(first, first)
  return [
    ((x - z) * (y - z) - w) / at(first + 1, first) + at(first, first + 1),
    at(first + 1, first + 1) - z - (x - z) - (y - z),
    at(first + 2, first + 1),
  ]
}

/** Keeps the reflection that sends (p, q, r) to (−length, 0, 0). @returns length */
function reflection(kept: Float64Array, at: number, p: number, q: number, r: number): number {
  const length = (p < 0 ? -1 : 1) * Math.sqrt(p * p + q * q + r * r)
  const head = p + length
  kept[at] = head / length
  kept[at + 1] = q / length
  kept[at + 2] = r / length
  kept[at + 3] = q / head
  kept[at + 4] = r / head
  return length
}

/** Rows k to k + 2 from column k on. */
function reflectRows({ a: h, stride }: Square, k: number, last: number, kept: Float64Array): void {
  const [x, y, z] = [kept[REFLECTION * k], kept[REFLECTION * k + 1], kept[REFLECTION * k + 2]]
  const [v, u] = [kept[REFLECTION * k + 3], kept[REFLECTION * k + 4]]
  const one = k * stride
  const two = one + stride
  if (k === last - 1) {
    for (let j = k; j <= last; j++) {
      const sum = h[one + j] + v * h[two + j]
      h[one + j] -= sum * x
      h[two + j] -= sum * y
    }
    return
  }
  const three = two + stride
  for (let j = k; j <= last; j++) {
    const sum = h[one + j] + v * h[two + j] + u * h[three + j]
    h[one + j] -= sum * x
    h[two + j] -= sum * y
    h[three + j] -= sum * z
  }
}

/** A row by the reflections of columns from … end − 1. */
function reflectRow(h: Float64Array, row: number, from: number, end: number, kept: Float64Array): void {
  for (let k = from; k < end; k++) {
    const at = row + k
    const of = REFLECTION * k
    const sum = kept[of] * h[at] + kept[of + 1] * h[at + 1] + kept[of + 2] * h[at + 2]
    h[at] -= sum
    h[at + 1] -= sum * kept[of + 3]
    h[at + 2] -= sum * kept[of + 4]
  }
}

/**
 * Four rows by the reflections that came after theirs. In one row each waits for the one before it, so four are taken
 * together; of a row's three numbers two are those of the reflection before.
 */
function reflectFour({ a: h, stride }: Square, i: number, last: number, kept: Float64Array): void {
  const from = i + 4
  for (let row = i; row < Math.min(from, last); row++) {
    reflectRow(h, row * stride, row + 1, from < last ? from : last, kept)
  }
  if (from >= last) return
  const r0 = i * stride
  const r1 = r0 + stride
  const r2 = r1 + stride
  const r3 = r2 + stride
  let a0 = h[r0 + from]
  let a1 = h[r1 + from]
  let a2 = h[r2 + from]
  let a3 = h[r3 + from]
  let b0 = h[r0 + from + 1]
  let b1 = h[r1 + from + 1]
  let b2 = h[r2 + from + 1]
  let b3 = h[r3 + from + 1]
  for (let k = from; k < last; k++) {
    const of = REFLECTION * k
    const x = kept[of]
    const y = kept[of + 1]
    const z = kept[of + 2]
    const v = kept[of + 3]
    const u = kept[of + 4]
    const c0 = h[r0 + k + 2]
    const c1 = h[r1 + k + 2]
    const c2 = h[r2 + k + 2]
    const c3 = h[r3 + k + 2]
    const s0 = x * a0 + y * b0 + z * c0
    const s1 = x * a1 + y * b1 + z * c1
    const s2 = x * a2 + y * b2 + z * c2
    const s3 = x * a3 + y * b3 + z * c3
    h[r0 + k] = a0 - s0
    h[r1 + k] = a1 - s1
    h[r2 + k] = a2 - s2
    h[r3 + k] = a3 - s3
    a0 = b0 - s0 * v
    a1 = b1 - s1 * v
    a2 = b2 - s2 * v
    a3 = b3 - s3 * v
    b0 = c0 - s0 * u
    b1 = c1 - s1 * u
    b2 = c2 - s2 * u
    b3 = c3 - s3 * u
  }
  h[r0 + last] = a0
  h[r1 + last] = a1
  h[r2 + last] = a2
  h[r3 + last] = a3
  h[r0 + last + 1] = b0
  h[r1 + last + 1] = b1
  h[r2 + last + 1] = b2
  h[r3 + last + 1] = b3
}
