/**
 * How far a square matrix can stretch a vector: its eigenvalues and their radius (over many steps) and the largest singular
 * value (in one). Orthogonal transformations alone, so each answer is exact for a matrix within a few n·2⁻⁵² ‖A‖ of the
 * given one. A matrix of 1,024 takes seconds: the work is there in pieces of some thousandths, too.
 */
import type { Floats } from '../numerics/floats'
import { REFLECTION, sweep } from './francis-sweep'
import { copySquare, gramTridiagonalPieces, hessenbergPieces } from './hessenberg'
import type { Square, Tridiagonal } from './hessenberg'
import { finish } from './pieces'

const EPSILON = 2.220446049250313e-16
/** Shifted QR needs about two sweeps an eigenvalue; far beyond that something is broken. */
const SWEEPS_AN_EIGENVALUE = 60
/** A shift that leads nowhere is replaced by an odd one after so many sweeps. */
const STUCK_AFTER = 10

export interface Spectrum {
  /** (n, 2): real and imaginary part. */
  readonly eigenvalues: Float64Array
  /** max |λ| */
  readonly spectralRadius: number
}

/** max |λ| of a matrix (n, n); NaN where an element isn't finite. */
export function spectralRadius(matrix: Floats, n: number): number {
  return finish(spectrumPieces(matrix, n)).spectralRadius
}

/** The eigenvalues of a matrix (n, n) as pairs (n, 2) of real and imaginary part; NaN where an element isn't finite. */
export function eigenvalues(matrix: Floats, n: number): Float64Array {
  return finish(spectrumPieces(matrix, n)).eigenvalues
}

/** max ‖Ax‖₂ / ‖x‖₂ of a matrix (n, n); NaN where an element isn't finite. */
export function largestSingularValue(matrix: Floats, n: number): number {
  return finish(singularValuePieces(matrix, n))
}

/** Eigenvalues and radius at once. Splits a copy of the matrix, turned about, into diagonal blocks of one or two. */
export function* spectrumPieces(matrix: Floats, n: number): Generator<number, Spectrum> {
  const pairs = new Float64Array(2 * n)
  if (!isAllFinite(matrix)) return { eigenvalues: pairs.fill(NaN), spectralRadius: NaN }
  const h = copySquare(matrix, n)
  yield* hessenbergPieces(h)
  const norm = largestElement(h.a)
  const kept = new Float64Array(REFLECTION * n)
  let radius = 0
  let last = n - 1
  let sweeps = 0
  while (last >= 0) {
    const first = splitBlock(h, last, norm)
    if (last - first < 2) {
      pairs.set(blockEigenvalues(h, first, last), 2 * first)
      radius = Math.max(radius, blockRadius(h, first, last))
      last = first - 1
      sweeps = 0
    } else {
      if (sweeps > SWEEPS_AN_EIGENVALUE) throw new RangeError('the QR algorithm did not converge')
      sweeps += 1
      sweep(h, first, last, sweeps % STUCK_AFTER === 0, kept)
      yield n + (n - last)
    }
  }
  return { eigenvalues: pairs, spectralRadius: radius }
}

/** The root of the largest eigenvalue of AᵀA, bisected by Sturm's count. */
export function* singularValuePieces(matrix: Floats, n: number): Generator<number, number> {
  if (!isAllFinite(matrix)) return NaN
  const t = yield* gramTridiagonalPieces(matrix, n)
  let high = 0
  for (let i = 0; i < n; i++) {
    const around = Math.abs(t.beside[i]) + (i < n - 1 ? Math.abs(t.beside[i + 1]) : 0)
    high = Math.max(high, t.diagonal[i] + around)
  }
  let low = 0
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) return Math.sqrt(high)
    if (hasEigenvalueAbove(t, middle)) low = middle
    else high = middle
  }
}

function isAllFinite(matrix: Floats): boolean {
  for (let i = 0; i < matrix.length; i++) if (!Number.isFinite(matrix[i])) return false
  return true
}

/** Whether T − x has a positive pivot, that is, the symmetric tridiagonal T an eigenvalue above x. */
function hasEigenvalueAbove({ diagonal, beside }: Tridiagonal, x: number): boolean {
  let pivot = 1
  for (let i = 0; i < diagonal.length; i++) {
    pivot = diagonal[i] - x - (beside[i] * beside[i]) / pivot
    if (pivot === 0) pivot = -Number.MIN_VALUE
    if (pivot > 0) return true
  }
  return false
}

function largestElement(a: Float64Array): number {
  let most = 0
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]))
  return most
}

/** Where the block that ends at `last` begins: above it the subdiagonal is as good as zero. */
function splitBlock({ a: h, stride }: Square, last: number, norm: number): number {
  for (let i = last; i > 0; i--) {
    const around = Math.abs(h[(i - 1) * (stride + 1)]) + Math.abs(h[i * (stride + 1)])
    if (Math.abs(h[i * stride + i - 1]) <= EPSILON * (around === 0 ? norm : around)) {
      h[i * stride + i - 1] = 0
      return i
    }
  }
  return 0
}

/** The largest |λ| of a diagonal block of one or two. */
function blockRadius({ a: h, stride }: Square, first: number, last: number): number {
  const d = h[last * (stride + 1)]
  if (first === last) return Math.abs(d)
  const a = h[first * (stride + 1)]
  const bc = h[first * stride + last] * h[last * stride + first]
  const half = (a - d) / 2
  const q = half * half + bc
  if (q < 0) return Math.sqrt(a * d - bc) // a pair: |λ|² is the determinant
  const root = Math.sqrt(q)
  const middle = d + half
  return Math.abs(middle) + root
}

/** Real and imaginary part of each eigenvalue of a diagonal block of one or two. */
function blockEigenvalues({ a: h, stride }: Square, first: number, last: number): number[] {
  const d = h[last * (stride + 1)]
  if (first === last) return [d, 0]
  const a = h[first * (stride + 1)]
  const bc = h[first * stride + last] * h[last * stride + first]
  const half = (a - d) / 2
  const q = half * half + bc
  const middle = d + half
  if (q < 0) return [middle, Math.sqrt(-q), middle, -Math.sqrt(-q)]
  // The larger first; the smaller from the determinant where subtracting would lose its digits.
  const larger = middle + (middle < 0 ? -Math.sqrt(q) : Math.sqrt(q))
  return [larger, 0, larger === 0 ? 0 : (a * d - bc) / larger, 0]
}
