/** A text read by a model, and a text written by one. */
import { gradientsOfText, largest, Random, Sampler, traceNetwork, Vocabulary } from '../../engine'
import type { NetworkGradients } from '../../engine'
import { LabError } from '../../shared'
import type { SampleRequest } from '../lab'
import type { Model } from '../models/model-file'
import type { FullTrace, GradientsRequest, TraceRequest } from './interactive-api'

/** @throws LabError E_TEXT_EMPTY; EngineError E_SYMBOLS_UNKNOWN */
export function traceText(model: Model, step: number | null, request: TraceRequest): FullTrace {
  const { shape, parameters } = model
  const vocabulary = new Vocabulary(model.vocabulary)
  const ids = vocabulary.encode(prepareText(request.text), request.skipUnknown)
  if (ids.length === 0) throw new LabError('E_TEXT_EMPTY')
  const { hidden, cell, gates, logits, probabilities, probability, loss } = traceNetwork(shape, parameters, ids)
  const V = shape.vocabulary
  const top = Math.min(request.top, V)
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
      step,
      reverse: false,
    },
    tokens: Array.from(ids, (id) => vocabulary.symbols[id]),
    hidden,
    cell,
    gates,
    topTokens,
    topProbabilities,
    top,
    vocabulary: vocabulary.symbols,
    probability,
    loss,
    logits: request.full ? logits : null,
  }
}

/** @throws LabError E_NO_RECURRENCE, E_TEXT_SHORT; EngineError E_SYMBOLS_UNKNOWN */
export function gradientsOf({ shape, parameters, vocabulary }: Model, request: GradientsRequest): NetworkGradients {
  const cell: string = shape.cell
  if (cell === 'window') throw new LabError('E_NO_RECURRENCE', { cell })
  const ids = new Vocabulary(vocabulary).encode(prepareText(request.text), request.skipUnknown)
  if (ids.length < 2) throw new LabError('E_TEXT_SHORT', { tokens: ids.length, least: 2 })
  return gradientsOfText(shape, parameters, ids)
}

/** @throws EngineError E_SYMBOLS_UNKNOWN for a prompt the model can't read */
export function writeText(model: Model, request: SampleRequest): { prompt: string; text: string } {
  const { shape, parameters } = model
  const vocabulary = new Vocabulary(model.vocabulary)
  const prompt = prepareText(request.prompt) || defaultPrompt(model.vocabulary)
  const { temperature, topK, topP, length, seed } = request
  const random = Random.fromSeed(seed, 'sample')
  const sampler = new Sampler(shape, parameters, vocabulary.encode(prompt), { temperature, topK, topP }, random)
  return { prompt, text: vocabulary.decode(Array.from({ length }, () => sampler.next(parameters))) }
}

/** As the texts it was trained on: LF and NFC. */
function prepareText(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC')
}

/** A line end, else a space, else the first symbol. */
function defaultPrompt(vocabulary: readonly string[]): string {
  return vocabulary.find((symbol) => symbol === '\n') ?? vocabulary.find((symbol) => symbol === ' ') ?? vocabulary[0]
}
