/** All migrations, oldest first. */
import type { Migration } from './migration'
import { firstTables } from './0001-first-tables'
import { experiments } from './0002-experiments'
import { browsing } from './0004-browsing'
import { keeping } from './0003-keeping'
import { repeats } from './0005-repeats'
import { drawnCurves } from './0006-drawn-curves'
import { baselines } from './0007-baselines'
import { pointRanges } from './0008-point-ranges'

export type { Migration } from './migration'
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  experiments,
  keeping,
  browsing,
  repeats,
  drawnCurves,
  baselines,
  pointRanges,
]
