/** Models and checkpoints as files: what was trained comes back bit for bit, and a file that is not one is told by name. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BYTE_SYMBOLS, createLayout } from '../../../src/engine'
import type { ModelShape } from '../../../src/engine'
import { writeFileAtomically } from '../../../src/lab/files/atomic-write'
import { copyModel } from '../../../src/lab/models/export-model'
import { digestOf, encodeModel, readModel } from '../../../src/lab/models/model-file'
import type { Model } from '../../../src/lab/models/model-file'
import { decodeTensors, encodeTensors } from '../../../src/lab/models/safetensors'
import type { TensorEntry } from '../../../src/lab/models/safetensors'
import { encodeState, readState } from '../../../src/lab/models/state-file'
import { errorOf, failureOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'

const VOCABULARY = ['\n', 'a', '가', '👩']

function modelOf(cell: ModelShape['cell'], embedding = 0): Model {
  const sizes = { layers: 2, hidden: 3, vocabulary: VOCABULARY.length, embedding }
  const shape: ModelShape = cell === 'window' ? { cell, window: 5, ...sizes } : { cell, ...sizes }
  const parameters = Float32Array.from({ length: createLayout(shape).size }, (_, i) => Math.fround(1 / (i + 1)) - 0.3)
  return { shape, vocabulary: VOCABULARY, tokens: 'character', reverse: false, parameters }
}

function fileWith(parts: readonly Uint8Array[], name = 'model.safetensors'): string {
  const file = join(temporaryDirectory(), name)
  writeFileSync(file, Buffer.concat(parts))
  return file
}

/** A model's file with its tensors or its description changed. */
function changed(
  tensors: (given: readonly TensorEntry[]) => readonly TensorEntry[],
  engram: Record<string, unknown> | string = {},
  cell: ModelShape['cell'] = 'vanilla',
): string {
  const file = decodeTensors(new Uint8Array(Buffer.concat(encodeModel(modelOf(cell)))))
  const described = JSON.parse(file.metadata.engram) as object
  const text = typeof engram === 'string' ? engram : JSON.stringify({ ...described, ...engram })
  return fileWith(encodeTensors({ metadata: { ...file.metadata, engram: text }, tensors: tensors(file.tensors) }))
}

const same = (tensors: readonly TensorEntry[]): readonly TensorEntry[] => tensors

describe('a model', () => {
  it.each([
    ['vanilla', 0],
    ['gru', 2],
    ['lstm', 0],
    ['window', 0],
    ['window', 2],
  ] as const)('%s with embedding %i comes back, and its file is the same again', (cell, embedding) => {
    const model = modelOf(cell, embedding)
    const file = fileWith(encodeModel(model))
    const read = readModel(file)
    expect(read).toEqual(model)
    expect(Buffer.concat(encodeModel(read)).equals(readFileSync(file))).toBe(true)
  })

  it('says of itself what PyTorch and the lab need', () => {
    const { metadata, tensors } = decodeTensors(new Uint8Array(Buffer.concat(encodeModel(modelOf('lstm')))))
    expect(metadata.format).toBe('pt')
    expect(JSON.parse(metadata.engram)).toEqual({
      version: 1,
      cell: 'lstm',
      layers: 2,
      hidden: 3,
      tokens: 'character',
      vocabulary: VOCABULARY,
      embedding: 0,
    })
    expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ['rnn.weight_ih_l0', [12, 4]],
      ['rnn.weight_hh_l0', [12, 3]],
      ['rnn.bias_ih_l0', [12]],
      ['rnn.bias_hh_l0', [12]],
      ['rnn.weight_ih_l1', [12, 3]],
      ['rnn.weight_hh_l1', [12, 3]],
      ['rnn.bias_ih_l1', [12]],
      ['rnn.bias_hh_l1', [12]],
      ['decoder.weight', [4, 3]],
      ['decoder.bias', [4]],
    ])
  })

  it('of a window says how far it sees, under the names of its layers', () => {
    const { metadata, tensors } = decodeTensors(new Uint8Array(Buffer.concat(encodeModel(modelOf('window', 2)))))
    expect(JSON.parse(metadata.engram)).toMatchObject({ cell: 'window', window: 5, embedding: 2 })
    expect(tensors.map(({ name, shape }) => [name, shape])).toEqual([
      ['embedding.weight', [4, 2]],
      ['hidden.0.weight', [3, 10]],
      ['hidden.0.bias', [3]],
      ['hidden.1.weight', [3, 3]],
      ['hidden.1.bias', [3]],
      ['decoder.weight', [4, 3]],
      ['decoder.bias', [4]],
    ])
  })

  it.each([
    ['jamo', VOCABULARY, true],
    ['byte', BYTE_SYMBOLS, false],
  ] as const)('of %s tokens comes back with its direction', (tokens, vocabulary, reverse) => {
    const shape: ModelShape = { cell: 'gru', layers: 1, hidden: 2, vocabulary: vocabulary.length, embedding: 0 }
    const parameters = new Float32Array(createLayout(shape).size)
    const model = { shape, vocabulary, tokens, reverse, parameters }
    expect(readModel(fileWith(encodeModel(model)))).toEqual(model)
  })

  it('has the digest of its bytes in the order of their names', () => {
    const { shape, parameters } = modelOf('gru', 2)
    const { tensors } = decodeTensors(new Uint8Array(Buffer.concat(encodeModel(modelOf('gru', 2)))))
    const hash = createHash('sha256')
    for (const { values } of [...tensors].sort((a, b) => (a.name < b.name ? -1 : 1))) hash.update(values)
    expect(digestOf(shape, parameters)).toBe(hash.digest('hex'))
    const other = parameters.slice()
    other[5] = -other[5]
    expect(digestOf(shape, other)).not.toBe(digestOf(shape, parameters))
  })

  it('is read where unknown things are said of it', () => {
    expect(readModel(changed(same, { colour: 'red', window: 0 })).vocabulary).toEqual(VOCABULARY)
  })
})

describe('a model is refused', () => {
  const transposed = (tensors: readonly TensorEntry[]): TensorEntry[] =>
    tensors.map((tensor) => ({ ...tensor, shape: [...tensor.shape].reverse() }))
  const other: TensorEntry = { name: 'attention.weight', shape: [1], values: Float32Array.of(1) }
  const vocabulary =
    (tokens: unknown): (() => string) =>
    () =>
      changed(same, { vocabulary: tokens })

  it.each<[string, () => string, RegExp]>([
    ['without a tensor', () => changed((tensors) => tensors.slice(1)), /rnn\.weight_ih_l0 is missing/],
    ['with one too many', () => changed((tensors) => [...tensors, other]), /attention\.weight/],
    [
      'with another name',
      () => changed(([first, ...rest]) => [{ ...first, name: 'hasOwnProperty' }, ...rest]),
      /hasOwnProperty/,
    ],
    ['with turned shapes', () => changed(transposed), /is \(4, 3\) and should be \(3, 4\)/],
    ['with a larger vocabulary than its weights', vocabulary([...VOCABULARY, 'z']), /should be/],
    ['with a token twice', vocabulary(['a', 'b', 'a', 'c']), /twice/],
    ['with a token of two characters', vocabulary(['a', 'bc', 'd', 'e']), /one character/],
    ['with an empty vocabulary', vocabulary([]), /vocabulary/],
    ['with a vocabulary of numbers', vocabulary([1, 2, 3, 4]), /vocabulary/],
    ['of another version', () => changed(same, { version: 2 }), /version/],
    ['of another cell', () => changed(same, { cell: 'transformer' }), /cell/],
    ['with five layers', () => changed(same, { layers: 5 }), /layers/],
    ['with half a unit', () => changed(same, { hidden: 2.5 }), /hidden/],
    [
      'of a window that is not said to see anything',
      () => changed(same, { cell: 'window' }),
      /window is 0 tokens wide/,
    ],
    [
      'of a window with recurrent weights',
      () => changed(same, { cell: 'window', window: 5 }),
      /a tensor rnn\.weight_ih_l0 that such a model does not have/,
    ],
    [
      'of a window without a layer',
      () => changed((tensors) => tensors.filter(({ name }) => name !== 'hidden.1.bias'), {}, 'window'),
      /hidden\.1\.bias is missing/,
    ],
    [
      'of a window narrower than its weight',
      () => changed(same, { window: 4 }, 'window'),
      /tensor hidden\.0\.weight is \(3, 20\) and should be \(3, 16\)/,
    ],
    [
      'of a window beyond all memory',
      () => changed(same, { window: 2 ** 50 }, 'window'),
      /hidden\.0\.weight is \(3, 20\)/,
    ],
    ['of more units than any memory holds', () => changed(same, { hidden: 2 ** 40 }), /rnn\.weight_ih_l0 is/],
    ['of bytes with another vocabulary', () => changed(same, { tokens: 'byte' }), /256 bytes/],
    [
      'of jamo with a token of two',
      () => changed(same, { tokens: 'jamo', vocabulary: ['a', 'bc', 'd', 'e'] }),
      /one character/,
    ],
    ['whose description is no JSON', () => changed(same, '{'), /not JSON/],
    ['whose description is a list', () => changed(same, '[]'), /engram/],
    [
      'without a description or a tensor',
      () => fileWith(encodeTensors({ metadata: {}, tensors: [] })),
      /decoder\.weight is missing/,
    ],
    ['that is a text', () => fileWith([Buffer.from('once upon a time there was')]), /header/],
  ])('%s', (_what, make, reason) => {
    const failure = failureOf(() => readModel(make()))
    expect(failure).toEqual(errorOf('E_MODEL', { file: 'model.safetensors' }))
    expect((failure as Error).message).toMatch(reason)
  })

  it('where there is no file, or a directory', () => {
    const folder = temporaryDirectory()
    expect(failureOf(() => readModel(join(folder, 'none')))).toEqual(errorOf('E_FILE_MISSING', { file: 'none' }))
    mkdirSync(join(folder, 'dir'))
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(failureOf(() => readModel(pipe))).toEqual(errorOf('E_FILE_NOT_REGULAR', { file: 'pipe' }))
    expect(failureOf(() => readModel(join(folder, 'dir')))).toEqual(errorOf('E_FILE_NOT_REGULAR', { file: 'dir' }))
  })
})

describe('a state file', () => {
  const state = {
    header: { step: 7, losses: [0.1, 1e-300], none: null },
    arrays: [Float32Array.of(1, -0, 2), new Float32Array(0)],
  }

  it('comes back as it was', () => {
    const file = fileWith(encodeState(state), '7.state')
    expect(readState(file)).toEqual(state)
  })

  it('with any byte changed, or cut anywhere, is damaged', () => {
    const bytes = Buffer.concat(encodeState(state))
    const file = join(temporaryDirectory(), '7.state')
    for (let at = 0; at < bytes.length; at++) {
      const wrong = Buffer.from(bytes)
      wrong[at] ^= 1
      for (const content of [wrong, bytes.subarray(0, at)]) {
        writeFileSync(file, content)
        expect(failureOf(() => readState(file))).toEqual(errorOf('E_CHECKPOINT', { file: '7.state' }))
      }
    }
  })

  it('that is not there is damaged too', () => {
    expect(failureOf(() => readState('/nowhere/1.state'))).toEqual(errorOf('E_CHECKPOINT', { reason: 'ENOENT' }))
  })
})

describe('writing a file', () => {
  it('overwrites only when asked to, and leaves nothing half-made', () => {
    const folder = temporaryDirectory()
    const [from, to] = [join(folder, 'from'), join(folder, 'to')]
    writeFileSync(from, 'new')
    copyModel(from, to, false)
    expect(readFileSync(to, 'utf8')).toBe('new')
    writeFileSync(to, 'old')
    expect(failureOf(() => copyModel(from, to, false))).toEqual(errorOf('E_FILE_EXISTS', { file: 'to' }))
    expect(failureOf(() => writeFileAtomically(to, [], false))).toEqual(errorOf('E_FILE_EXISTS', { file: 'to' }))
    expect(readFileSync(to, 'utf8')).toBe('old')
    copyModel(from, to, true)
    expect(readFileSync(to, 'utf8')).toBe('new')
    expect(failureOf(() => copyModel(from, join(folder, 'none', 'to'), true))).toEqual(
      errorOf('E_FILE_WRITE', { reason: 'ENOENT' }),
    )
  })
})
