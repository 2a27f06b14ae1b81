/** A text written by a model, and how far back its last prediction reaches. */
import { createLayout, gradientsOfText, largest, Random, Sampler, Tokeniser } from '../../engine'
import type { NetworkGradients, Reader } from '../../engine'
import { LabError } from '../../shared'
import type { SampleAnswer, SampleRequest } from '../lab'
import type { Model } from '../models/model-file'
import type { GradientsRequest } from './interactive-api'

/** The text is taken in the order the network reads. @throws LabError E_NO_RECURRENCE, E_TEXT_SHORT; EngineError E_SYMBOLS_UNKNOWN */
export function gradientsOf(
  { shape, parameters, tokens, vocabulary }: Pick<Model, 'shape' | 'parameters' | 'tokens' | 'vocabulary'>,
  request: GradientsRequest,
): NetworkGradients {
  if (shape.cell === 'window') throw new LabError('E_NO_RECURRENCE', { cell: shape.cell })
  const ids = new Tokeniser(tokens, vocabulary).encode(request.text, request.skipUnknown)
  if (ids.length < 2) throw new LabError('E_TEXT_SHORT', { tokens: ids.length, least: 2 })
  return gradientsOfText(shape, parameters, ids)
}

/**
 * Symbol by symbol: yields how many are written.
 * @param frequent the most frequent token of the text it learnt, where that is known. @throws EngineError E_SYMBOLS_UNKNOWN for a prompt the model can't read
 */
export function* writePieces(
  model: Model,
  reader: Reader,
  request: SampleRequest,
  frequent: string | null,
): Generator<number, SampleAnswer> {
  const { temperature, topK, topP, length, seed } = request
  const tokeniser = new Tokeniser(model.tokens, model.vocabulary)
  const given = tokeniser.encode(request.prompt, request.skipUnknown ?? false)
  const prompt = given.length > 0 ? given : Uint32Array.of(defaultPrompt(model, tokeniser, frequent))
  const random = Random.fromSeed(seed, 'sample')
  const sampler = new Sampler(reader, prompt, { temperature, topK, topP }, random)
  const written = new Uint32Array(length)
  for (let i = 0; i < length; i++) {
    written[i] = sampler.next()
    yield i + 1
  }
  const text = tokeniser.decode(written)
  return { prompt: tokeniser.decode(prompt), text, ...(model.reverse ? { reverse: model.reverse } : {}) }
}

/** A line end, else the most frequent token; where nobody counted, the one that the output's bias favours. */
function defaultPrompt({ shape, parameters }: Model, tokeniser: Tokeniser, frequent: string | null): number {
  if (tokeniser.lineEnd !== null) return tokeniser.lineEnd
  const counted = frequent === null ? -1 : tokeniser.symbols.indexOf(frequent)
  if (counted >= 0) return counted
  const bias = createLayout(shape).byName.get('decoder.bias')
  return bias ? largest(parameters.subarray(bias.offset, bias.offset + bias.size), 1)[0] : 0
}
