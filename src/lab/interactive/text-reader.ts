/**
 * What a window asks about a text: what a model does with it, its states piece by piece, and how far back its gradient
 * reaches. Long work goes in slices, between which newer questions are heard; what was found is kept by the parameters'
 * digest and the text, so that a view that is opened again has its answer at once.
 */
import {
  eigenvalues,
  gradientPieces,
  largestSingularValue,
  measureGates,
  spectralRadius,
  Tokeniser,
  tracePieces,
} from '../../engine'
import type { GradientPaths, NetworkTrace, RecurrentShape } from '../../engine'
import { LabError, MOST_STATES_AT_ONCE } from '../../shared'
import type { GradientReport, Trace, WeightSpectrum } from '../../shared'
import { digestOf } from '../models/model-file'
import type { Model } from '../models/model-file'
import type { ReadRequest } from './interactive-api'
import type { ReadingRequest, StatesRequest } from './reading-request'
import { MEBIBYTE, RecentlyUsed } from './recently-used'

interface Reading {
  readonly tokeniser: Tokeniser
  readonly ids: Uint32Array
  readonly trace: NetworkTrace
}

const READING_BYTES = 256 * MEBIBYTE
const REPORT_BYTES = 16 * MEBIBYTE
/** Time for others after so long. */
const SLICE_MS = 20

export class TextReader {
  readonly #modelAt: (path: string) => Model
  readonly #breathe: () => Promise<void>
  readonly #now: () => number
  readonly #digests = new WeakMap<Model, string>()
  readonly #readings = new RecentlyUsed<Reading>(READING_BYTES, ({ trace }) => sizeOf(trace))
  readonly #reports = new RecentlyUsed<GradientReport>(REPORT_BYTES, sizeOf)
  readonly #spectra = new RecentlyUsed<readonly WeightSpectrum[]>(REPORT_BYTES, sizeOf)
  /** The newest question of each lane. */
  readonly #newest = new Map<string, number>()
  #asked = 0

  /** @param breathe resolves when waiting messages were heard */
  constructor(modelAt: (path: string) => Model, breathe: () => Promise<void>, now = () => performance.now()) {
    this.#modelAt = modelAt
    this.#breathe = breathe
    this.#now = now
  }

  /** @throws LabError E_TEXT_EMPTY, E_CANCELLED; EngineError E_SYMBOLS_UNKNOWN */
  async read(path: string, step: number | null, { lane, ...request }: ReadRequest): Promise<Trace> {
    const model = this.#modelAt(path)
    const reading = await this.#reading(model, request, this.#turn(lane === undefined ? null : `read ${lane}`))
    const { tokeniser, ids, trace } = reading
    const { hidden, cell, gates, topTokens, topProbabilities, probability, loss } = trace
    const { layers, hidden: units } = model.shape
    const isSmall = hidden.length * (1 + (cell ? 1 : 0) + Object.keys(gates).length) <= MOST_STATES_AT_ONCE
    const states = isSmall
      ? { hidden, cell, gates }
      : { hidden: new Float32Array(), cell: null, gates: {}, partial: true as const }
    return {
      model: {
        cell: model.shape.cell,
        layers,
        hidden: units,
        vocabularySize: model.shape.vocabulary,
        parameters: model.parameters.length,
        window: model.shape.cell === 'window' ? model.shape.window : 0,
        step,
        reverse: model.reverse,
        tokens: model.tokens,
      },
      tokens: Array.from(ids, (id) => tokeniser.symbols[id]),
      ...states,
      topTokens,
      topProbabilities,
      top: topTokens.length / ids.length,
      vocabulary: tokeniser.symbols,
      probability,
      loss,
    }
  }

  /** (to − from, L, H), a copy. @throws LabError E_STATES, E_TEXT_EMPTY; EngineError E_SYMBOLS_UNKNOWN */
  async states(path: string, { quantity, from, to, ...request }: StatesRequest): Promise<Float32Array> {
    const model = this.#modelAt(path)
    const { trace, ids } = await this.#reading(model, { ...request, top: 0 }, () => false)
    const values = quantity === 'hidden' ? trace.hidden : quantity === 'cell' ? trace.cell : trace.gates[quantity]
    const step = model.shape.layers * model.shape.hidden
    if (!values || from >= to || to > ids.length || (to - from) * step > Math.max(MOST_STATES_AT_ONCE, step)) {
      throw new LabError('E_STATES', { quantity, from, to })
    }
    return values.slice(from * step, to * step)
  }

  /** @throws LabError E_NO_RECURRENCE, E_TEXT_SHORT, E_CANCELLED; EngineError E_SYMBOLS_UNKNOWN */
  async paths(
    path: string,
    step: number | null,
    { at, ...request }: ReadingRequest & { readonly at: number },
  ): Promise<GradientReport> {
    const isOver = this.#turn(`paths ${path}`)
    const model = this.#modelAt(path)
    const shape = recurrent(model)
    const tokeniser = new Tokeniser(model.tokens, model.vocabulary)
    const ids = tokeniser.encode(request.text, request.skipUnknown)
    if (ids.length < 2) throw new LabError('E_TEXT_SHORT', { tokens: ids.length, least: 2 })
    const read = Math.min(at, ids.length - 1)
    const key = `${this.#digest(model)} ${read} ${ids.subarray(0, read + 1).join(' ')}`
    const known = this.#reports.find(key)
    if (known) return { ...known, step }
    const pieces = gradientPieces(shape, model.parameters, ids.subarray(0, read + 1))
    const found = await this.#inSlices(pieces, isOver)
    const names = { read: tokeniser.symbols[ids[read - 1]], target: tokeniser.symbols[ids[read]] }
    const report = describe(shape, model, found, { step, at: read, ...names })
    return this.#reports.keep(key, report)
  }

  /** Ends every `paths` that is not at its end, with E_CANCELLED. */
  stopPaths(): void {
    this.#asked += 1
    for (const lane of this.#newest.keys()) if (lane.startsWith('paths ')) this.#newest.set(lane, this.#asked)
  }

  /** @throws LabError E_NO_RECURRENCE, E_INPUT for a layer that isn't there */
  spectrum(path: string, layer: number): readonly WeightSpectrum[] {
    const model = this.#modelAt(path)
    const shape = recurrent(model)
    if (layer >= shape.layers) throw new LabError('E_INPUT', { what: `there is no layer ${layer + 1}` })
    return this.#spectra.take(`${this.#digest(model)} ${layer}`, () => {
      const blocks = measureGates(
        shape,
        model.parameters,
        (matrix, n) => ({
          eigenvalues: eigenvalues(matrix, n),
          spectralRadius: spectralRadius(matrix, n),
          singularValue: largestSingularValue(matrix, n),
        }),
        [layer],
      )
      return Object.entries(blocks[0]).map(([gate, measured]) => ({ gate, ...measured }))
    })
  }

  /** Whether a newer question of the lane has come since. */
  #turn(lane: string | null): () => boolean {
    if (lane === null) return () => false
    this.#asked += 1
    const mine = this.#asked
    this.#newest.set(lane, mine)
    return () => this.#newest.get(lane) !== mine
  }

  #digest(model: Model): string {
    const digest = this.#digests.get(model) ?? digestOf(model.shape, model.parameters)
    this.#digests.set(model, digest)
    return digest
  }

  async #reading(model: Model, { text, skipUnknown, top }: ReadRequest, isOver: () => boolean): Promise<Reading> {
    const key = `${this.#digest(model)} ${skipUnknown} ${text}`
    const known = this.#readings.find(key)
    // More expectations than were kept are worth a new reading, fewer are not.
    if (known && known.trace.topTokens.length >= Math.min(top, model.shape.vocabulary) * known.ids.length) {
      return { ...known, trace: withTop(known.trace, known.ids.length, Math.min(top, model.shape.vocabulary)) }
    }
    const tokeniser = new Tokeniser(model.tokens, model.vocabulary)
    const ids = tokeniser.encode(text, skipUnknown)
    if (ids.length === 0) throw new LabError('E_TEXT_EMPTY')
    const pieces = tracePieces(model.shape, model.parameters, ids, { top, distributions: false })
    const trace = await this.#inSlices(pieces, isOver)
    return this.#readings.keep(key, { tokeniser, ids, trace })
  }

  /** @throws LabError E_CANCELLED */
  async #inSlices<Found>(pieces: Generator<number, Found>, isOver: () => boolean): Promise<Found> {
    let since = this.#now()
    for (;;) {
      const piece = pieces.next()
      if (piece.done) return piece.value
      if (this.#now() - since < SLICE_MS) continue
      await this.#breathe()
      if (isOver()) throw new LabError('E_CANCELLED')
      since = this.#now()
    }
  }
}

function recurrent({ shape }: Model): RecurrentShape {
  if (shape.cell === 'window') throw new LabError('E_NO_RECURRENCE', { cell: shape.cell })
  return shape
}

function describe(
  shape: RecurrentShape,
  { parameters }: Model,
  { hidden, cell, throughHidden, throughCell }: GradientPaths,
  place: Pick<GradientReport, 'step' | 'at' | 'read' | 'target'>,
): GradientReport {
  const measured = shape.cell === 'vanilla' ? measureGates(shape, parameters, largestSingularValue) : null
  return {
    cell: shape.cell,
    layers: shape.layers,
    hidden: shape.hidden,
    ...place,
    total: hidden,
    cellTotal: cell,
    throughHidden,
    throughCell,
    singularValues: measured?.map(({ h }) => h) ?? null,
  }
}

/** The same trace with so many of its most probable tokens a step. */
function withTop(trace: NetworkTrace, T: number, top: number): NetworkTrace {
  const kept = trace.topTokens.length / T
  if (kept === top) return trace
  const topTokens = new Uint32Array(T * top)
  const topProbabilities = new Float32Array(T * top)
  for (let t = 0; t < T; t++) {
    topTokens.set(trace.topTokens.subarray(t * kept, t * kept + top), t * top)
    topProbabilities.set(trace.topProbabilities.subarray(t * kept, t * kept + top), t * top)
  }
  return { ...trace, topTokens, topProbabilities }
}

/** Bytes of the typed arrays in it, however deep. */
function sizeOf(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce((sum: number, part) => sum + sizeOf(part), 0)
}
