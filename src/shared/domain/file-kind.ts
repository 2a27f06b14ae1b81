/** What a person's file is, told by its beginning and its name: which room takes it. */

export const FILE_KINDS = ['bundle', 'model', 'picture', 'patterns', 'text'] as const
export type FileKind = (typeof FILE_KINDS)[number]

/** A file that was chosen, with the token by which the page names it. */
export interface ChosenFile {
  readonly kind: FileKind
  /** Base name. */
  readonly name: string
  readonly token: string
}

/** Bytes of a file's beginning that are looked at. */
export const HEAD_BYTES = 64 * 1024

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0))
const PICTURES: readonly (readonly number[])[] = [
  [0x89, ...ascii('PNG')],
  [0xff, 0xd8, 0xff],
  ascii('GIF8'),
  ascii('BM'),
]
const ZIP = [...ascii('PK'), 3, 4]
/** Before the header of a safetensors file stands its length in eight bytes. */
const LENGTH_BYTES = 8
/** A row of cells, one sign each. */
const PATTERN_ROW = /^[#1+■.0\-□]{3,}$/u
const PATTERN_NAME = /^#\s\S/u
const PATTERN_JSON = /"(patterns|values)"\s*:/

const beginsWith = (head: Uint8Array, mark: readonly number[], at = 0): boolean =>
  head.length >= at + mark.length && mark.every((byte, i) => head[at + i] === byte)
const endsWith = (name: string, ...endings: readonly string[]): boolean =>
  endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`))

/**
 * @param head the first 64 KiB, or all of it
 * @param text what it says as UTF-8
 */
export function kindOfFile(name: string, head: Uint8Array, text: string): FileKind {
  if (endsWith(name, 'safetensors', 'pt', 'pth', 'ckpt') || isSafetensors(head)) return 'model'
  // Other archives have names of their own, such as .docx.
  const isArchive = beginsWith(head, ZIP) && (endsWith(name, 'zip') || !name.includes('.'))
  if (isArchive || endsWith(name, 'engram')) return 'bundle'
  const isWebP = beginsWith(head, ascii('RIFF')) && beginsWith(head, ascii('WEBP'), 8)
  const hasMark = PICTURES.some((mark) => beginsWith(head, mark)) && !endsWith(name, 'txt', 'md')
  if (hasMark || isWebP || endsWith(name, 'png', 'jpg', 'jpeg', 'svg')) return 'picture'
  return isPatterns(name, head.length, text) ? 'patterns' : 'text'
}

function isSafetensors(head: Uint8Array): boolean {
  if (head.length <= LENGTH_BYTES || head[LENGTH_BYTES] !== ascii('{')[0]) return false
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true)
  return length >= 2n && length < 100_000_000n
}

/** The last line of what was read may be cut: it is not looked at, unless there is no other. */
function isPatterns(name: string, headBytes: number, decoded: string): boolean {
  const text = decoded.replace(/^\uFEFF/u, '')
  if (/^\s*[{[]/u.test(text)) return endsWith(name, 'json') && PATTERN_JSON.test(text)
  const lines = text.split(/\r?\n/u)
  const whole = headBytes < HEAD_BYTES ? lines : lines.slice(0, -1)
  const filled = whole.filter((line) => line.trim() !== '')
  const rows = filled.filter((line) => PATTERN_ROW.test(line.trim()))
  return rows.length >= 3 && filled.every((line) => PATTERN_NAME.test(line) || PATTERN_ROW.test(line.trim()))
}
