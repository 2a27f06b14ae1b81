/**
 * What curves and sparklines are drawn from, of runs that nobody trains any more, as little as it can be. Of a very long
 * curve: its training losses as they are, its steps as stretches of one width, its few validations with their places, and
 * the time passed at the end of every block of points; a quarter of the bytes of whole columns. Of every run: its
 * sparkline, which would else be looked up point by point. Both go whenever a point changes.
 */
import { drawnCurveOf } from '../../runs/drawn-curve'
import type { Connection } from '../connection'
import type { Migration } from './migration'

const CHANGES = `
CREATE TABLE packed_curves (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  train_loss BLOB NOT NULL,
  stretches BLOB NOT NULL,
  validated_at BLOB NOT NULL,
  validation_loss BLOB NOT NULL,
  elapsed BLOB NOT NULL
) STRICT;
CREATE TABLE sparklines (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  data BLOB NOT NULL
) STRICT;
`

/** float64 */
function columnOf(db: Connection, id: number, name: string): Float64Array {
  const sql = 'SELECT data FROM packed_columns WHERE run_id = ? AND name = ?'
  const data = db.prepare(sql).pluck().get(id, name) as Buffer
  return new Float64Array(new Uint8Array(data).buffer)
}

function repack(db: Connection, id: number): void {
  const { trainLoss, stretches, validatedAt, validationLoss, elapsed } = drawnCurveOf({
    step: columnOf(db, id, 'step'),
    trainLoss: columnOf(db, id, 'train_loss'),
    validationLoss: columnOf(db, id, 'validation_loss'),
    charactersPerSecond: columnOf(db, id, 'characters_per_second'),
  })
  const columns = [trainLoss, stretches, validatedAt, validationLoss, elapsed]
  db.prepare('INSERT INTO packed_curves VALUES (?, ?, ?, ?, ?, ?)').run(
    id,
    ...columns.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  )
}

export const drawnCurves: Migration = {
  version: 6,
  up: (db) => {
    db.exec(CHANGES)
    const ids = db.prepare('SELECT DISTINCT run_id FROM packed_columns').pluck().all() as number[]
    for (const id of ids) repack(db, id)
    db.exec('DROP TABLE packed_columns')
  },
}
