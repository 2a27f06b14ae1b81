/** How well a model predicts a text: all of it, as one stream from a zero state, piece by piece. */
import { exp, Tokeniser, Validation } from '../../engine'
import type { Reader, TokenIds } from '../../engine'
import { LabError } from '../../shared'
import type { Evaluation } from '../../shared'
import type { Model } from '../models/model-file'

export interface EvaluationText {
  /** For what is refused. */
  readonly name: string
  /** In the order the model reads. */
  readonly ids: TokenIds
  readonly vocabulary: readonly string[]
  readonly skipUnknown: boolean
}

/** @throws LabError E_TEXT_TOO_SHORT; EngineError E_SYMBOLS_UNKNOWN */
export function* evaluatePieces(
  model: Model,
  { network, values }: Reader,
  text: EvaluationText,
): Generator<undefined, Evaluation> {
  const tokeniser = new Tokeniser(model.tokens, model.vocabulary)
  const ids = tokeniser.translate(text.ids, text.vocabulary, text.skipUnknown)
  if (ids.length < 2) throw new LabError('E_TEXT_TOO_SHORT', { name: text.name })
  const validation = new Validation(network, ids, ids.length - 1)
  let loss = validation.next(values)
  for (; loss === null; loss = validation.next(values)) yield
  const characters = tokeniser.countCharacters(model.reverse ? ids.slice().reverse() : ids)
  return {
    loss,
    bitsPerCharacter: ((loss / Math.LN2) * ids.length) / characters,
    perplexity: exp(loss),
    characters,
    tokens: ids.length,
  }
}
