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
const HEADER = [...NUMBERS, 'nonFinite'].join(',')
const NUMBER = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** Lines that are put together before they are encoded. */
const LINES = 4096
/** Of a wrong cell, in its sentence. */
const MOST_SHOWN = 40

export function encodePoints(points: PackedPoints): Uint8Array[] {
  const encoder = new TextEncoder()
  const parts = [encoder.encode(`${HEADER}\n`)]
  for (let from = 0; from < points.step.length; from += LINES) {
    let lines = ''
    for (let i = from; i < Math.min(points.step.length, from + LINES); i++) {
      for (const name of NUMBERS) lines += `${format(points[name][i])},`
      lines += `${points.nonFinite[i]}\n`
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
  #rest = ''
  #line = 0

  write(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decode(bytes, true)).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#read(line)
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
    return { step, trainLoss, validationLoss, gradientNorm, learningRate, charactersPerSecond, nonFinite }
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
    const line = text.endsWith('\r') ? text.slice(0, -1) : text
    if (this.#line === 1) {
      if (line !== HEADER) throw headerFailure()
      return
    }
    const cells = line.split(',')
    if (cells.length !== NUMBERS.length + 1) {
      throw new CarryFailure('E_BUNDLE_POINTS_LINE', {
        line: this.#line,
        found: cells.length,
        needed: NUMBERS.length + 1,
      })
    }
    NUMBERS.forEach((name, i) => this.#columns[i].push(this.#number(name, cells[i])))
    const mark = cells[NUMBERS.length]
    if (mark !== '0' && mark !== '1') throw this.#failure('nonFinite', mark)
    this.#nonFinite.push(Number(mark))
    this.#assertOrder()
  }

  #number(name: (typeof NUMBERS)[number], cell: string): number {
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
