/** What the worker does that carries runs away and brings them in: zips, whole backups, hand-offs. */
import type { TokenIds } from '../../engine'
import type {
  BackupSummary,
  DataProgress,
  ModelAlphabet,
  ModelLook,
  RestoreNews,
  RunConfiguration,
  RunId,
} from '../../shared'
import type { CarriedRun, PackedPoints } from '../database/database-api'
import type { ModelDescription } from '../training/first-parameters'
import type { Replacement } from './replace-data'

/** A run as it goes into a bundle. */
export interface PackedRun {
  /** Its checkpoints: the last, and the best where that is another, with their files' names in a bundle. */
  readonly carried: CarriedRun
  /** From a name in the bundle to the absolute path of the file. */
  readonly files: Readonly<Record<string, string>>
}

export interface BundleRequest {
  /** Absolute. */
  readonly file: string
  readonly overwrite: boolean
  readonly runs: readonly PackedRun[]
  /** From a text's SHA-256 to the absolute path of its bytes; empty: no text goes along. */
  readonly corpora: Readonly<Record<string, string>>
}

/** A run that was unpacked and verified: its files lie in `folder`, named as in the bundle. */
export interface UnpackedRun {
  readonly carried: CarriedRun
  readonly folder: string
}

export interface UnpackedBundle {
  readonly runs: readonly UnpackedRun[]
  /** SHA-256 of the texts that lie in `corpora` of the staging folder. */
  readonly corpora: readonly string[]
}

export interface BackupRequest {
  readonly file: string
  readonly overwrite: boolean
  /** Absolute path of the data directory. */
  readonly directory: string
  readonly nativeBinding: string | null
  /** Milliseconds since 1970. */
  readonly now: number
}

export interface UnpackRequest {
  readonly file: string
  /** A folder that isn't there yet, on the data's disk. */
  readonly staging: string
  readonly nativeBinding: string | null
}

export interface RestoreRequest {
  readonly file: string
  readonly directory: string
  readonly nativeBinding: string | null
  /** Whether runs that are there already may be replaced. */
  readonly replace: boolean
  /** The name of the folder in which what was there stays. */
  readonly keepAs: string
}

export interface MoveRequest {
  readonly directory: string
  /** A new or an empty folder. */
  readonly target: string
  readonly nativeBinding: string | null
  /** The platform's folder, which tells from then on where the data lie. */
  readonly usual: string
  /** Where they lay before this one. */
  readonly previous: readonly string[]
}

export interface RemoveRequest {
  readonly directory: string
  readonly usual: string
  readonly nativeBinding: string | null
}

export interface HandoffRequest {
  /** Absolute path of the folder to be written, and whether files in it may be replaced. */
  readonly folder: string
  readonly overwrite: boolean
  /** Absolute. */
  readonly model: string
  /** Where `train.py` and the README lie. */
  readonly resources: string
  readonly run: RunId
  readonly text: { readonly ids: TokenIds; readonly vocabulary: readonly string[] }
  /** Of each file of the text, in order. */
  readonly corpora: readonly { readonly name: string; readonly sha256: string; readonly path: string }[]
  /** How it was trained, as far as that is known. */
  readonly training: RunConfiguration
  /** Of the model, and the length of the learning rate's schedule. */
  readonly step: number
  readonly scheduleSteps: number
}

export interface TakenModel extends ModelDescription {
  /** How many. */
  readonly parameters: number
}

export interface CarryApi {
  readonly writeBundle: (request: BundleRequest) => Promise<void>
  /** Unpacks into a new folder and verifies everything; whatever it throws, the folder is gone. */
  readonly unpackBundle: (file: string, staging: string) => Promise<UnpackedBundle>
  readonly readPoints: (folder: string) => Promise<PackedPoints>
  /** Whether an unpacked run has these points. */
  readonly hasPoints: (folder: string, points: PackedPoints) => Promise<boolean>
  readonly lookAtModel: (file: string) => ModelLook
  /** What a model of a person's own is; its file is put, whole, into a new folder under that name. */
  readonly takeModel: (file: string, folder: string, name: string, alphabet: ModelAlphabet | null) => TakenModel
  readonly describeModel: (file: string) => Pick<ModelDescription, 'tokens' | 'reverse'>
  /** @returns how many runs it holds */
  readonly backUp: (request: BackupRequest) => Promise<number>
  readonly restore: (request: RestoreRequest) => Promise<RestoreNews>
  readonly lookAtBackup: (file: string) => Promise<BackupSummary>
  /** @returns how many runs it holds */
  readonly unpackBackup: (request: UnpackRequest) => Promise<number>
  /** @returns the name of the folder in which what was there stays; null: nothing was */
  readonly replaceData: (request: Replacement) => string | null
  readonly moveData: (request: MoveRequest) => Promise<void>
  readonly removeOldData: (request: RemoveRequest) => void
  /** Ends what can be ended of unpacking and moving, with E_CANCELLED. */
  readonly cancel: () => void
  readonly handOff: (request: HandoffRequest) => void
}

export interface CarryListener {
  readonly points: (run: RunId) => Promise<PackedPoints>
  readonly progress: (progress: DataProgress) => void
}
