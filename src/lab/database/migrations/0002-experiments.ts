/**
 * What an experiment is made from and what it found, beside its row in `runs`, whose steps are its trials. The settings
 * hold the patterns and the seed: all that is needed to repeat it.
 */
import type { Migration } from './migration'

const SCHEMA = `
CREATE TABLE experiments (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  seed INTEGER NOT NULL CHECK (seed >= 0),
  result TEXT CHECK (json_valid(result))
) STRICT;
`

export const experiments: Migration = { version: 2, up: (db) => void db.exec(SCHEMA) }
