/** Files that a person saves or opens by a dialog: kinds, and how large they may be. The page never names a path. */
import * as v from 'valibot'

export const SAVE_KINDS = ['png', 'csv', 'json', 'txt'] as const
export type SaveKind = (typeof SAVE_KINDS)[number]

export const OPEN_KINDS = ['patterns', 'picture'] as const
export type OpenKind = (typeof OPEN_KINDS)[number]

/** Files of one dialog. */
export const MOST_CHOSEN = 64

/** Pictures and tables are made in the page's memory: what is larger isn't one of them. */
export const MOST_SAVED_BYTES = 128 * 1024 ** 2
export const MOST_OPENED_BYTES = 64 * 1024 ** 2

export const SaveRequestSchema = v.strictObject({
  kind: v.picklist(SAVE_KINDS),
  /** What the dialog proposes; what a file system wouldn't take is replaced there. */
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(120)),
  bytes: v.pipe(
    v.instance(Uint8Array),
    v.check((bytes) => bytes.byteLength <= MOST_SAVED_BYTES, 'too large'),
  ),
})

export interface SavedFile {
  /** Its base name. */
  readonly name: string
}

export interface OpenedFile extends SavedFile {
  readonly bytes: Uint8Array
}
