/**
 * What a model does with a text, for the window and the command line alike: the same network reads for both. Readings go in
 * slices, between which newer questions are heard; the last are kept by the parameters' digest and the text, so that a view
 * that is opened again has its answer at once.
 */
import { Tokeniser, tracePieces } from '../../engine'
import type { NetworkTrace, TraceChoice } from '../../engine'
import { LabError, MOST_STATES_AT_ONCE } from '../../shared'
import type { TextComparison, Trace } from '../../shared'
import type { ComparisonRequest } from '../lab'
import type { Model } from '../models/model-file'
import { compareReadings } from './compare-readings'
import { describeReading, withTop } from './describe-reading'
import type { Reading } from './describe-reading'
import type { FullTrace, ReadRequest, TraceRequest } from './interactive-api'
import { Lanes } from './lanes'
import type { ModelDigests } from './model-digests'
import type { ModelReaders } from './model-readers'
import type { ReadingRequest, StatesRequest } from './reading-request'
import { MEBIBYTE, RecentlyUsed, sizeOf } from './recently-used'
import type { Slices } from './slices'

const READING_BYTES = 256 * MEBIBYTE

export class TextReader {
  readonly #modelAt: (path: string) => Model
  readonly #digests: ModelDigests
  readonly #readers: ModelReaders
  readonly #slices: Slices
  readonly #readings = new RecentlyUsed<Reading>(READING_BYTES, ({ trace }) => sizeOf(trace))
  readonly #lanes = new Lanes()

  constructor(modelAt: (path: string) => Model, digests: ModelDigests, readers: ModelReaders, slices: Slices) {
    this.#modelAt = modelAt
    this.#digests = digests
    this.#readers = readers
    this.#slices = slices
  }

  /** @throws LabError E_TEXT_EMPTY, E_CANCELLED; EngineError E_SYMBOLS_UNKNOWN */
  async read(path: string, step: number | null, { lane, ...request }: ReadRequest): Promise<Trace> {
    const model = this.#modelAt(path)
    const isOver = lane === undefined ? undefined : this.#lanes.enter(lane)
    const whole = describeReading(model, step, await this.#kept(model, request, isOver))
    const { hidden, cell, gates } = whole
    const states = hidden.length * (1 + (cell ? 1 : 0) + Object.keys(gates).length)
    if (states <= MOST_STATES_AT_ONCE) return whole
    return { ...whole, hidden: new Float32Array(), cell: null, gates: {}, partial: true }
  }

  /** Of any length, and nothing is kept of it. @throws LabError E_TEXT_EMPTY; EngineError E_SYMBOLS_UNKNOWN */
  async trace(path: string, step: number | null, { top, full, ...request }: TraceRequest): Promise<FullTrace> {
    const model = this.#modelAt(path)
    const reading = await this.#read(model, request, { top, distributions: full })
    return { ...describeReading(model, step, reading), logits: full ? reading.trace.logits : null }
  }

  /** Ended by a newer one of the same model. @throws LabError E_TEXT_EMPTY, E_CANCELLED; EngineError E_SYMBOLS_UNKNOWN */
  async compare(path: string, step: number | null, request: ComparisonRequest): Promise<TextComparison> {
    const model = this.#modelAt(path)
    const isOver = this.#lanes.enter(`compare ${path}`)
    const { text, changed, top, skipUnknown } = request
    const choice = { top, distributions: true }
    const first = await this.#read(model, { text, skipUnknown }, choice, isOver)
    const second = await this.#read(model, { text: changed, skipUnknown }, choice, isOver)
    return compareReadings(model, step, first, second)
  }

  /** (to − from, L, H), a copy. @throws LabError E_STATES, E_TEXT_EMPTY; EngineError E_SYMBOLS_UNKNOWN */
  async states(path: string, { quantity, from, to, ...request }: StatesRequest): Promise<Float32Array> {
    const model = this.#modelAt(path)
    const { trace, ids } = await this.#kept(model, { ...request, top: 0 })
    const values = quantity === 'hidden' ? trace.hidden : quantity === 'cell' ? trace.cell : trace.gates[quantity]
    const step = model.shape.layers * model.shape.hidden
    if (!values || from >= to || to > ids.length || (to - from) * step > Math.max(MOST_STATES_AT_ONCE, step)) {
      throw new LabError('E_STATES', { quantity, from, to })
    }
    return values.slice(from * step, to * step)
  }

  async #kept(
    model: Model,
    { text, skipUnknown, top: wished }: ReadingRequest & { readonly top: number },
    isOver?: () => boolean,
  ): Promise<Reading> {
    const key = `${this.#digests.of(model)} ${skipUnknown} ${text}`
    const top = Math.min(wished, model.shape.vocabulary)
    const known = this.#readings.find(key)
    // More expectations than were kept are worth a new reading, fewer are not.
    if (known && keptTop(known) >= top) return { ...known, trace: withTop(known.trace, known.ids.length, top) }
    const choice = { top, distributions: false }
    return this.#readings.keep(key, await this.#read(model, { text, skipUnknown }, choice, isOver))
  }

  async #read(
    model: Model,
    { text, skipUnknown }: ReadingRequest,
    choice: TraceChoice,
    isOver?: () => boolean,
  ): Promise<Reading> {
    const tokeniser = new Tokeniser(model.tokens, model.vocabulary)
    const ids = tokeniser.encode(text, skipUnknown)
    if (ids.length === 0) throw new LabError('E_TEXT_EMPTY')
    const pieces = tracePieces(this.#readers.of(model), ids, choice)
    const trace: NetworkTrace = await this.#slices.run(pieces, isOver)
    return { tokeniser, ids, trace }
  }
}

function keptTop({ trace, ids }: Reading): number {
  return trace.topTokens.length / ids.length
}
