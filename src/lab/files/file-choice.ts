/** A text as a shell names it to the lab: by its path, or under another name than its file has. */
import { basename } from 'node:path'

export interface NamedFile {
  /** Absolute. */
  readonly path: string
  /** The name that a person is shown, and that a run keeps. */
  readonly name: string
}

/** An absolute path alone is named like its file. */
export type FileChoice = string | NamedFile

export function namedFile(choice: FileChoice): NamedFile {
  return typeof choice === 'string' ? { path: choice, name: basename(choice) } : choice
}
