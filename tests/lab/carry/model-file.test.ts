/** A file of tensors alone, as PyTorch writes it by hand: its alphabet is given, and its states are PyTorch's. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lookAtModel, readModel } from '../../../src/lab/models/model-file'
import { BYTE_SYMBOLS } from '../../../src/engine'
import { errorOf, failureOf } from '../support/errors'
import { alphabetOf, referenceCases, tensorFile, textOf, writeFileOf } from '../support/pytorch-file'
import { openTestLab } from '../support/test-lab'

/** What the reference's float64 states and ours, computed in float32, may differ by. */
const STATE_TOLERANCE = 2e-6
const CASES = referenceCases()
const [first] = CASES

const named = CASES.map((reference, i) => [`${i}: ${reference.cell} in ${reference.L} layers`, reference] as const)

describe('tensors alone', () => {
  it.each(named)('%s: say what network they are', (_name, reference) => {
    const { cell, L: layers, H: hidden, V: vocabularySize } = reference
    const file = writeFileOf(tensorFile(reference))
    expect(lookAtModel(file)).toEqual({ cell, layers, hidden, vocabularySize, hasAlphabet: false })
    expect(failureOf(() => readModel(file))).toEqual(
      errorOf('E_MODEL_ALPHABET', { file: 'by-hand.safetensors', symbols: vocabularySize }),
    )
  })

  it.each(named)('%s: have PyTorch’s hidden states once the alphabet is given', async (_name, reference) => {
    const { lab } = await openTestLab()
    const alphabet = { tokens: 'character' as const, symbols: [...alphabetOf(reference)] }
    const file = writeFileOf(tensorFile(reference))
    const row = await lab.carry.importModel(file, { parent: null, name: '', alphabet })
    expect(row).toMatchObject({ name: 'by-hand.safetensors', cell: reference.cell, status: 'finished', modelStep: 0 })
    const { T, B, H, L } = reference
    for (let b = 0; b < B; b++) {
      const trace = await lab.analysis.trace(
        { run: row.run },
        { text: textOf(reference, b), top: 1, skipUnknown: false },
      )
      expect(trace.tokens.join('')).toBe(textOf(reference, b))
      for (let t = 0; t < T; t++) {
        for (let unit = 0; unit < H; unit++) {
          const found = trace.hidden[(t * L + L - 1) * H + unit]
          expect(Math.abs(found - reference.top_hidden_TBH[t][b][unit])).toBeLessThan(STATE_TOLERANCE)
        }
      }
    }
  })

  it('of a window, and with an embedding, are known by their shapes', () => {
    const rows = (count: number, width: number) =>
      Array.from({ length: count }, () => Array(width).fill(0.25) as number[])
    const decoder = { 'decoder.weight': rows(5, 3), 'decoder.bias': Array(5).fill(0) as number[] }
    const window = {
      'hidden.0.weight': rows(3, 8),
      'hidden.0.bias': [0, 0, 0],
      'embedding.weight': rows(5, 2),
      ...decoder,
    }
    const model = readModel(writeFileOf(tensorFile({ parameters: window })), { tokens: 'jamo', symbols: [...'abcde'] })
    expect(model.shape).toEqual({ cell: 'window', window: 4, layers: 1, hidden: 3, vocabulary: 5, embedding: 2 })
    expect(model).toMatchObject({ tokens: 'jamo', vocabulary: [...'abcde'], reverse: false })
  })

  it('of 256 rows read bytes without a list of them', () => {
    const rows = Array.from({ length: 256 }, () => [0.5])
    const parameters = {
      'rnn.weight_ih_l0': [Array(256).fill(0.1) as number[]],
      'rnn.weight_hh_l0': [[0.5]],
      'rnn.bias_ih_l0': [0],
      'rnn.bias_hh_l0': [0],
      'decoder.weight': rows,
      'decoder.bias': Array(256).fill(0) as number[],
    }
    const model = readModel(writeFileOf(tensorFile({ parameters })), { tokens: 'byte', symbols: [] })
    expect(model.vocabulary).toEqual(BYTE_SYMBOLS)
  })
})

describe('what is wrong is told by name, and leaves nothing', () => {
  const engram = (symbols: string): Record<string, string> => ({
    engram: JSON.stringify({
      version: 1,
      cell: first.cell,
      layers: first.L,
      hidden: first.H,
      tokens: 'character',
      vocabulary: [...symbols],
    }),
  })
  const alphabet = { tokens: 'character' as const, symbols: [...alphabetOf(first)] }
  const short = { ...alphabet, symbols: alphabet.symbols.slice(1) }
  const twice = { ...alphabet, symbols: ['b', ...alphabet.symbols.slice(1)] }
  const bytes = { tokens: 'byte' as const, symbols: [] }
  const CASES_OF_WRONG = [
    ['no alphabet', tensorFile(first), null, errorOf('E_MODEL_ALPHABET', { symbols: first.V })],
    ['too short an alphabet', tensorFile(first), short, errorOf('E_ALPHABET_SIZE', { given: first.V - 1 })],
    ['a symbol twice', tensorFile(first), twice, errorOf('E_ALPHABET_TWICE', { symbol: '"b"' })],
    ['bytes', tensorFile(first), bytes, errorOf('E_ALPHABET_SIZE', { given: 256 })],
    [
      'an alphabet beside the file’s own',
      tensorFile(first, { metadata: engram(alphabetOf(first)) }),
      alphabet,
      errorOf('E_ALPHABET_NEEDLESS'),
    ],
    [
      'a missing tensor',
      tensorFile(first, { tensors: { 'rnn.bias_ih_l0': null } }),
      null,
      errorOf('E_MODEL', { fault: 'tensorMissing', tensor: 'rnn.bias_ih_l0' }),
    ],
    [
      'no decoder',
      tensorFile(first, { tensors: { 'decoder.weight': null } }),
      alphabet,
      errorOf('E_MODEL', { fault: 'tensorMissing', tensor: 'decoder.weight' }),
    ],
    [
      'a decoder that is no matrix',
      tensorFile(first, { tensors: { 'decoder.weight': [1, 2] } }),
      alphabet,
      errorOf('E_MODEL', { fault: 'tensorLengths', tensor: 'decoder.weight' }),
    ],
    [
      'a wrong shape',
      tensorFile(first, { tensors: { 'rnn.bias_hh_l0': [1, 2] } }),
      null,
      errorOf('E_MODEL', { fault: 'tensorShape', tensor: 'rnn.bias_hh_l0', found: '2', expected: String(first.H) }),
    ],
    [
      'an unknown tensor',
      tensorFile(first, { tensors: { 'lstm.weight_ih_l0': [1] } }),
      alphabet,
      errorOf('E_MODEL', { fault: 'tensorUnknown', tensor: 'lstm.weight_ih_l0' }),
    ],
    [
      'NaN',
      tensorFile(first, { tensors: { 'decoder.bias': Array(first.V).fill(NaN) as number[] } }),
      null,
      errorOf('E_MODEL', { fault: 'tensorNotFinite', tensor: 'decoder.bias' }),
    ],
    ['a header too long', Buffer.alloc(64, 0xff), alphabet, errorOf('E_MODEL', { fault: 'headerTooLarge' })],
    ['a text', Buffer.from('once upon a time'), alphabet, errorOf('E_MODEL', { fault: 'headerTooLarge' })],
    ['what torch.save writes', Buffer.from('PK\x03\x04 and a zip'), null, errorOf('E_MODEL', { fault: 'zip' })],
    ['nothing', Buffer.alloc(0), null, errorOf('E_MODEL', { fault: 'tooShort' })],
    [
      'metadata without a vocabulary',
      tensorFile(first, { metadata: { engram: '{"version":1}' } }),
      null,
      errorOf('E_MODEL', { fault: 'engramField' }),
    ],
  ] as const

  it.each(CASES_OF_WRONG)('%s', async (_what, content, given, expected) => {
    const { lab, directory } = await openTestLab()
    const file = writeFileOf(content)
    await expect(lab.carry.importModel(file, { parent: null, name: '', alphabet: given })).rejects.toEqual(expected)
    expect(readdirSync(join(directory, 'models'))).toEqual([])
    expect(await lab.runs.list()).toEqual([])
  })
})

it('the alphabet of a text is what a run on it would read', async () => {
  const { lab } = await openTestLab()
  const file = writeFileOf(Buffer.from('나나 가b\r\na'), 'text.txt')
  expect((await lab.corpora.alphabet(file, 'auto', 'character')).join('')).toBe('\n ab가나')
  expect(await lab.corpora.alphabet(file, 'auto', 'jamo')).toEqual(['\n', ' ', 'a', 'b', 'ᄀ', 'ᄂ', 'ᅡ'])
})
