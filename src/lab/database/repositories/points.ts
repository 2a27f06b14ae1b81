/** The points of a run's curves: one a step that is there, the later one staying. */
import type { RunCurve, RunPoint } from '../../../shared'
import { drawnCurveOf, LEAST_PACKED, rangeOf } from '../../runs/drawn-curve'
import type { DrawnCurve } from '../../runs/drawn-curve'
import { isWholePoint } from '../../runs/point-grid'
import { statement } from '../connection'
import type { Connection } from '../connection'
import { finiteOrNull, isNonFinite } from './finite'

const REPLACE = `
INSERT INTO points (run_id, step, train_loss, validation_loss, gradient_norm, learning_rate, characters_per_second,
  non_finite, train_loss_min, train_loss_max) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run_id, step) DO UPDATE SET train_loss = excluded.train_loss, validation_loss = excluded.validation_loss,
  gradient_norm = excluded.gradient_norm, learning_rate = excluded.learning_rate,
  characters_per_second = excluded.characters_per_second, non_finite = excluded.non_finite,
  train_loss_min = excluded.train_loss_min, train_loss_max = excluded.train_loss_max`

const SELECT = `
SELECT step, train_loss, validation_loss, gradient_norm, learning_rate, characters_per_second, non_finite,
  train_loss_min, train_loss_max
FROM points WHERE run_id = ? ORDER BY step`

type StoredPoint = [
  number,
  number | null,
  number | null,
  number | null,
  number,
  number | null,
  0 | 1,
  number | null,
  number | null,
]

/** Of the bytes SQLite gave; a copy where they don't lie on the border of a number. */
function numbersOf<Numbers>(
  data: Buffer,
  Kind: { new (buffer: ArrayBufferLike, offset: number, length: number): Numbers; readonly BYTES_PER_ELEMENT: number },
): Numbers {
  const whole = data.byteOffset % Kind.BYTES_PER_ELEMENT === 0 ? data : Buffer.from(new Uint8Array(data).buffer)
  return new Kind(whole.buffer, whole.byteOffset, whole.byteLength / Kind.BYTES_PER_ELEMENT)
}

interface PackedCurve {
  readonly trainLoss: Buffer
  readonly stretches: Buffer
  readonly validatedAt: Buffer
  readonly validationLoss: Buffer
  readonly elapsed: Buffer
  /** null: no point has a range. */
  readonly minTrainLoss: Buffer | null
  readonly maxTrainLoss: Buffer | null
}

const PACKED = `SELECT train_loss AS trainLoss, stretches, validated_at AS validatedAt, validation_loss AS validationLoss,
  elapsed, train_loss_min AS minTrainLoss, train_loss_max AS maxTrainLoss FROM packed_curves WHERE run_id = ?`
const PACK = `INSERT OR REPLACE INTO packed_curves (run_id, train_loss, stretches, validated_at, validation_loss, elapsed,
  train_loss_min, train_loss_max) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Float32Array | Uint32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

export function readDrawnCurve(db: Connection, id: number): DrawnCurve {
  const packed = statement<[number], PackedCurve>(db, PACKED).get(id)
  if (!packed) return drawnOf(readCurve(db, id))
  return {
    trainLoss: numbersOf(packed.trainLoss, Float64Array),
    stretches: numbersOf(packed.stretches, Float64Array),
    validatedAt: numbersOf(packed.validatedAt, Uint32Array),
    validationLoss: numbersOf(packed.validationLoss, Float64Array),
    elapsed: numbersOf(packed.elapsed, Float64Array),
    range:
      packed.minTrainLoss === null || packed.maxTrainLoss === null
        ? null
        : { min: numbersOf(packed.minTrainLoss, Float64Array), max: numbersOf(packed.maxTrainLoss, Float64Array) },
  }
}

const drawnOf = (curve: RunCurve): DrawnCurve => ({ ...drawnCurveOf(curve), range: rangeOf(curve) })

/** What was drawn before a point changed is drawn no more. */
function forgetDrawn(db: Connection, id: number): void {
  statement(db, 'DELETE FROM packed_curves WHERE run_id = ?').run(id)
  statement(db, 'DELETE FROM sparklines WHERE run_id = ?').run(id)
}

/** Keeps of a run that nobody trains what it is drawn from: its sparkline, and its curve if it is long. In a transaction. */
export function keepDrawn(db: Connection, id: number): void {
  const spark = bytesOf(lookUpSpark(db, id))
  statement(db, 'INSERT OR REPLACE INTO sparklines (run_id, data) VALUES (?, ?)').run(id, spark)
  const sql = 'SELECT COUNT(*) AS count FROM points WHERE run_id = ?'
  if ((statement<[number], { count: number }>(db, sql).get(id)?.count ?? 0) < LEAST_PACKED) return
  const { trainLoss, stretches, validatedAt, validationLoss, elapsed, range } = drawnOf(readCurve(db, id))
  const columns = [trainLoss, stretches, validatedAt, validationLoss, elapsed].map(bytesOf)
  statement(db, PACK).run(id, ...columns, range && bytesOf(range.min), range && bytesOf(range.max))
}

const SPARK_POINTS = 44
/** From a step on, found in the primary key: a million points cost no more than a hundred. */
const NEXT_POINT = 'SELECT step, train_loss FROM points WHERE run_id = ? AND step >= ? ORDER BY step LIMIT 1'
const LAST_STEP = 'SELECT MAX(step) AS step FROM points WHERE run_id = ?'

/** Steps, then losses. */
export function readSpark(db: Connection, id: number): Float32Array {
  const sql = 'SELECT data FROM sparklines WHERE run_id = ?'
  const kept = statement<[number], { data: Buffer }>(db, sql).get(id)
  // A copy: what is sent to another thread takes its whole buffer along.
  return kept ? numbersOf(kept.data, Float32Array).slice() : lookUpSpark(db, id)
}

function lookUpSpark(db: Connection, id: number): Float32Array {
  const steps = statement<[number], { step: number | null }>(db, LAST_STEP).get(id)?.step ?? 0
  const next = statement<[number, number], [number, number | null]>(db, NEXT_POINT).raw()
  const points: (readonly [number, number])[] = []
  let last = -1
  for (let i = 0; i <= SPARK_POINTS; i++) {
    const found = next.get(id, Math.max(last + 1, Math.floor((i * steps) / SPARK_POINTS))) as
      [number, number | null] | undefined
    if (found === undefined) break
    last = found[0]
    if (found[1] !== null) points.push([found[0], found[1]])
  }
  return Float32Array.from([...points.map(([step]) => step), ...points.map(([, loss]) => loss)])
}

export function writePoints(db: Connection, id: number, points: readonly RunPoint[]): void {
  forgetDrawn(db, id)
  const replace = statement(db, REPLACE)
  for (const point of points) {
    const values = [point.trainLoss, point.validationLoss, point.gradientNorm]
    const [trainLoss, validationLoss, gradientNorm] = values.map(finiteOrNull)
    const nonFinite = point.nonFinite || values.some(isNonFinite)
    replace.run(
      id,
      point.step,
      trainLoss,
      validationLoss,
      gradientNorm,
      point.learningRate,
      finiteOrNull(point.charactersPerSecond),
      nonFinite ? 1 : 0,
      finiteOrNull(point.minTrainLoss),
      finiteOrNull(point.maxTrainLoss),
    )
  }
}

function readStored(db: Connection, id: number): StoredPoint[] {
  return statement<[number], StoredPoint>(db, SELECT).raw().all(id) as unknown as StoredPoint[]
}

export function readPoints(db: Connection, id: number): readonly RunPoint[] {
  return readStored(db, id).map(
    ([step, trainLoss, validationLoss, gradientNorm, learningRate, charactersPerSecond, nonFinite, min, max]) => ({
      step,
      trainLoss,
      minTrainLoss: min,
      maxTrainLoss: max,
      validationLoss,
      gradientNorm,
      learningRate,
      charactersPerSecond,
      nonFinite: nonFinite === 1,
    }),
  )
}

/** The same as columns; NaN where there is nothing. */
export function readCurve(db: Connection, id: number): RunCurve {
  const stored = readStored(db, id)
  const column = (at: number): Float64Array => Float64Array.from(stored, (point) => point[at] ?? Number.NaN)
  return {
    step: column(0),
    trainLoss: column(1),
    validationLoss: column(2),
    gradientNorm: column(3),
    learningRate: column(4),
    charactersPerSecond: column(5),
    minTrainLoss: column(7),
    maxTrainLoss: column(8),
  }
}

/** Drops what is written anew when a run goes on from a step: later points, and a last one that covers fewer steps. */
export function dropPointsAfter(db: Connection, id: number, step: number): void {
  forgetDrawn(db, id)
  statement(db, 'DELETE FROM points WHERE run_id = ? AND step > ?').run(id, step)
  const last = statement<[number], { step: number | null }>(
    db,
    'SELECT MAX(step) AS step FROM points WHERE run_id = ?',
  ).get(id)
  if (last?.step == null || isWholePoint(last.step)) return
  statement(db, 'DELETE FROM points WHERE run_id = ? AND step = ?').run(id, last.step)
}
