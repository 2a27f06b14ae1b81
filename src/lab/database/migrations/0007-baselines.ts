/**
 * What counting reaches on a text and its split, by the digests of its files and how they are read: counted once, however
 * many runs share it and however often the lab is opened. A figure of a text that is gone costs a few hundred bytes.
 */
import type { Migration } from './migration'

const SCHEMA = `
CREATE TABLE baselines (
  reading TEXT PRIMARY KEY CHECK (json_valid(reading)),
  baseline TEXT NOT NULL CHECK (json_valid(baseline))
) STRICT, WITHOUT ROWID;
`

export const baselines: Migration = { version: 7, up: (db) => void db.exec(SCHEMA) }
