/**
 * How far back a model's gradient reaches in a text, and what its recurrent weights alone would do to it. Both take long for
 * a large network: they go in slices, are ended by a newer question or by word, and are kept by the parameters' digest.
 */
import { gatePieces, gradientPieces, singularValuePieces, spectrumPieces, Tokeniser } from '../../engine'
import type { Floats, RecurrentShape } from '../../engine'
import { LabError } from '../../shared'
import type { GradientReport, WeightSpectrum } from '../../shared'
import type { Model } from '../models/model-file'
import { Lanes } from './lanes'
import type { ModelDigests } from './model-digests'
import type { ReadingRequest } from './reading-request'
import { MEBIBYTE, RecentlyUsed, sizeOf } from './recently-used'
import type { Slices } from './slices'

const REPORT_BYTES = 16 * MEBIBYTE
const PATHS = 'paths '
const SPECTRUM = 'spectrum'

export class GradientReader {
  readonly #modelAt: (path: string) => Model
  readonly #digests: ModelDigests
  readonly #slices: Slices
  readonly #reports = new RecentlyUsed<GradientReport>(REPORT_BYTES, sizeOf)
  readonly #spectra = new RecentlyUsed<readonly WeightSpectrum[]>(REPORT_BYTES, sizeOf)
  readonly #lanes = new Lanes()

  constructor(modelAt: (path: string) => Model, digests: ModelDigests, slices: Slices) {
    this.#modelAt = modelAt
    this.#digests = digests
    this.#slices = slices
  }

  /** Ended by a newer one of the same model. @throws LabError E_NO_RECURRENCE, E_TEXT_SHORT, E_CANCELLED; EngineError E_SYMBOLS_UNKNOWN */
  async paths(
    path: string,
    step: number | null,
    { at, ...request }: ReadingRequest & { readonly at: number },
  ): Promise<GradientReport> {
    const isOver = this.#lanes.enter(PATHS + path)
    const model = this.#modelAt(path)
    const shape = recurrent(model)
    const tokeniser = new Tokeniser(model.tokens, model.vocabulary)
    const ids = tokeniser.encode(request.text, request.skipUnknown)
    if (ids.length < 2) throw new LabError('E_TEXT_SHORT', { tokens: ids.length, least: 2 })
    const read = Math.min(at, ids.length - 1)
    const key = `${this.#digests.of(model)} ${read} ${ids.subarray(0, read + 1).join(' ')}`
    const known = this.#reports.find(key)
    if (known) return { ...known, step }
    const names = { read: tokeniser.symbols[ids[read - 1]], target: tokeniser.symbols[ids[read]] }
    const place = { step, at: read, ...names }
    const report = reportPieces(shape, model.parameters, ids.subarray(0, read + 1), place)
    return this.#reports.keep(key, await this.#slices.run(report, isOver))
  }

  /** Ends every `paths` that is not at its end, with E_CANCELLED. */
  stopPaths(): void {
    this.#lanes.end(PATHS)
  }

  /** Ended by a newer one of whatever model. @throws LabError E_NO_RECURRENCE, E_INPUT for a layer that isn't there, E_CANCELLED */
  async spectrum(path: string, layer: number): Promise<readonly WeightSpectrum[]> {
    const isOver = this.#lanes.enter(SPECTRUM)
    const model = this.#modelAt(path)
    const shape = recurrent(model)
    if (layer >= shape.layers) throw new LabError('E_INPUT', { what: `there is no layer ${layer + 1}` })
    const key = `${this.#digests.of(model)} ${layer}`
    const known = this.#spectra.find(key)
    if (known) return known
    const pieces = gatePieces(shape, model.parameters, measurePieces, [layer])
    const [gates] = await this.#slices.run(pieces, isOver)
    const found = Object.entries(gates).map(([gate, measured]) => ({ gate, ...measured }))
    return this.#spectra.keep(key, found)
  }

  /** Ends a `spectrum` that is not at its end, with E_CANCELLED. */
  stopSpectrum(): void {
    this.#lanes.end(SPECTRUM)
  }
}

function recurrent({ shape }: Model): RecurrentShape {
  if (shape.cell === 'window') throw new LabError('E_NO_RECURRENCE', { cell: shape.cell })
  return shape
}

function* measurePieces(matrix: Floats, n: number): Generator<number, Omit<WeightSpectrum, 'gate'>> {
  const spectrum = yield* spectrumPieces(matrix, n)
  return { ...spectrum, singularValue: yield* singularValuePieces(matrix, n) }
}

function* reportPieces(
  shape: RecurrentShape,
  parameters: Float32Array,
  ids: Uint32Array,
  place: Pick<GradientReport, 'step' | 'at' | 'read' | 'target'>,
): Generator<number, GradientReport> {
  const { hidden, cell, throughHidden, throughCell } = yield* gradientPieces(shape, parameters, ids)
  const isVanilla = shape.cell === 'vanilla'
  const measured = isVanilla ? yield* gatePieces(shape, parameters, singularValuePieces) : null
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
