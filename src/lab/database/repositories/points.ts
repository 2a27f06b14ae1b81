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

export function writePoints(db: Connection, id: number, points: readonly RunPoint[]): void {
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
  statement(db, 'DELETE FROM points WHERE run_id = ? AND step > ?').run(id, step)
  const last = statement<[number], { step: number | null }>(
    db,
    'SELECT MAX(step) AS step FROM points WHERE run_id = ?',
  ).get(id)
  if (last?.step == null || isWholePoint(last.step)) return
  statement(db, 'DELETE FROM points WHERE run_id = ? AND step = ?').run(id, last.step)
}
