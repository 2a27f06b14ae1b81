/**
 * The operations of the matrix products of a training step: a multiply and an add for each element of the inner index,
 * with true dimensions, not the padded ones a kernel works on. One-hot inputs are gathered and their gradients scattered,
 * which is no product and counts nothing; so does everything elementwise.
 */
import { gateCount, inputWidth } from '../recurrent/shape'
import type { ModelShape } from '../recurrent/shape'
import { windowInputWidth } from '../window/shape'

/** C (M, N) += A (M, K) · B (K, N), `times` times a step. */
export interface StepProduct {
  readonly name: string
  readonly M: number
  readonly N: number
  readonly K: number
  readonly times: number
}

/** Each product of a weight (rows, columns): forward, the gradient of what came in, and the weight's own. */
function threeOf(name: string, rows: number, columns: number, B: number, T: number, byStep: boolean): StepProduct[] {
  const [M, times] = byStep ? [B, T] : [T * B, 1]
  return [
    { name: `${name} forward`, M, N: rows, K: columns, times },
    { name: `${name} backward`, M, N: columns, K: rows, times },
    { name: `${name} gradient`, M: rows, N: columns, K: T * B, times: 1 },
  ]
}

/** Every product of a step, in no order. The recurrent ones are made step by step, all others over all T·B rows at once. */
export function productsOfStep(shape: ModelShape, B: number, T: number): readonly StepProduct[] {
  const { hidden: H, vocabulary: V, embedding, layers } = shape
  const products = Array.from({ length: layers }, (_, k) => {
    const isOneHot = k === 0 && embedding === 0
    if (shape.cell === 'window') {
      return isOneHot ? [] : threeOf(`W ${k}`, H, windowInputWidth(shape, k), B, T, false)
    }
    const rows = gateCount(shape.cell) * H
    return [
      ...threeOf(`W_hh ${k}`, rows, H, B, T, true),
      ...(isOneHot ? [] : threeOf(`W_xh ${k}`, rows, inputWidth(shape, k), B, T, false)),
    ]
  })
  return [...products.flat(), ...threeOf('W_hy', V, H, B, T, false)]
}

/** 2 Σ M·N·K over the products of a step. */
export function operationsOfStep(shape: ModelShape, B: number, T: number): number {
  return productsOfStep(shape, B, T).reduce((sum, { M, N, K, times }) => sum + 2 * M * N * K * times, 0)
}
