/** What the network expects after one step, and what came. */
import type { Trace } from '../../../shared'
import { surpriseBits } from './surprise'

export interface ExpectedSymbol {
  readonly symbol: string
  readonly probability: number
  /** It is the one that stands next in the text. */
  readonly followed: boolean
}

export interface Expectation {
  /** Most probable first. */
  readonly candidates: readonly ExpectedSymbol[]
  /** What stands next in the text; null at its end. */
  readonly next: { readonly symbol: string; readonly probability: number; readonly bits: number } | null
}

export function expectationAt(trace: Trace, step: number): Expectation {
  const { tokens, top, topTokens, topProbabilities, vocabulary, probability } = trace
  const following = step + 1 < tokens.length ? tokens[step + 1] : null
  const candidates = Array.from({ length: top }, (_, k) => {
    const symbol = vocabulary[topTokens[step * top + k]]
    return { symbol, probability: topProbabilities[step * top + k], followed: symbol === following }
  })
  if (following === null) return { candidates, next: null }
  return {
    candidates,
    next: { symbol: following, probability: probability[step], bits: surpriseBits(probability[step]) },
  }
}

/** The end of what was read up to and with a step; `cut` when more stands before it. */
export function readUntil(tokens: readonly string[], step: number, most: number): { shown: string[]; cut: boolean } {
  const from = Math.max(0, step + 1 - most)
  return { shown: tokens.slice(from, step + 1), cut: from > 0 }
}
