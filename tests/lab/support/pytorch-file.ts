/**
 * Files as PyTorch writes them by hand: the tensors of tests/engine/reference/rnn.json under their state_dict names, and
 * nothing else. The writer is its own, so that it shares no mistake with the lab's.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { temporaryDirectory } from './temporary'

type Numbers = number | readonly Numbers[]

export interface ReferenceCase {
  readonly cell: 'vanilla' | 'lstm' | 'gru'
  readonly B: number
  readonly T: number
  readonly V: number
  readonly H: number
  readonly L: number
  readonly parameters: Readonly<Record<string, Numbers>>
  /** (T, B) */
  readonly inputs_TB: readonly (readonly number[])[]
  /** (T, B, H) of the top layer. */
  readonly top_hidden_TBH: readonly (readonly (readonly number[])[])[]
}

export function referenceCases(): readonly ReferenceCase[] {
  const file = resolve(import.meta.dirname, '../../engine/reference/rnn.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { cases: ReferenceCase[] }).cases
}

/** One symbol a row, out of order and from two scripts, a line end among them. */
const SYMBOLS = ['나', 'b', '\n', '가', 'a', '다', ' ', 'c', 'd', '라', 'e', 'f', '마']

export const alphabetOf = ({ V }: ReferenceCase): string => SYMBOLS.slice(0, V).join('')

/** What the batch's row `b` reads, in symbols. */
export function textOf(reference: ReferenceCase, b: number): string {
  return reference.inputs_TB.map((row) => SYMBOLS[row[b]]).join('')
}

function shapeOf(values: Numbers): number[] {
  return typeof values === 'number' ? [] : [values.length, ...shapeOf(values[0])]
}

const flat = (values: Numbers): number[] => (typeof values === 'number' ? [values] : values.flatMap(flat))

export interface FileChange {
  /** In place of some of the tensors' numbers, by their names; null leaves one out. */
  readonly tensors?: Readonly<Record<string, Numbers | null>>
  readonly metadata?: Readonly<Record<string, string>>
}

export function tensorFile({ parameters }: Pick<ReferenceCase, 'parameters'>, change: FileChange = {}): Buffer {
  const header: Record<string, unknown> = change.metadata ? { __metadata__: change.metadata } : {}
  const parts: Buffer[] = []
  let at = 0
  for (const [name, given] of Object.entries({ ...parameters, ...change.tensors })) {
    if (given === null) continue
    const bytes = Buffer.from(Float32Array.from(flat(given)).buffer)
    header[name] = { dtype: 'F32', shape: shapeOf(given), data_offsets: [at, at + bytes.length] }
    parts.push(bytes)
    at += bytes.length
  }
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  return Buffer.concat([length, json, ...parts])
}

export function writeFileOf(bytes: Uint8Array, name = 'by-hand.safetensors', folder = temporaryDirectory()): string {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  return file
}
