/** What a cell of the expectation's lines says: a symbol, how it surprised, and what was expected after it. */
import { visibleSymbol } from '../../../components/visible-symbol'
import type { Trace } from '../../../../shared'
import { expectationAt } from '../expectation'
import { guessingBits, surpriseAmount, surpriseOfTokens } from '../surprise'

export interface CellCandidate {
  readonly symbol: string
  readonly probability: number
  readonly followed: boolean
}

export interface ExpectationCell {
  readonly symbol: string
  /** 0 to 1 of blind guessing. */
  readonly surprise: number
  /** Most probable first. */
  readonly candidates: readonly CellCandidate[]
}

/** Cells are made one at a time, when their line is seen. */
export function cellMaker(trace: Trace): (step: number) => ExpectationCell {
  const surprise = surpriseOfTokens(trace)
  const limit = guessingBits(trace.model.vocabularySize)
  return (step) => ({
    symbol: visibleSymbol(trace.tokens[step]),
    surprise: surpriseAmount(surprise[step], limit),
    candidates: expectationAt(trace, step).candidates.map(({ symbol, probability, followed }) => ({
      symbol: visibleSymbol(symbol),
      probability,
      followed,
    })),
  })
}
