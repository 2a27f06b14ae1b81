/** The data directory as a whole: a backup that may take its place, another folder it may move to, what it takes. */

/** What stands in a backup, before it is unpacked. */
export interface BackupSummary {
  /** Its base name. */
  readonly name: string
  readonly runs: number
  /** When it was made; of an older one that doesn't tell, when its file was written. */
  readonly madeAt: number
  readonly sizeBytes: number
  readonly unpackedBytes: number
}

/** A backup a person chose, and what would be put aside for it. */
export interface ChosenBackup extends BackupSummary {
  readonly token: string
  /** Runs that are here now, those in the bin too. */
  readonly present: number
  /** Free on the disk that it would be unpacked on. */
  readonly freeBytes: number
}

/** Another folder for the data, chosen and found fit. */
export interface ChosenPlace {
  readonly token: string
  /** For reading only, as AppInfo's is. */
  readonly directory: string
  readonly neededBytes: number
  readonly freeBytes: number
}

/** What comes of the data while a person waits. */
export interface DataProgress {
  readonly stage: 'unpack' | 'copy' | 'check' | 'settle'
  /** Of the stage, from 0 to 1. */
  readonly share: number
}

/** A folder in which data lie that the lab doesn't use any more. */
export interface OldData {
  /** A base name for those of a restore, a whole path for those of a move. */
  readonly name: string
  readonly bytes: number
}

/** Where the data lie and whether they may move. */
export interface DataWhere {
  readonly directory: string
  /** Named when the lab was started, and so not to be moved from here. */
  readonly isGiven: boolean
  /** What a move has left behind. */
  readonly previous: readonly OldData[]
}

/** What lies in the data directory without being needed; each is freed by its name. */
export const FREEABLE = ['bin', 'orphans', 'intermediate', 'aside'] as const
export type Freeable = (typeof FREEABLE)[number]

/** Bytes on the disk. */
export interface DiskUse {
  /** The database with its log. */
  readonly database: number
  readonly models: number
  readonly corpora: number
  /** Of the chosen run: its models. */
  readonly run: number | null
  /** Models of runs in the bin. */
  readonly canBeFreed: number
  /** Free on the disk. */
  readonly free: number
}

/** What can be given back, and how many of what that is: runs, files, models, folders. */
export type DiskFreeable = Readonly<Record<Freeable, { readonly bytes: number; readonly count: number }>>

/** What was put in the place of the data, told once to the page that opens after it. */
export interface RestoreNews {
  readonly runs: number
  /** The folder, inside the data directory, with what was there before; null: there was nothing. */
  readonly keptAs: string | null
}
