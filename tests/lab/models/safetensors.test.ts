/** The container of models: what the format forbids is refused by name, and nothing a file says brings the reader down. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeTensors, encodeTensors, FormatFailure } from '../../../src/lab/models/safetensors'
import type { TensorFile } from '../../../src/lab/models/safetensors'
import { failureOf } from '../support/errors'

/** Reading a hostile header takes time that grows with its length alone; quadratic reading would take minutes. */
const GUARD_MS = 5000

/** A file with this header, as long as its text or as long as it says. */
function fileOf(header: string | Uint8Array, data: Uint8Array = new Uint8Array(), length?: bigint): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const bytes = new Uint8Array(8 + json.length + data.length)
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true)
  bytes.set(json, 8)
  bytes.set(data, 8 + json.length)
  return bytes
}

const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer)
const entry = (shape: unknown, offsets: unknown, dtype: unknown = 'F32'): unknown => ({
  dtype,
  shape,
  data_offsets: offsets,
})
const json = (value: unknown): string => JSON.stringify(value)
const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

const MODEL: TensorFile = {
  metadata: { format: 'pt', note: 'it’s “fine” 한글' },
  tensors: [
    { name: 'a', shape: [2, 3], values: Float32Array.of(1, -0, 1e-45, 3.4e38, 5, 6) },
    { name: 'empty', shape: [0, 4], values: new Float32Array(0) },
    { name: 'scalar', shape: [], values: Float32Array.of(7) },
  ],
}

describe('a file that was written', () => {
  it('is read back, bit for bit', () => {
    const bytes = joined(encodeTensors(MODEL))
    const read = decodeTensors(bytes)
    expect(read).toEqual(MODEL)
    expect(Object.is(read.tensors[0].values[1], -0)).toBe(true)
    expect(joined(encodeTensors(read))).toEqual(bytes)
  })

  it('begins its data at a multiple of eight', () => {
    const [head] = encodeTensors(MODEL)
    expect(head.length % 8).toBe(0)
    expect(new TextDecoder().decode(head.subarray(8))).toMatch(/^\{.*\} *$/)
  })

  it('cut at any place is refused', () => {
    const bytes = joined(encodeTensors(MODEL))
    for (let length = 0; length < bytes.length; length++) {
      expect(failureOf(() => decodeTensors(bytes.slice(0, length)))).toBeInstanceOf(FormatFailure)
    }
  })
})

describe('a file of another writer', () => {
  it.each([
    ['padded with spaces, its metadata absent', `${json({ a: entry([1], [0, 4]) })}   `, floats(1)],
    ['with data that does not begin at a multiple of four', `${json({ a: entry([1], [0, 4]) })} `, floats(1)],
    [
      'with tensors in another order than their bytes',
      json({ b: entry([1], [4, 8]), a: entry([1], [0, 4]) }),
      floats(1, 2),
    ],
    ['without a tensor', '{}', floats()],
    ['with fields nobody knows', json({ a: { ...(entry([1], [0, 4]) as object), colour: 'red' } }), floats(1)],
  ])('%s is read', (_what, header, data) => {
    expect(decodeTensors(fileOf(header, data)).tensors.map(({ values }) => values[0])).toEqual(
      Array.from(new Float32Array(data.slice().buffer)),
    )
  })
})

const one = floats(1)
const REFUSED: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ...Array.from({ length: 8 }, (_, n) => [`${n} bytes`, new Uint8Array(n), /too short/] as const),
  ['a header longer than the file', fileOf('{}', one, 1000n), /cut off/],
  ['a header of more than 16 MiB', fileOf('{}', one, 2n ** 24n + 1n), /too large/],
  ['a header of 2^53 + 1 bytes', fileOf('{}', one, 2n ** 53n + 1n), /too large/],
  ['a header of 2^64 − 1 bytes', fileOf('{}', one, 2n ** 64n - 1n), /too large/],
  ['a header that begins with a space', fileOf(' {}'), /brace/],
  ['a header with a byte order mark', fileOf('\ufeff{}'), /brace/],
  ['a header that is an array', fileOf('[]'), /brace/],
  ['no header', fileOf(''), /brace/],
  ['a header that is not UTF-8', fileOf(Uint8Array.of(0x7b, 0xff, 0x7d)), /UTF-8/],
  ['a header that is not JSON', fileOf('{"a":'), /JSON/],
  ['two headers', fileOf('{}{}'), /JSON/],
  ['a header that nests deeply', fileOf(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`), /deep/],
  [
    'equal keys',
    fileOf(`{"a":${json(entry([1], [0, 4]))},"a":${json(entry([1], [0, 4]))}}`, one),
    /two entries named a/,
  ],
  [
    'equal keys, one of them escaped',
    fileOf(`{"a":${json(entry([1], [0, 4]))},"\\u0061":${json(entry([1], [0, 4]))}}`, one),
    /two/,
  ],
  ['a tensor that is null', fileOf('{"a":null}'), /described/],
  ['a tensor that is a list', fileOf('{"a":[]}'), /described/],
  ['a tensor without a type', fileOf(json({ a: { shape: [1], data_offsets: [0, 4] } }), one), /undefined/],
  ...['F16', 'BF16', 'F64', 'I64', 'f32', 4, null, ['F32'], { toString: 1, valueOf: 1 }].map(
    (dtype) =>
      [`the type ${json(dtype)}`, fileOf(json({ a: entry([1], [0, 4], dtype) }), one), /lab reads F32/] as const,
  ),
  ...['1', [1.5], [-1], ['1'], [null], { length: 1 }, [2 ** 53]].map(
    (shape) =>
      [`the shape ${json(shape)}`, fileOf(json({ a: entry(shape, [0, 4]) }), one), /shape of tensor a/] as const,
  ),
  ...['0,4', [0], [0, 4, 8], [-4, 0], [4, 0], ['0', '4'], [0.5, 4.5], [0, 2 ** 53]].map(
    (offsets) =>
      [`the offsets ${json(offsets)}`, fileOf(json({ a: entry([1], offsets) }), one), /offsets of tensor a/] as const,
  ),
  ['a shape that overflows', fileOf(json({ a: entry([2 ** 32, 2 ** 32], [0, 4]) }), one), /as many bytes/],
  [
    'a shape of infinitely many times none',
    fileOf(json({ a: entry([...Array(25).fill(2 ** 52), 0], [0, 0]) })),
    /as many bytes/,
  ],
  ['fewer bytes than the shape', fileOf(json({ a: entry([2], [0, 4]) }), one), /as many bytes/],
  ['a hole at the beginning', fileOf(json({ a: entry([1], [4, 8]) }), floats(1, 2)), /does not begin/],
  [
    'a hole',
    fileOf(json({ a: entry([1], [0, 4]), b: entry([1], [8, 12]) }), floats(1, 2, 3)),
    /tensor b does not begin/,
  ],
  [
    'an overlap',
    fileOf(json({ a: entry([2], [0, 8]), b: entry([1], [4, 8]) }), floats(1, 2)),
    /tensor b does not begin/,
  ],
  ['bytes behind the last tensor', fileOf(json({ a: entry([1], [0, 4]) }), floats(1, 2)), /fill the file/],
  ['tensors beyond the end', fileOf(json({ a: entry([2], [0, 8]) }), one), /fill the file/],
  ['a number that is none', fileOf(json({ a: entry([2], [0, 8]) }), floats(1, NaN)), /tensor a holds/],
  ['an infinite number', fileOf(json({ a: entry([1], [0, 4]) }), floats(-Infinity)), /tensor a holds/],
  ['metadata that is no object', fileOf('{"__metadata__":[]}'), /metadata/],
  ['metadata that is not text', fileOf('{"__metadata__":{"format":1}}'), /metadata/],
]

describe('refused', () => {
  it.each(REFUSED)('%s', (_what, bytes, reason) => {
    const failure = failureOf(() => decodeTensors(bytes))
    expect(failure).toBeInstanceOf(FormatFailure)
    expect((failure as FormatFailure).message).toMatch(reason)
  })

  it('nothing by way of a name that objects have already', () => {
    const header = `{"__proto__":${json(entry([1], [0, 4]))},"constructor":${json(entry([1], [4, 8]))}}`
    const { tensors } = decodeTensors(fileOf(header, floats(1, 2)))
    expect(tensors.map(({ name }) => name)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).dtype).toBeUndefined()
    const nested = `{"a":{"dtype":"F32","__proto__":{"shape":[1],"data_offsets":[0,4]}}}`
    expect(failureOf(() => decodeTensors(fileOf(nested, one)))).toBeInstanceOf(FormatFailure)
  })
})

describe('a header made to be slow', () => {
  it.each([
    ['one long name', `{"${'a'.repeat(8_000_000)}`],
    ['a string of escaped quotes that never ends', `{"${'\\"'.repeat(4_000_000)}`],
    ['quotes and nothing else', `{${'"'.repeat(8_000_000)}`],
    ['backslashes and nothing else', `{"${'\\'.repeat(8_000_001)}`],
    ['brackets and nothing else', `{${'[]'.repeat(4_000_000)}`],
    ['ten thousand names', `{${Array.from({ length: 200_000 }, (_, i) => `"${i}":0`).join(',')}}`],
  ])('%s', { timeout: GUARD_MS }, (_what, header) => {
    expect(failureOf(() => decodeTensors(fileOf(header)))).toBeInstanceOf(FormatFailure)
  })
})

describe('any change of a header', () => {
  const [head, ...data] = encodeTensors(MODEL)
  const text = new TextDecoder().decode(head.subarray(8))
  const body = joined(data)

  function readsOrRefuses(bytes: Uint8Array): void {
    try {
      decodeTensors(bytes)
    } catch (error) {
      expect(error).toBeInstanceOf(FormatFailure)
    }
  }

  it('ends in a model or in a refusal (characters)', () => {
    const character = fc.constantFrom(...'{}[]",:\\-0129eE.nul\u0000 ', '\ud800', '"__proto__":', '1e999', '{"a":')
    const change = fc.record({ at: fc.nat(text.length), drop: fc.nat(6), put: fc.array(character, { maxLength: 4 }) })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let changed = text
        for (const { at, drop, put } of changes)
          changed = changed.slice(0, at) + put.join('') + changed.slice(at + drop)
        readsOrRefuses(fileOf(changed, body))
      }),
      { numRuns: 10_000, seed: 20264 },
    )
  })

  it('ends in a model or in a refusal (values)', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    const header = fc.dictionary(
      fc.constantFrom('a', 'b', '__metadata__', '__proto__', 'toString'),
      fc.oneof(value, fc.record({ dtype: fc.oneof(fc.constant('F32'), value), shape: value, data_offsets: value })),
    )
    fc.assert(
      fc.property(header, (values) => readsOrRefuses(fileOf(JSON.stringify(values), body))),
      { numRuns: 5000, seed: 20265 },
    )
  })

  it('ends in a model or in a refusal (bytes)', () => {
    const whole = joined([head, ...data])
    const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(flips, (changes) => {
        const bytes = whole.slice()
        for (const [at, value] of changes) bytes[at] = value
        readsOrRefuses(bytes)
      }),
      { numRuns: 5000, seed: 20266 },
    )
  })
})
