/** Softmax and cross-entropy over rows of logits, computed in float64 and stored in the buffer's precision. */
import { exp, log } from './elementary'
import type { Floats } from './floats'

/**
 * Turns each of the M rows of logits (M, V) into probabilities, in place.
 * @returns Σ over rows of −ln p(target), in nats
 */
export function softmaxCrossEntropy(logits: Floats, targets: ArrayLike<number>, M: number, V: number): number {
  let total = 0
  for (let m = 0; m < M; m++) {
    const row = m * V
    const score = logits[row + targets[m]]
    const { most, sum } = softmaxRow(logits, row, V)
    total += log(sum) - (score - most)
  }
  return total
}

/** Turns one row into probabilities; answers its largest logit and Σ exp(logit − largest). */
export function softmaxRow(logits: Floats, row: number, V: number): { most: number; sum: number } {
  const most = largestLogit(logits, row, V)
  return { most, sum: softmaxFrom(logits, row, V, most) }
}

export function largestLogit(logits: Floats, row: number, V: number): number {
  let most = -Infinity
  for (let v = 0; v < V; v++) if (logits[row + v] > most) most = logits[row + v]
  return most
}

/** Turns one row, whose largest logit is `most`, into probabilities. @returns Σ exp(logit − most) */
export function softmaxFrom(logits: Floats, row: number, V: number, most: number): number {
  let sum = 0
  for (let v = 0; v < V; v++) {
    const e = exp(logits[row + v] - most)
    logits[row + v] = e
    sum += e
  }
  for (let v = 0; v < V; v++) logits[row + v] /= sum
  return sum
}
