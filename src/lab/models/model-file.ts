/** A trained model as a file: its parameters by PyTorch's names, and what else is needed to use it, as metadata. */
import { createHash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import * as v from 'valibot'
import { BYTE_SYMBOLS, createLayout } from '../../engine'
import type { Floats, ModelShape } from '../../engine'
import { LabError, MOST_LAYERS, TOKEN_KINDS } from '../../shared'
import type { ModelAlphabet, ModelLook, TokenKind } from '../../shared'
import { decodeTensors, encodeTensors, FormatFailure } from './safetensors'
import type { TensorEntry, TensorFile } from './safetensors'
import { shapeOfTensors } from './shape-of-tensors'

export interface Model {
  readonly shape: ModelShape
  /** In index order. */
  readonly vocabulary: readonly string[]
  readonly tokens: TokenKind
  /** Whether it reads texts from their end. */
  readonly reverse: boolean
  /** In the layout's order. */
  readonly parameters: Float32Array
}

const VERSION = 1
const whole = v.pipe(v.number(), v.integer(), v.minValue(0))
/** Unknown fields are passed over. */
const EngramSchema = v.object({
  version: v.literal(VERSION),
  cell: v.picklist(['vanilla', 'lstm', 'gru', 'window']),
  layers: v.pipe(whole, v.minValue(1), v.maxValue(MOST_LAYERS)),
  hidden: v.pipe(whole, v.minValue(1)),
  tokens: v.picklist(TOKEN_KINDS),
  vocabulary: v.pipe(v.array(v.string()), v.minLength(1)),
  embedding: v.optional(whole, 0),
  window: v.optional(whole, 0),
  reverse: v.optional(v.boolean(), false),
})

export function encodeModel({ shape, vocabulary, tokens, reverse, parameters }: Model): Uint8Array[] {
  const { cell, layers, hidden, embedding } = shape
  const used = { ...(shape.cell === 'window' ? { window: shape.window } : {}), ...(reverse ? { reverse } : {}) }
  const engram = { version: VERSION, cell, layers, hidden, tokens, vocabulary, embedding, ...used }
  return encodeTensors({
    metadata: { format: 'pt', engram: JSON.stringify(engram) },
    tensors: createLayout(shape).tensors.map((tensor) => ({
      name: tensor.name,
      shape: tensor.shape,
      values: parameters.subarray(tensor.offset, tensor.offset + tensor.size),
    })),
  })
}

/**
 * @param alphabet of a file that holds tensors alone
 * @throws LabError E_FILE_MISSING, E_FILE_UNREADABLE, E_MODEL, E_MODEL_ALPHABET; those of an alphabet
 */
export function readModel(path: string, alphabet: ModelAlphabet | null = null): Model {
  return ofFile(path, (file, { metadata: { engram }, tensors }) => {
    if (engram !== undefined && alphabet !== null) throw new LabError('E_ALPHABET_NEEDLESS', { file })
    const described = engram === undefined ? describedByTensors(file, tensors, alphabet) : describedByItself(engram)
    return { ...described, parameters: gather(described.shape, tensors) }
  })
}

/** What a file holds, whether or not it says which symbols it reads. @throws as `readModel`, but for E_MODEL_ALPHABET */
export function lookAtModel(path: string): ModelLook {
  return ofFile(path, (_file, { metadata: { engram }, tensors }) => {
    const shape = engram === undefined ? shapeOfTensors(tensors) : describedByItself(engram).shape
    gather(shape, tensors)
    const { cell, layers, hidden, vocabulary } = shape
    return { cell, layers, hidden, vocabularySize: vocabulary, hasAlphabet: engram !== undefined }
  })
}

function ofFile<Value>(path: string, work: (file: string, tensors: TensorFile) => Value): Value {
  const file = basename(path)
  const bytes = readBytes(path, file)
  try {
    return work(file, decodeTensors(bytes))
  } catch (error) {
    if (!(error instanceof FormatFailure)) throw error
    const { message, fault, details } = error
    throw new LabError('E_MODEL', { ...details, file, reason: message, fault }, { cause: error })
  }
}

function readBytes(path: string, file: string): Uint8Array {
  try {
    // Without waiting for a writer, should it be a pipe.
    const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      if (!fstatSync(handle).isFile()) throw new LabError('E_FILE_NOT_REGULAR', { file })
      return Uint8Array.from(readFileSync(handle)) // a Buffer's slices share its memory
    } finally {
      closeSync(handle)
    }
  } catch (error) {
    if (error instanceof LabError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new LabError('E_FILE_MISSING', { file }, { cause: error })
    if (code === 'ENXIO' || code === 'ENODEV') throw new LabError('E_FILE_NOT_REGULAR', { file }, { cause: error })
    throw new LabError('E_FILE_UNREADABLE', { file, reason: code ?? String(error) }, { cause: error })
  }
}

type Described = Omit<Model, 'parameters'>

function describedByItself(engram: string): Described {
  const { cell, window, layers, hidden, embedding, vocabulary, tokens, reverse } = parseEngram(engram)
  const sizes = { layers, hidden, vocabulary: vocabulary.length, embedding }
  const shape: ModelShape = cell === 'window' ? { cell, window, ...sizes } : { cell, ...sizes }
  return { shape, vocabulary, tokens, reverse }
}

function describedByTensors(file: string, tensors: readonly TensorEntry[], alphabet: ModelAlphabet | null): Described {
  const shape = shapeOfTensors(tensors)
  const symbols = shape.vocabulary
  if (alphabet === null) {
    gather(shape, tensors) // what is wrong with it otherwise is told first: no alphabet would mend that
    throw new LabError('E_MODEL_ALPHABET', { file, symbols })
  }
  const { tokens } = alphabet
  const vocabulary = tokens === 'byte' ? BYTE_SYMBOLS : alphabet.symbols
  if (vocabulary.length !== symbols) throw new LabError('E_ALPHABET_SIZE', { file, symbols, given: vocabulary.length })
  const seen = new Set<string>()
  const twice = vocabulary.find((symbol) => seen.size === seen.add(symbol).size)
  if (twice !== undefined) throw new LabError('E_ALPHABET_TWICE', { file, symbol: JSON.stringify(twice) })
  return { shape, vocabulary, tokens, reverse: false }
}

function parseEngram(text: string): v.InferOutput<typeof EngramSchema> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new FormatFailure('engramNoJson', {}, { cause: error })
  }
  const parsed = v.safeParse(EngramSchema, json)
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw new FormatFailure('engramField', { field: v.getDotPath(issue) ?? 'engram' })
  }
  const { cell, window, vocabulary, tokens } = parsed.output
  if (cell === 'window' && window === 0) throw new FormatFailure('windowZero')
  if (new Set(vocabulary).size !== vocabulary.length) throw new FormatFailure('vocabularyTwice')
  if (tokens === 'byte') {
    if (vocabulary.length !== 256) throw new FormatFailure('vocabularyBytes')
    if (vocabulary.some((token) => !/^[0-9a-f]{2}$/.test(token))) {
      throw new FormatFailure('vocabularyHex')
    }
  } else if (vocabulary.some((token) => [...token].length !== 1)) {
    throw new FormatFailure('vocabularyCharacter')
  }
  return parsed.output
}

function gather(shape: ModelShape, tensors: readonly TensorEntry[]): Float32Array {
  const layout = createLayout(shape)
  const given = new Map(tensors.map((tensor) => [tensor.name, tensor]))
  for (const { name } of tensors) {
    if (!layout.byName.has(name)) throw new FormatFailure('tensorUnknown', { tensor: name })
  }
  // All shapes before anything is made: what the metadata says may be too large for any memory.
  const found = layout.tensors.map(({ name, shape: expected, offset }) => {
    const tensor = given.get(name)
    if (!tensor) throw new FormatFailure('tensorMissing', { tensor: name })
    if (tensor.shape.join() !== expected.join()) {
      throw new FormatFailure('tensorShape', {
        tensor: name,
        found: tensor.shape.join(', '),
        expected: expected.join(', '),
      })
    }
    return { values: tensor.values, offset }
  })
  const parameters = new Float32Array(layout.size)
  for (const { values, offset } of found) parameters.set(values, offset)
  return parameters
}

/** SHA-256 of the parameters' bytes in the order of their names. */
export function digestOf(shape: ModelShape, parameters: Floats): string {
  const hash = createHash('sha256')
  const tensors = [...createLayout(shape).tensors].sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const { offset, size } of tensors) {
    const part = parameters.subarray(offset, offset + size)
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
  }
  return hash.digest('hex')
}
