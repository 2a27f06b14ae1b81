/**
 * Indexes for looking through thousands of runs: the best validation of a run without reading its points, and the runs
 * that differ from it in their seed alone.
 */
import type { Migration } from './migration'

/** All that was set but the seed and what decides no bit of the model, as an expression on a configuration. */
export const settingOf = (configuration: string): string =>
  `json_remove(${configuration}, '$.seed', '$.workers', '$.kernel', '$.checkpointEvery')`

const CHANGES = `
CREATE INDEX points_by_validation ON points (run_id, validation_loss, step) WHERE validation_loss IS NOT NULL;
CREATE INDEX run_details_by_setting ON run_details (${settingOf('configuration')}) WHERE configuration IS NOT NULL;
`

export const browsing: Migration = { version: 4, up: (db) => void db.exec(CHANGES) }
