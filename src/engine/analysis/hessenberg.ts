/**
 * Square matrices turned about until little but their diagonal is left, by Householder reflections (Golub and Van Loan,
 * 5.4.8 and 7.4.3): a Hessenberg form that has the same eigenvalues, and for a symmetric matrix a tridiagonal one. Rows are
 * taken whole, since they lie together; a piece is one reflection, n² operations.
 */
import type { Floats } from '../numerics/floats'

/** Rows this many numbers apart, a multiple of 4 KiB, would wait for each other in the first cache. */
const ALIASING = 64
const ASIDE = 8

/** (n, n) of rows that lie `stride` apart. */
export interface Square {
  readonly a: Float64Array
  readonly n: number
  readonly stride: number
}

export function createSquare(n: number): Square {
  const stride = n % ALIASING === 0 ? n + ASIDE : n
  // A little more than its elements: a reflection may read past the last one, and leaves what it finds there.
  return { a: new Float64Array(n * stride + ASIDE), n, stride }
}

export function copySquare(matrix: Floats, n: number): Square {
  const copy = createSquare(n)
  for (let i = 0; i < n; i++) copy.a.set(matrix.subarray(i * n, (i + 1) * n), i * copy.stride)
  return copy
}

/** The diagonal of a symmetric tridiagonal matrix (n) and what lies beside it: beside[i] at (i, i − 1), beside[0] is 0. */
export interface Tridiagonal {
  readonly diagonal: Float64Array
  readonly beside: Float64Array
}

/** Similar to the matrix and zero below its first subdiagonal; in place. */
export function* hessenbergPieces(square: Square): Generator<number, void> {
  const { a, n, stride } = square
  const v = new Float64Array(n)
  const sums = new Float64Array(n)
  for (let k = 0; k < n - 2; k++) {
    for (let i = k + 1; i < n; i++) v[i] = a[i * stride + k]
    const made = reflector(v, k + 1, n)
    if (made === null) continue
    reflectRows(square, v, sums, k + 1, made.factor)
    a[(k + 1) * stride + k] = made.head
    for (let i = k + 2; i < n; i++) a[i * stride + k] = 0
    yield k
  }
}

interface Reflector {
  /** 2 / ‖v‖² */
  readonly factor: number
  /** What the reflection leaves of the vector: its first element. */
  readonly head: number
}

/** Makes of a vector the v of the reflection 1 − f v vᵀ that leaves nothing but its first element. */
function reflector(v: Float64Array, from: number, n: number): Reflector | null {
  let scale = 0
  for (let i = from; i < n; i++) scale = Math.max(scale, Math.abs(v[i]))
  if (scale === 0) return null
  let square = 0
  for (let i = from; i < n; i++) {
    v[i] /= scale
    square += v[i] * v[i]
  }
  const length = v[from] > 0 ? Math.sqrt(square) : -Math.sqrt(square)
  const factor = 1 / (square + length * v[from])
  v[from] += length
  return { factor, head: -length * scale }
}

/** a ← (1 − f v vᵀ) a (1 − f v vᵀ) behind column `from` − 1, v being zero before it; left and right in one pass over the rows. */
function reflectRows(
  { a, n, stride }: Square,
  v: Float64Array,
  sums: Float64Array,
  from: number,
  factor: number,
): void {
  sums.fill(0)
  let i = from
  for (; i + 3 < n; i += 4) addFourRows(a, i * stride, stride, v, i, sums, from, n)
  for (; i < n; i++) {
    const row = i * stride
    for (let j = from; j < n; j++) sums[j] += v[i] * a[row + j]
  }
  for (i = 0; i < from; i++) subtract(a, i * stride, factor * dot(a, i * stride, v, from, n), v, from, n)
  for (; i + 1 < n; i += 2) reflectTwoRows(a, i * stride, stride, v, i, sums, from, n, factor)
  if (i === n) return
  subtract(a, i * stride, factor * v[i], sums, from, n)
  subtract(a, i * stride, factor * dot(a, i * stride, v, from, n), v, from, n)
}

/** sums += v_i a_i of four rows from i on. */
function addFourRows(
  a: Float64Array,
  row: number,
  stride: number,
  v: Float64Array,
  i: number,
  sums: Float64Array,
  from: number,
  n: number,
): void {
  const two = row + stride
  const three = two + stride
  const four = three + stride
  const v0 = v[i]
  const v1 = v[i + 1]
  const v2 = v[i + 2]
  const v3 = v[i + 3]
  for (let j = from; j < n; j++) {
    sums[j] += v0 * a[row + j] + v1 * a[two + j] + (v2 * a[three + j] + v3 * a[four + j])
  }
}

/** Two rows from i on: what the left takes from them, and at once what the right takes from what is left. */
function reflectTwoRows(
  a: Float64Array,
  row: number,
  stride: number,
  v: Float64Array,
  i: number,
  sums: Float64Array,
  from: number,
  n: number,
  factor: number,
): void {
  const next = row + stride
  const by0 = factor * v[i]
  const by1 = factor * v[i + 1]
  let dot0 = 0
  let dot1 = 0
  for (let j = from; j < n; j++) {
    const x0 = a[row + j] - by0 * sums[j]
    const x1 = a[next + j] - by1 * sums[j]
    a[row + j] = x0
    a[next + j] = x1
    dot0 += x0 * v[j]
    dot1 += x1 * v[j]
  }
  dot0 *= factor
  dot1 *= factor
  for (let j = from; j < n; j++) {
    a[row + j] -= dot0 * v[j]
    a[next + j] -= dot1 * v[j]
  }
}

/** row −= f · x */
function subtract(a: Float64Array, row: number, f: number, x: Float64Array, from: number, n: number): void {
  for (let j = from; j < n; j++) a[row + j] -= f * x[j]
}

/** Σ a[row + j] v[j], in four sums, since one would wait for itself at every number. */
function dot(a: Float64Array, row: number, v: Float64Array, from: number, end: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0]
  let j = from
  for (; j + 3 < end; j += 4) {
    s0 += a[row + j] * v[j]
    s1 += a[row + j + 1] * v[j + 1]
    s2 += a[row + j + 2] * v[j + 2]
    s3 += a[row + j + 3] * v[j + 3]
  }
  for (; j < end; j++) s0 += a[row + j] * v[j]
  return s0 + s1 + (s2 + s3)
}

/** AᵀA of a matrix (n, n), made tridiagonal: its eigenvalues are the squares of A's singular values. */
export function* gramTridiagonalPieces(matrix: Floats, n: number): Generator<number, Tridiagonal> {
  const gram = createSquare(n)
  for (let k = 0; k < n; k += 4) {
    addOuters(gram, matrix, k)
    yield k
  }
  return yield* tridiagonalPieces(gram)
}

/** gram += the outer products of four rows with themselves: what lies below the diagonal, and it. Rows that aren't there are 0. */
function addOuters({ a, n, stride }: Square, matrix: Floats, k: number): void {
  const [r0, r1, r2, r3] = [0, 1, 2, 3].map((i) => Math.min(k + i, n - 1) * n)
  const [f1, f2, f3] = [1, 2, 3].map((i) => (k + i < n ? 1 : 0))
  for (let i = 0; i < n; i++) {
    const to = i * stride
    const by0 = matrix[r0 + i]
    const by1 = f1 * matrix[r1 + i]
    const by2 = f2 * matrix[r2 + i]
    const by3 = f3 * matrix[r3 + i]
    for (let j = 0; j <= i; j++) {
      a[to + j] += by0 * matrix[r0 + j] + by1 * matrix[r1 + j] + (by2 * matrix[r2 + j] + by3 * matrix[r3 + j])
    }
  }
}

/** Of a symmetric matrix of which what lies on and below the diagonal is given; it is used up, from its last row to its first. */
function* tridiagonalPieces({ a, n, stride }: Square): Generator<number, Tridiagonal> {
  const diagonal = new Float64Array(n)
  const beside = new Float64Array(n)
  const v = new Float64Array(n)
  const w = new Float64Array(n)
  for (let last = n - 1; last > 1; last--) {
    const row = last * stride
    // The reflection leaves of the row its element beside the diagonal: it is read from there backwards.
    for (let i = 0; i < last; i++) v[last - 1 - i] = a[row + i]
    const made = reflector(v, 0, last)
    diagonal[last] = a[row + last]
    if (made === null) continue
    v.subarray(0, last).reverse()
    beside[last] = made.head
    reflectSymmetric(a, stride, v, w, last, made.factor)
    yield n - last
  }
  if (n > 1) {
    diagonal[1] = a[stride + 1]
    beside[1] = a[stride]
  }
  if (n > 0) diagonal[0] = a[0]
  return { diagonal, beside }
}

/** a ← (1 − f v vᵀ) a (1 − f v vᵀ) of the first m rows, below the diagonal and on it: a − v wᵀ − w vᵀ. */
function reflectSymmetric(
  a: Float64Array,
  stride: number,
  v: Float64Array,
  w: Float64Array,
  m: number,
  factor: number,
): void {
  w.fill(0, 0, m)
  for (let i = 0; i < m; i++) {
    const row = i * stride
    const by = v[i]
    // The row is a column as well: each element counts for both of its places.
    for (let j = 0; j < i; j++) w[j] += by * a[row + j]
    w[i] += dot(a, row, v, 0, i + 1)
  }
  for (let i = 0; i < m; i++) w[i] *= factor
  const half = (factor / 2) * dot(v, 0, w, 0, m)
  for (let i = 0; i < m; i++) w[i] -= half * v[i]
  for (let i = 0; i < m; i++) {
    const row = i * stride
    const [vi, wi] = [v[i], w[i]]
    for (let j = 0; j <= i; j++) a[row + j] -= vi * w[j] + wi * v[j]
  }
}
