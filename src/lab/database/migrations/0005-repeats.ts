/**
 * A run that repeats another exactly: what its model's digest must be, at which step, and whether it was. The digest is
 * copied when the repeat begins, since the first may go on, or be deleted, before the repeat ends. The verdict is written
 * with the checkpoint of that step, by whichever process trains it, and stays.
 */
import type { Migration } from './migration'

const CHANGES = `
ALTER TABLE runs ADD COLUMN repeats_digest TEXT;
ALTER TABLE runs ADD COLUMN repeats_step INTEGER CHECK (repeats_step >= 0);
ALTER TABLE runs ADD COLUMN verdict INTEGER CHECK (verdict IN (0, 1));
`

export const repeats: Migration = { version: 5, up: (db) => void db.exec(CHANGES) }
