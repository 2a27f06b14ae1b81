/** Which encoding a file has: its byte order mark's, else UTF-8 where it is valid, else CP949 where that decodes strictly. */
import { LabError } from '../../shared'
import type { Encoding, EncodingChoice } from '../../shared'
import type { FileChoice } from '../files/file-choice'
import { createDecoder, createUtf8Splitter, DecodingFailure, readByteOrderMark } from './decoder'
import { openTextFile } from './open-text-file'
import type { TextFile } from './open-text-file'

const CHUNK_BYTES = 1024 * 1024
const HEAD_BYTES = 65_536
/** A larger share of control characters than this is no text. */
const MOST_CONTROL = 0.001

export interface FileEncoding {
  readonly encoding: Encoding
  /** Length of the byte order mark, 0 without one. */
  readonly mark: number
}

/** @throws LabError E_BINARY, E_ENCODING, and those of the file */
export function detectEncoding(path: FileChoice, choice: EncodingChoice): FileEncoding {
  const head = readHead(path)
  const mark = readByteOrderMark(head)
  if (choice !== 'auto') return { encoding: choice, mark: mark?.encoding === choice ? mark.length : 0 }
  if (mark) return { encoding: mark.encoding, mark: mark.length }
  const name = openTextFile(path)
  name.close()
  if (looksBinary(head)) throw new LabError('E_BINARY', { file: name.name })
  const failure = tryEncoding(path, 'utf-8')
  if (failure === null) return { encoding: 'utf-8', mark: 0 }
  if (tryEncoding(path, 'cp949') === null) return { encoding: 'cp949', mark: 0 }
  throw encodingError(name.name, failure)
}

export function encodingError(file: string, { encoding, offset }: DecodingFailure): LabError {
  return new LabError('E_ENCODING', { file, encoding, offset })
}

function withFile<Value>(path: FileChoice, work: (file: TextFile) => Value): Value {
  const file = openTextFile(path)
  try {
    return work(file)
  } finally {
    file.close()
  }
}

function readHead(path: FileChoice): Uint8Array {
  return withFile(path, (file) => {
    const head = new Uint8Array(HEAD_BYTES)
    return head.subarray(0, file.read(head))
  })
}

/** Bytes that no text has but a rare one: below the space, but for tab, line ends, form feed and escape. */
function looksBinary(head: Uint8Array): boolean {
  let control = 0
  for (const byte of head) {
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) control += 1
  }
  return control > head.length * MOST_CONTROL
}

/** Where it doesn't decode; null: it does. */
function tryEncoding(path: FileChoice, encoding: Encoding): DecodingFailure | null {
  return withFile(path, (file) => {
    const decoder = encoding === 'utf-8' ? createUtf8Splitter() : createDecoder(encoding)
    const chunk = new Uint8Array(CHUNK_BYTES)
    try {
      for (let length = file.read(chunk); length > 0; length = file.read(chunk))
        decoder.write(chunk.subarray(0, length))
      decoder.end()
      return null
    } catch (error) {
      if (error instanceof DecodingFailure) return error
      throw error
    }
  })
}
