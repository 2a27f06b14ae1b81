/**
 * What a person makes of a run afterwards: a note, a star, the archive, the bin; and the run it came from.
 *
 * The note is read one run at a time and lies in `run_details`; a list needs the rest of every run. A parent is named,
 * not referenced: a run that was carried here may have left its parent elsewhere.
 */
import type { Migration } from './migration'

const CHANGES = `
ALTER TABLE runs ADD COLUMN starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1));
ALTER TABLE runs ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
ALTER TABLE runs ADD COLUMN deleted_at INTEGER;
ALTER TABLE runs ADD COLUMN parent TEXT CHECK (length(parent) BETWEEN 1 AND 64);
ALTER TABLE run_details ADD COLUMN note TEXT NOT NULL DEFAULT '';

CREATE INDEX runs_by_deletion ON runs (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX runs_by_parent ON runs (parent) WHERE parent IS NOT NULL;
CREATE INDEX runs_by_status ON runs (status);
`

export const keeping: Migration = { version: 3, up: (db) => void db.exec(CHANGES) }
