/**
 * Indexes for looking through thousands of runs: the best validation of a run without reading its points, and the runs
 * that differ from it in their seed alone. Of a run with very many points that nobody trains any more, the columns that
 * its curve is drawn from lie once more as they are needed, float64: a million rows take a second to read, these 50 ms.
 * They go whenever a point changes.
 */
import type { Migration } from './migration'

/** All that was set but the seed and what decides no bit of the model, as an expression on a configuration. */
export const settingOf = (configuration: string): string =>
  `json_remove(${configuration}, '$.seed', '$.workers', '$.kernel', '$.checkpointEvery')`

const CHANGES = `
CREATE INDEX points_by_validation ON points (run_id, validation_loss, step) WHERE validation_loss IS NOT NULL;
CREATE INDEX run_details_by_setting ON run_details (${settingOf('configuration')}) WHERE configuration IS NOT NULL;

CREATE TABLE packed_columns (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  name TEXT NOT NULL CHECK (name IN ('step', 'train_loss', 'validation_loss', 'characters_per_second')),
  data BLOB NOT NULL,
  PRIMARY KEY (run_id, name)
) STRICT;
`

export const browsing: Migration = { version: 4, up: (db) => void db.exec(CHANGES) }
