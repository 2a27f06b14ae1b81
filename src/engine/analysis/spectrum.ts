/**
 * How far a square matrix can stretch a vector: its eigenvalues and their radius (over many steps) and the largest singular value (in
 * one). Orthogonal transformations alone, so each answer is exact for a matrix within a few n·2⁻⁵² ‖A‖ of the given one.
 */
import type { Floats } from '../numerics/floats'

const EPSILON = 2.220446049250313e-16
/** Shifted QR needs about two sweeps an eigenvalue; far beyond that something is broken. */
const SWEEPS_AN_EIGENVALUE = 60
/** A shift that leads nowhere is replaced by an odd one after so many sweeps. */
const STUCK_AFTER = 10

/** max |λ| of a matrix (n, n); NaN where an element isn't finite. */
export function spectralRadius(matrix: Floats, n: number): number {
  if (!matrix.every(Number.isFinite)) return NaN
  let radius = 0
  eachBlock(matrix, n, (h, first, last) => (radius = Math.max(radius, blockRadius(h, n, first, last))))
  return radius
}

/** The eigenvalues of a matrix (n, n) as pairs (n, 2) of real and imaginary part; NaN where an element isn't finite. */
export function eigenvalues(matrix: Floats, n: number): Float64Array {
  const pairs = new Float64Array(2 * n)
  if (!matrix.every(Number.isFinite)) return pairs.fill(NaN)
  eachBlock(matrix, n, (h, first, last) => pairs.set(blockEigenvalues(h, n, first, last), 2 * first))
  return pairs
}

/** Splits a copy of the matrix, turned about, into diagonal blocks of one or two with the same eigenvalues. */
function eachBlock(matrix: Floats, n: number, visit: (h: Float64Array, first: number, last: number) => void): void {
  const h = toHessenberg(Float64Array.from(matrix), n)
  const norm = largestElement(h)
  let last = n - 1
  let sweeps = 0
  while (last >= 0) {
    const first = splitBlock(h, n, last, norm)
    if (last - first < 2) {
      visit(h, first, last)
      last = first - 1
      sweeps = 0
    } else {
      if (sweeps > SWEEPS_AN_EIGENVALUE) throw new RangeError('the QR algorithm did not converge')
      sweeps += 1
      sweep(h, n, first, last, sweeps % STUCK_AFTER === 0)
    }
  }
}

/** max ‖Ax‖₂ / ‖x‖₂ of a matrix (n, n): the root of the largest eigenvalue of AᵀA, bisected by Sturm's count. */
export function largestSingularValue(matrix: Floats, n: number): number {
  if (!matrix.every(Number.isFinite)) return NaN
  const t = toHessenberg(gram(matrix, n), n) // symmetric: tridiagonal
  let high = 0
  for (let i = 0; i < n; i++) {
    const beside = (i > 0 ? Math.abs(t[i * n + i - 1]) : 0) + (i < n - 1 ? Math.abs(t[(i + 1) * n + i]) : 0)
    high = Math.max(high, t[i * (n + 1)] + beside)
  }
  let low = 0
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) return Math.sqrt(high)
    if (hasEigenvalueAbove(t, n, middle)) low = middle
    else high = middle
  }
}

/** AᵀA, (n, n) */
function gram(a: Floats, n: number): Float64Array {
  const product = new Float64Array(n * n)
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const factor = a[k * n + i]
      for (let j = 0; j < n; j++) product[i * n + j] += factor * a[k * n + j]
    }
  }
  return product
}

/** Whether T − x has a positive pivot, that is, the symmetric tridiagonal T an eigenvalue above x. */
function hasEigenvalueAbove(t: Float64Array, n: number, x: number): boolean {
  let pivot = 1
  for (let i = 0; i < n; i++) {
    const beside = i === 0 ? 0 : t[i * n + i - 1]
    pivot = t[i * (n + 1)] - x - (beside * beside) / pivot
    if (pivot === 0) pivot = -Number.MIN_VALUE
    if (pivot > 0) return true
  }
  return false
}

function largestElement(a: Float64Array): number {
  let most = 0
  for (const value of a) most = Math.max(most, Math.abs(value))
  return most
}

/** Similar and zero below its first subdiagonal, by Householder reflections; in place (Golub and Van Loan, 7.4.3). */
function toHessenberg(a: Float64Array, n: number): Float64Array {
  const v = new Float64Array(n)
  for (let k = 0; k < n - 2; k++) {
    let scale = 0
    for (let i = k + 1; i < n; i++) scale = Math.max(scale, Math.abs(a[i * n + k]))
    if (scale === 0) continue
    let square = 0
    for (let i = k + 1; i < n; i++) {
      v[i] = a[i * n + k] / scale
      square += v[i] * v[i]
    }
    const length = v[k + 1] > 0 ? Math.sqrt(square) : -Math.sqrt(square)
    const factor = 1 / (square + length * v[k + 1]) // 2 / ‖v‖² once its head has grown
    v[k + 1] += length
    reflect(a, n, v, k + 1, factor)
    a[(k + 1) * n + k] = -length * scale
    for (let i = k + 2; i < n; i++) a[i * n + k] = 0
  }
  return a
}

/** a ← (1 − f v vᵀ) a (1 − f v vᵀ), v being zero before `from`. */
function reflect(a: Float64Array, n: number, v: Float64Array, from: number, factor: number): void {
  const sums = new Float64Array(n)
  for (let i = from; i < n; i++) for (let j = from - 1; j < n; j++) sums[j] += v[i] * a[i * n + j]
  for (let i = from; i < n; i++) {
    const by = factor * v[i]
    for (let j = from - 1; j < n; j++) a[i * n + j] -= by * sums[j]
  }
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = from; j < n; j++) sum += a[i * n + j] * v[j]
    sum *= factor
    for (let j = from; j < n; j++) a[i * n + j] -= sum * v[j]
  }
}

/** Where the block that ends at `last` begins: above it the subdiagonal is as good as zero. */
function splitBlock(h: Float64Array, n: number, last: number, norm: number): number {
  for (let i = last; i > 0; i--) {
    const around = Math.abs(h[(i - 1) * (n + 1)]) + Math.abs(h[i * (n + 1)])
    if (Math.abs(h[i * n + i - 1]) <= EPSILON * (around === 0 ? norm : around)) {
      h[i * n + i - 1] = 0
      return i
    }
  }
  return 0
}

/** The largest |λ| of a diagonal block of one or two. */
function blockRadius(h: Float64Array, n: number, first: number, last: number): number {
  const d = h[last * (n + 1)]
  if (first === last) return Math.abs(d)
  const a = h[first * (n + 1)]
  const bc = h[first * n + last] * h[last * n + first]
  const half = (a - d) / 2
  const q = half * half + bc
  if (q < 0) return Math.sqrt(a * d - bc) // a pair: |λ|² is the determinant
  const root = Math.sqrt(q)
  const middle = d + half
  return Math.abs(middle) + root
}

/** Real and imaginary part of each eigenvalue of a diagonal block of one or two. */
function blockEigenvalues(h: Float64Array, n: number, first: number, last: number): number[] {
  const d = h[last * (n + 1)]
  if (first === last) return [d, 0]
  const a = h[first * (n + 1)]
  const bc = h[first * n + last] * h[last * n + first]
  const half = (a - d) / 2
  const q = half * half + bc
  const middle = d + half
  if (q < 0) return [middle, Math.sqrt(-q), middle, -Math.sqrt(-q)]
  // The larger first; the smaller from the determinant where subtracting would lose its digits.
  const larger = middle + (middle < 0 ? -Math.sqrt(q) : Math.sqrt(q))
  return [larger, 0, larger === 0 ? 0 : (a * d - bc) / larger, 0]
}

/** One double-shift QR sweep over the block (Francis 1961), chasing its bulge down with reflections of three. */
function sweep(h: Float64Array, n: number, first: number, last: number, isStuck: boolean): void {
  let x = h[last * (n + 1)]
  let y = h[(last - 1) * (n + 1)]
  let w = h[last * n + last - 1] * h[(last - 1) * n + last]
  if (isStuck) {
    const s = Math.abs(h[last * n + last - 1]) + Math.abs(h[(last - 1) * n + last - 2])
    x = y = x + 0.75 * s
    w = -0.4375 * s * s
  }
  // The first column of (H − λ₁)(H − λ₂), divided by h_10.
  const z = h[first * (n + 1)]
  const below = h[(first + 1) * n + first]
  let p = ((x - z) * (y - z) - w) / below + h[first * n + first + 1]
  let q = h[(first + 1) * (n + 1)] - z - (x - z) - (y - z)
  let r = h[(first + 2) * n + first + 1]
  for (let k = first; k < last; k++) {
    const three = k < last - 1
    if (k > first) {
      p = h[k * n + k - 1]
      q = h[(k + 1) * n + k - 1]
      r = three ? h[(k + 2) * n + k - 1] : 0
    }
    const scale = Math.max(Math.abs(p), Math.abs(q), Math.abs(r))
    if (scale === 0) continue
    p /= scale
    q /= scale
    r /= scale
    const length = (p < 0 ? -1 : 1) * Math.sqrt(p * p + q * q + r * r)
    if (k > first) {
      h[k * n + k - 1] = -length * scale
      h[(k + 1) * n + k - 1] = 0
      if (three) h[(k + 2) * n + k - 1] = 0
    }
    reflectThree(h, n, { first, last, k, p: p + length, q, r: three ? r : 0, length })
  }
}

interface SmallReflection {
  readonly first: number
  readonly last: number
  readonly k: number
  /** The vector (p, q, r) whose reflection sends what it was made from to −length. */
  readonly p: number
  readonly q: number
  readonly r: number
  readonly length: number
}

function reflectThree(h: Float64Array, n: number, { first, last, k, p, q, r, length }: SmallReflection): void {
  const three = k < last - 1
  const [x, y, z] = [p / length, q / length, r / length]
  const [v, u] = [q / p, r / p]
  const row = k * n
  for (let j = k; j <= last; j++) {
    const sum = h[row + j] + v * h[row + n + j] + (three ? u * h[row + 2 * n + j] : 0)
    h[row + j] -= sum * x
    h[row + n + j] -= sum * y
    if (three) h[row + 2 * n + j] -= sum * z
  }
  const end = Math.min(last, k + 3)
  for (let i = first; i <= end; i++) {
    const at = i * n + k
    const sum = x * h[at] + y * h[at + 1] + (three ? z * h[at + 2] : 0)
    h[at] -= sum
    h[at + 1] -= sum * v
    if (three) h[at + 2] -= sum * u
  }
}
