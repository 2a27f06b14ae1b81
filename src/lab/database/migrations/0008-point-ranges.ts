/**
 * Stores the least and the greatest training loss of the steps that a point covers, and the step of a run's best parameters.
 *
 * Points that were written before have no range and keep none. The best step of earlier runs is read from their
 * checkpoints, which know it exactly; without such a checkpoint the point with the smallest validation loss is the nearest.
 */
import type { Migration } from './migration'

const CHANGES = `
ALTER TABLE points ADD COLUMN train_loss_min REAL;
ALTER TABLE points ADD COLUMN train_loss_max REAL;
ALTER TABLE packed_curves ADD COLUMN train_loss_min BLOB;
ALTER TABLE packed_curves ADD COLUMN train_loss_max BLOB;
ALTER TABLE runs ADD COLUMN best_step INTEGER CHECK (best_step >= 0);

UPDATE runs SET best_step = coalesce(
  (SELECT step FROM checkpoints WHERE run_id = runs.id AND validation_loss IS NOT NULL
    ORDER BY validation_loss, step LIMIT 1),
  (SELECT step FROM points WHERE run_id = runs.id AND validation_loss IS NOT NULL
    ORDER BY validation_loss, step LIMIT 1))
WHERE best_validation_loss IS NOT NULL;
`

export const pointRanges: Migration = { version: 8, up: (db) => void db.exec(CHANGES) }
