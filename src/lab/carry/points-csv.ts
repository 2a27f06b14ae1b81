/**
 * A run's points as CSV: a header, a line a point, the shortest decimal that gives each number back to the last bit,
 * nothing where there is none.
 */
import type { PackedPoints } from '../database/database-api'
import { CarryFailure } from './carry-failure'

const NUMBERS = [
  'step',
  'trainLoss',
  'validationLoss',
  'gradientNorm',
  'learningRate',
  'charactersPerSecond',
] as const satisfies readonly (keyof PackedPoints)[]
/** Columns of the first format; files written by it end here. */
const FIRST_COLUMNS = [...NUMBERS, 'nonFinite']
const RANGE = ['minTrainLoss', 'maxTrainLoss'] as const satisfies readonly (keyof PackedPoints)[]
const HEADER = [...FIRST_COLUMNS, ...RANGE].join(',')
const FIRST_HEADER = FIRST_COLUMNS.join(',')
const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** Longer than any line of numbers, and more points than the longest run has. */
const MOST_CHARACTERS = 1000
const MOST_POINTS = 10_000_000
/** Lines that are put together before they are encoded. */
const LINES = 4096
/** Of a wrong cell, in its sentence. */
const MOST_SHOWN = 40

export function encodePoints(points: PackedPoints): Uint8Array[] {
  const encoder = new TextEncoder()
  // Without ranges it is the first format, which earlier versions read.
  const hasRange = points.minTrainLoss.some(Number.isFinite)
  const parts = [encoder.encode(`${hasRange ? HEADER : FIRST_HEADER}\n`)]
  for (let from = 0; from < points.step.length; from += LINES) {
    let lines = ''
    for (let i = from; i < Math.min(points.step.length, from + LINES); i++) {
      for (const name of NUMBERS) lines += `${format(points[name][i])},`
      const range = hasRange ? RANGE.map((name) => `,${format(points[name][i])}`).join('') : ''
      lines += `${points.nonFinite[i]}${range}\n`
    }
    parts.push(encoder.encode(lines))
  }
  return parts
}

function format(value: number): string {
  if (Number.isNaN(value)) return ''
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Takes the text piece by piece. */
export class PointsReader {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  readonly #columns = NUMBERS.map((): number[] => [])
  readonly #nonFinite: number[] = []
  readonly #range = RANGE.map((): number[] => [])
  #hasRange = false
  #rest = ''
  #line = 0

  write(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decode(bytes, true)).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#read(line)
    // What has no end must not be put together piece by piece.
    if (this.#rest.length > MOST_CHARACTERS) throw new CarryFailure('E_BUNDLE_POINTS_LONG', { line: this.#line + 1 })
  }

  /** @throws CarryFailure */
  end(): PackedPoints {
    const last = this.#rest + this.#decode(new Uint8Array(), false)
    if (last !== '') this.#read(last)
    if (this.#line === 0) throw headerFailure()
    const [step, trainLoss, validationLoss, gradientNorm, learningRate, charactersPerSecond] = this.#columns.map(
      (column) => Float64Array.from(column),
    )
    const nonFinite = Uint8Array.from(this.#nonFinite)
    const [minTrainLoss, maxTrainLoss] = this.#range.map((column) => Float64Array.from(column))
    const columns = { step, trainLoss, validationLoss, gradientNorm, learningRate, charactersPerSecond }
    return { ...columns, nonFinite, minTrainLoss, maxTrainLoss }
  }

  #decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.#decoder.decode(bytes, { stream })
    } catch (error) {
      throw new CarryFailure('E_BUNDLE_POINTS', {}, { cause: error })
    }
  }

  #read(text: string): void {
    this.#line += 1
    if (this.#line > MOST_POINTS + 1) throw new CarryFailure('E_BUNDLE_POINTS_MANY', { most: MOST_POINTS })
    const line = text.endsWith('\r') ? text.slice(0, -1) : text
    if (this.#line === 1) {
      this.#hasRange = line === HEADER
      if (!this.#hasRange && line !== FIRST_HEADER) throw headerFailure()
      return
    }
    const cells = line.split(',')
    const needed = FIRST_COLUMNS.length + (this.#hasRange ? RANGE.length : 0)
    if (cells.length !== needed) {
      throw new CarryFailure('E_BUNDLE_POINTS_LINE', { line: this.#line, found: cells.length, needed })
    }
    NUMBERS.forEach((name, i) => this.#columns[i].push(this.#number(name, cells[i])))
    const mark = cells[NUMBERS.length]
    if (mark !== '0' && mark !== '1') throw this.#failure('nonFinite', mark)
    this.#nonFinite.push(Number(mark))
    RANGE.forEach((name, i) => this.#range[i].push(this.#number(name, cells[FIRST_COLUMNS.length + i] ?? '')))
    this.#assertOrder()
  }

  #number(name: (typeof NUMBERS)[number] | (typeof RANGE)[number], cell: string): number {
    const isNeeded = name === 'step' || name === 'learningRate'
    if (cell === '' && !isNeeded) return Number.NaN
    const value = NUMBER.test(cell) ? Number(cell) : Number.NaN
    if (!Number.isFinite(value)) throw this.#failure(name, cell)
    return value
  }

  #assertOrder(): void {
    const [steps] = this.#columns
    const step = steps[steps.length - 1]
    const before = steps.length > 1 ? steps[steps.length - 2] : -1
    if (!Number.isSafeInteger(step) || step <= before) {
      throw new CarryFailure('E_BUNDLE_POINTS_ORDER', { line: this.#line, step, before })
    }
  }

  #failure(column: string, cell: string): CarryFailure {
    const value = JSON.stringify(cell.slice(0, MOST_SHOWN))
    return new CarryFailure('E_BUNDLE_POINTS_VALUE', { line: this.#line, column, value })
  }
}

function headerFailure(): CarryFailure {
  return new CarryFailure('E_BUNDLE_POINTS_HEADER', { header: HEADER })
}
