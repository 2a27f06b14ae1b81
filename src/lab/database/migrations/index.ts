/** All migrations, oldest first. */
import type { Migration } from './migration'
import { firstTables } from './0001-first-tables'
import { keeping } from './0003-keeping'

export type { Migration } from './migration'
export const MIGRATIONS: readonly Migration[] = [firstTables, keeping]
