/** How well a model predicts a text: all of it, as one stream from a zero state, in slices that let messages in. */
import { createReader, exp, READER_STEPS, Tokeniser, Validation } from '../../engine'
import type { KernelCode, TokenIds } from '../../engine'
import { LabError } from '../../shared'
import type { Evaluation } from '../../shared'
import type { Model } from '../models/model-file'

const SLICE_MS = 25

export interface EvaluationText {
  /** For what is refused. */
  readonly name: string
  /** In the order the model reads. */
  readonly ids: TokenIds
  readonly vocabulary: readonly string[]
  readonly skipUnknown: boolean
}

/** @throws LabError E_TEXT_TOO_SHORT; EngineError E_SYMBOLS_UNKNOWN */
export async function evaluateText(
  model: Model,
  text: EvaluationText,
  kernel: KernelCode | undefined,
  turn: () => Promise<void>,
): Promise<Evaluation> {
  const tokeniser = new Tokeniser(model.tokens, model.vocabulary)
  const ids = tokeniser.translate(text.ids, text.vocabulary, text.skipUnknown)
  if (ids.length < 2) throw new LabError('E_TEXT_TOO_SHORT', { name: text.name })
  const predicted = ids.length - 1
  const reader = createReader(model.shape, model.parameters, Math.min(READER_STEPS, predicted), kernel)
  const validation = new Validation(reader.network, ids, predicted)
  let loss: number | null = null
  while (loss === null) {
    const until = performance.now() + SLICE_MS
    while (loss === null && performance.now() < until) loss = validation.next(reader.values)
    if (loss === null) await turn()
  }
  const characters = tokeniser.countCharacters(model.reverse ? ids.slice().reverse() : ids)
  return {
    loss,
    bitsPerCharacter: ((loss / Math.LN2) * ids.length) / characters,
    perplexity: exp(loss),
    characters,
    tokens: ids.length,
  }
}
