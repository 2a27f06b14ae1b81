/** A text read by a model, and a text written by one. */
import { createLayout, gradientsOfText, largest, Random, Sampler, Tokeniser, traceNetwork } from '../../engine'
import type { NetworkGradients, NetworkTrace } from '../../engine'
import { LabError } from '../../shared'
import type { Trace } from '../../shared'
import type { SampleAnswer, SampleRequest } from '../lab'
import type { Model } from '../models/model-file'
import type { FullTrace, GradientsRequest, TraceRequest } from './interactive-api'

/** A text as the network was given it, and what came of each step. */
export interface Reading {
  readonly tokeniser: Tokeniser
  readonly ids: Uint32Array
  readonly trace: NetworkTrace
}

/** @throws LabError E_TEXT_EMPTY; EngineError E_SYMBOLS_UNKNOWN */
export function readText(
  { shape, parameters, tokens, vocabulary }: Model,
  text: string,
  skipUnknown: boolean,
): Reading {
  const tokeniser = new Tokeniser(tokens, vocabulary)
  const ids = tokeniser.encode(text, skipUnknown)
  if (ids.length === 0) throw new LabError('E_TEXT_EMPTY')
  return { tokeniser, ids, trace: traceNetwork(shape, parameters, ids) }
}

/** @throws LabError E_TEXT_EMPTY; EngineError E_SYMBOLS_UNKNOWN */
export function traceText(model: Model, step: number | null, request: TraceRequest): FullTrace {
  const reading = readText(model, request.text, request.skipUnknown)
  return { ...describeReading(model, step, reading, request.top), logits: request.full ? reading.trace.logits : null }
}

/** @param most how many of the most probable next tokens */
export function describeReading(model: Model, step: number | null, reading: Reading, most: number): Trace {
  const { shape, parameters, reverse } = model
  const { tokeniser, ids, trace } = reading
  const { hidden, cell, gates, probabilities, probability, loss } = trace
  const V = shape.vocabulary
  const top = Math.min(most, V)
  const topTokens = new Uint32Array(ids.length * top)
  const topProbabilities = new Float32Array(ids.length * top)
  for (let t = 0; t < ids.length; t++) {
    const row = probabilities.subarray(t * V, (t + 1) * V)
    const order = largest(row, top)
    topTokens.set(order, t * top)
    topProbabilities.set(
      order.map((index) => row[index]),
      t * top,
    )
  }
  return {
    model: {
      cell: shape.cell,
      layers: shape.layers,
      hidden: shape.hidden,
      vocabularySize: V,
      parameters: parameters.length,
      window: shape.cell === 'window' ? shape.window : 0,
      step,
      reverse,
      tokens: model.tokens,
    },
    tokens: Array.from(ids, (id) => tokeniser.symbols[id]),
    hidden,
    cell,
    gates,
    topTokens,
    topProbabilities,
    top,
    vocabulary: tokeniser.symbols,
    probability,
    loss,
  }
}

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

/** @param frequent the most frequent token of the text it learnt, where that is known. @throws EngineError E_SYMBOLS_UNKNOWN for a prompt the model can't read */
export function writeText(model: Model, request: SampleRequest, frequent: string | null): SampleAnswer {
  const { shape, parameters, reverse } = model
  const { temperature, topK, topP, length, seed } = request
  const tokeniser = new Tokeniser(model.tokens, model.vocabulary)
  const given = tokeniser.encode(request.prompt, request.skipUnknown ?? false)
  const prompt = given.length > 0 ? given : Uint32Array.of(defaultPrompt(model, tokeniser, frequent))
  const random = Random.fromSeed(seed, 'sample')
  const sampler = new Sampler(shape, parameters, prompt, { temperature, topK, topP }, random)
  const written = Array.from({ length }, () => sampler.next(parameters))
  return { prompt: tokeniser.decode(prompt), text: tokeniser.decode(written), ...(reverse ? { reverse } : {}) }
}

/** A line end, else the most frequent token; where nobody counted, the one that the output's bias favours. */
function defaultPrompt({ shape, parameters }: Model, tokeniser: Tokeniser, frequent: string | null): number {
  if (tokeniser.lineEnd !== null) return tokeniser.lineEnd
  const counted = frequent === null ? -1 : tokeniser.symbols.indexOf(frequent)
  if (counted >= 0) return counted
  const bias = createLayout(shape).byName.get('decoder.bias')
  return bias ? largest(parameters.subarray(bias.offset, bias.offset + bias.size), 1)[0] : 0
}
