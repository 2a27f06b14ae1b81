/**
 * What becomes of a file's bytes on their way to tokens: bytes as they are; UTF-8 that NFC leaves alone straight from its
 * bytes; everything else as text, block by block, through the normaliser.
 */
import type { Encoding } from '../../shared'
import { readStable } from './code-points'
import type { StableRun } from './code-points'
import { createDecoder, createUtf8Splitter } from './decoder'
import { Normaliser } from './normaliser'
import type { TextChanges } from './normaliser'
import type { TokenStore } from './token-store'

/** Characters of the beginning that are kept for the eye. */
export const EXCERPT = 600
/** Where NFC may change something, so many bytes go the slow way. */
const BLOCK_BYTES = 16_384

export interface Intake {
  readonly write: (bytes: Uint8Array) => void
  readonly end: () => void
  readonly changes: TextChanges
  /** The beginning of the text. */
  readonly excerpt: () => string
}

/** @param file its name, for what is refused; @param mark length of the byte order mark that was left out */
export function createIntake(encoding: Encoding | 'bytes', store: TokenStore, file: string, mark: number): Intake {
  if (encoding === 'bytes') return createByteIntake(store, file)
  return encoding === 'utf-8' ? createUtf8Intake(store, file, mark) : createTextIntake(encoding, store, file, mark)
}

function createByteIntake(store: TokenStore, file: string): Intake {
  let beginning = Buffer.alloc(0)
  return {
    write: (bytes) => {
      if (beginning.length < EXCERPT) beginning = Buffer.concat([beginning, bytes.subarray(0, EXCERPT)])
      store.add(bytes, bytes.length, file)
    },
    end: () => undefined,
    changes: { lineEnds: 0, nfc: 0 },
    excerpt: () => beginning.subarray(0, EXCERPT).toString('utf8'),
  }
}

function createTextIntake(encoding: Encoding, store: TokenStore, file: string, mark: number): Intake {
  const decoder = createDecoder(encoding, mark)
  const normaliser = new Normaliser()
  let beginning = ''
  const take = (text: string): void => {
    if (beginning.length < EXCERPT) beginning += text.slice(0, EXCERPT)
    store.addText(text, file)
  }
  return {
    write: (bytes) => take(normaliser.write(decoder.write(bytes))),
    end: () => {
      take(normaliser.write(decoder.end()))
      take(normaliser.end())
    },
    changes: normaliser.changes,
    excerpt: () => beginning,
  }
}

function createUtf8Intake(store: TokenStore, file: string, mark: number): Intake {
  const splitter = createUtf8Splitter(mark)
  const normaliser = new Normaliser()
  const run: StableRun = { count: 0, read: 0, lineEnds: 0 }
  let codePoints = new Uint32Array(0)
  let beginning = ''

  function takeText(text: string): void {
    if (text === '') return
    if (beginning.length < EXCERPT) beginning += text.slice(0, EXCERPT)
    store.addText(text, file)
  }

  /** Code points that need no normaliser; the last waits there for what may join it. */
  function takeStable(count: number): void {
    takeText(normaliser.end())
    if (beginning.length < EXCERPT)
      beginning += String.fromCodePoint(...codePoints.subarray(0, Math.min(count - 1, EXCERPT)))
    store.add(codePoints, count - 1, file)
    takeText(normaliser.write(String.fromCodePoint(codePoints[count - 1])))
  }

  function takeWhole(bytes: Buffer): void {
    if (codePoints.length < bytes.length) codePoints = new Uint32Array(bytes.length)
    for (let at = 0; at < bytes.length;) {
      // After a carriage return that waits, a line feed is no new line.
      if (!normaliser.endsInReturn) {
        readStable(bytes.subarray(at), codePoints, run)
        normaliser.changes.lineEnds += run.lineEnds
        if (run.count > 0) takeStable(run.count)
        at += run.read
      }
      const end = characterEnd(bytes, at + BLOCK_BYTES)
      if (at < bytes.length) takeText(normaliser.write(bytes.toString('utf8', at, end)))
      at = end
    }
  }

  return {
    write: (bytes) => takeWhole(splitter.write(bytes)),
    end: () => {
      splitter.end()
      takeText(normaliser.end())
    },
    changes: normaliser.changes,
    excerpt: () => beginning,
  }
}

/** The first place from here on where a character begins, or the end. */
function characterEnd(bytes: Uint8Array, from: number): number {
  let at = Math.min(from, bytes.length)
  while (at < bytes.length && (bytes[at] & 0xc0) === 0x80) at += 1
  return at
}
