/**
 * Runs with their points, texts, checkpoints and tags; pattern sets; settings and drafts.
 *
 * `runs` holds a row of the list and nothing wider, so that ten thousand of them lie in few pages; what is read one run
 * at a time is in `run_details`. A lease is all there or not at all, and only a live run has one.
 */
import type { Migration } from './migration'

const SCHEMA = `
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  run TEXT NOT NULL UNIQUE CHECK (length(run) BETWEEN 1 AND 64),
  kind TEXT NOT NULL CHECK (kind IN ('training', 'recall', 'capacity', 'basin', 'attractors', 'landscape')),
  status TEXT NOT NULL CHECK (status IN
    ('queued', 'running', 'paused', 'finished', 'stopped', 'diverged', 'crashed', 'interrupted')),
  reason TEXT,
  name TEXT NOT NULL,
  corpus TEXT,
  cell TEXT CHECK (cell IN ('vanilla', 'lstm', 'gru', 'window')),
  hidden INTEGER CHECK (hidden > 0),
  layers INTEGER CHECK (layers > 0),
  parameters INTEGER CHECK (parameters >= 0),
  vocabulary_size INTEGER CHECK (vocabulary_size >= 0),
  steps INTEGER NOT NULL DEFAULT 0 CHECK (steps >= 0),
  total_steps INTEGER CHECK (total_steps >= 0),
  train_loss REAL,
  validation_loss REAL,
  best_validation_loss REAL,
  non_finite INTEGER NOT NULL DEFAULT 0 CHECK (non_finite IN (0, 1)),
  characters_per_second REAL,
  seconds REAL NOT NULL DEFAULT 0 CHECK (seconds >= 0),
  kernel TEXT CHECK (kernel IN ('relaxed-simd-256', 'relaxed-simd', 'simd', 'scalar')),
  workers INTEGER CHECK (workers > 0),
  digest TEXT,
  model_step INTEGER CHECK (model_step >= 0),
  created_at INTEGER NOT NULL,
  lease_pid INTEGER,
  lease_started TEXT,
  lease_token TEXT,
  lease_beat INTEGER,
  CHECK ((lease_token IS NULL) = (lease_pid IS NULL)),
  CHECK (lease_token IS NULL OR status IN ('queued', 'running', 'paused'))
) STRICT;
CREATE UNIQUE INDEX runs_by_lease ON runs (lease_token) WHERE lease_token IS NOT NULL;

CREATE TABLE run_details (
  run_id INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  configuration TEXT CHECK (json_valid(configuration)),
  probe TEXT,
  sample TEXT,
  machine TEXT NOT NULL CHECK (json_valid(machine)),
  versions TEXT NOT NULL CHECK (json_valid(versions))
) STRICT;

CREATE TABLE points (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step >= 0),
  train_loss REAL,
  validation_loss REAL,
  gradient_norm REAL,
  learning_rate REAL NOT NULL,
  characters_per_second REAL,
  non_finite INTEGER NOT NULL CHECK (non_finite IN (0, 1)),
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE corpora (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_corpora (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  sha256 TEXT NOT NULL REFERENCES corpora (sha256),
  summary TEXT NOT NULL CHECK (json_valid(summary)),
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_corpora_by_corpus ON run_corpora (sha256);

CREATE TABLE checkpoints (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step INTEGER NOT NULL CHECK (step >= 0),
  model TEXT NOT NULL,
  state TEXT,
  validation_loss REAL,
  digest TEXT NOT NULL,
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  tag TEXT NOT NULL CHECK (tag <> ''),
  PRIMARY KEY (run_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_by_tag ON tags (tag);

CREATE TABLE pattern_sets (
  id INTEGER PRIMARY KEY,
  pattern_set TEXT NOT NULL UNIQUE CHECK (length(pattern_set) BETWEEN 1 AND 64),
  title TEXT NOT NULL,
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  pattern_count INTEGER NOT NULL CHECK (pattern_count >= 0),
  patterns TEXT NOT NULL CHECK (json_valid(patterns))
) STRICT;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
`

export const firstTables: Migration = { version: 1, up: (db) => void db.exec(SCHEMA) }
