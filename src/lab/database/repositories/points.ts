/** The points of a run's curves: one a step that is there, the later one staying. */
import type { RunCurve, RunPoint } from '../../../shared'
import { isWholePoint } from '../../runs/point-grid'
import { statement } from '../connection'
import type { Connection } from '../connection'
import { finiteOrNull, isNonFinite } from './finite'

const REPLACE = `
INSERT INTO points (run_id, step, train_loss, validation_loss, gradient_norm, learning_rate, characters_per_second,
  non_finite) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run_id, step) DO UPDATE SET train_loss = excluded.train_loss, validation_loss = excluded.validation_loss,
  gradient_norm = excluded.gradient_norm, learning_rate = excluded.learning_rate,
  characters_per_second = excluded.characters_per_second, non_finite = excluded.non_finite`

const SELECT = `
SELECT step, train_loss, validation_loss, gradient_norm, learning_rate, characters_per_second, non_finite
FROM points WHERE run_id = ? ORDER BY step`

type StoredPoint = [number, number | null, number | null, number | null, number, number | null, 0 | 1]

/** Of fewer points the rows are read as quickly. */
export const LEAST_PACKED = 20_000
const PACKED = ['step', 'train_loss', 'validation_loss', 'characters_per_second'] as const

/** What a curve is drawn from. */
export interface DrawnColumns {
  readonly step: Float64Array
  readonly trainLoss: Float64Array
  readonly validationLoss: Float64Array
  readonly charactersPerSecond: Float64Array
}

function unpack(db: Connection, id: number): DrawnColumns | null {
  const sql = 'SELECT data FROM packed_columns WHERE run_id = ? AND name = ?'
  const [step, trainLoss, validationLoss, charactersPerSecond] = PACKED.map((name) => {
    const data = statement<[number, string], { data: Buffer }>(db, sql).get(id, name)?.data
    // A copy where the bytes don't lie on a float64's border.
    return (
      data &&
      new Float64Array(
        data.byteOffset % 8 === 0 ? data.buffer : Uint8Array.from(data).buffer,
        data.byteOffset % 8 === 0 ? data.byteOffset : 0,
        data.byteLength / 8,
      )
    )
  })
  return step && trainLoss && validationLoss && charactersPerSecond
    ? { step, trainLoss, validationLoss, charactersPerSecond }
    : null
}

export function forgetPacked(db: Connection, id: number): void {
  statement(db, 'DELETE FROM packed_columns WHERE run_id = ?').run(id)
}

/** Puts the columns of a long run beside its rows; of a short one nothing. Stands inside a transaction. */
export function packColumns(db: Connection, id: number): void {
  const count = statement<[number], { count: number }>(db, 'SELECT COUNT(*) AS count FROM points WHERE run_id = ?').get(
    id,
  )
  if ((count?.count ?? 0) < LEAST_PACKED) return
  const { step, trainLoss, validationLoss, charactersPerSecond } = readCurve(db, id)
  const write = statement(db, 'INSERT OR REPLACE INTO packed_columns (run_id, name, data) VALUES (?, ?, ?)')
  ;[step, trainLoss, validationLoss, charactersPerSecond].forEach((column, at) =>
    write.run(id, PACKED[at], Buffer.from(column.buffer, column.byteOffset, column.byteLength)),
  )
}

export function readDrawnColumns(db: Connection, id: number): DrawnColumns {
  return unpack(db, id) ?? readCurve(db, id)
}

export function writePoints(db: Connection, id: number, points: readonly RunPoint[]): void {
  forgetPacked(db, id)
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
    )
  }
}

function readStored(db: Connection, id: number): StoredPoint[] {
  return statement<[number], StoredPoint>(db, SELECT).raw().all(id) as unknown as StoredPoint[]
}

export function readPoints(db: Connection, id: number): readonly RunPoint[] {
  return readStored(db, id).map(
    ([step, trainLoss, validationLoss, gradientNorm, learningRate, charactersPerSecond, nonFinite]) => ({
      step,
      trainLoss,
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
  }
}

/** Drops what is written anew when a run goes on from a step: later points, and a last one that covers fewer steps. */
export function dropPointsAfter(db: Connection, id: number, step: number): void {
  forgetPacked(db, id)
  statement(db, 'DELETE FROM points WHERE run_id = ? AND step > ?').run(id, step)
  const last = statement<[number], { step: number | null }>(
    db,
    'SELECT MAX(step) AS step FROM points WHERE run_id = ?',
  ).get(id)
  if (last?.step == null || isWholePoint(last.step)) return
  statement(db, 'DELETE FROM points WHERE run_id = ? AND step = ?').run(id, last.step)
}
