/** What every service of the lab is made from: the shell's gifts, the database, the paths, and a way to tell. */
import type { DatabaseClient, Lease } from './database/database-api'
import type { LabHost } from './host'
import type { LabListener } from './lab'

/** Absolute paths inside the data directory. The folders exist; the database file may not yet. */
export interface DataPaths {
  readonly directory: string
  readonly database: string
  readonly models: string
  readonly corpora: string
}

/** The same functions as a listener's; each call reaches every listener there is. */
export type LabEmitter = Required<LabListener>

export interface LabContext {
  readonly host: LabHost
  readonly paths: DataPaths
  readonly database: DatabaseClient
  readonly emit: LabEmitter
  /** A lease of this process with a new token: one for every run that is created, claimed or resumed. */
  readonly newLease: () => Lease
  /** Runs when the lab closes, last registered first, before the database closes. */
  readonly onClose: (end: () => Promise<void>) => void
}
