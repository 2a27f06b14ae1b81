/** One step of the database's format. Once released, a migration never changes. */
import type { Connection } from '../connection'

export interface Migration {
  /** The user_version after it. */
  readonly version: number
  readonly up: (db: Connection) => void
}
