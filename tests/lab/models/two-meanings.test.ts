/**
 * The bundled networks take from what stands before a word which of its two meanings is meant. The openings are drawn by the
 * grammar of the text with seeds that the text wasn't written with.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAppleSentences } from '../../../scripts/apple/apple-ko.mjs'
import { createDateSentences } from '../../../scripts/apple/date-en.mjs'
import { createRandom } from '../../../scripts/texts/random.mjs'
import { createReader, traceNetwork } from '../../../src/engine'
import { readModel } from '../../../src/lab/models/model-file'
import { RESOURCES } from '../support/test-lab'

const OPENINGS = 100
const SEED = 7_000_001
/** Nats by which the openings of one meaning move the choice of the verb, in the mean. */
const LEAST_DIFFERENCE = 2

function openModel(file: string) {
  const { shape, parameters, vocabulary, reverse } = readModel(join(RESOURCES, 'models', file))
  const reader = createReader(shape, parameters)
  const indexOf = (symbol: string): number => {
    const index = vocabulary.indexOf(symbol)
    if (index < 0) throw new Error(`the alphabet of ${file} lacks “${symbol}”`)
    return index
  }
  /** Reads from a zero state, in the network's own direction. */
  const read = (text: string) => {
    const symbols = reverse ? [...text].reverse() : [...text]
    const trace = traceNetwork(reader, Uint32Array.from(symbols, indexOf))
    const at = (t: number, symbol: string): number => trace.probabilities[t * shape.vocabulary + indexOf(symbol)]
    return { ...trace, symbols, at }
  }
  return { read }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

describe.each([
  { file: 'apple.ko.safetensors', create: createAppleSentences, one: '갖', other: '받' },
  { file: 'date.en.safetensors', create: createDateSentences, one: 'e', other: 'k' },
])('the verb that $file expects', ({ file, create, one, other }) => {
  const { read } = openModel(file)

  /** The mean of ln p(one) − ln p(other) after openings of a kind. */
  function lean(kind: string, seed: number): number {
    const { opening } = create(createRandom(seed))
    const drawn = Array.from({ length: OPENINGS }, () => opening(kind))
    return mean(
      drawn.map((text) => {
        const { at, symbols } = read(text)
        return Math.log(at(symbols.length - 1, one)) - Math.log(at(symbols.length - 1, other))
      }),
    )
  }

  it(`is more “${one}” than “${other}” after hunger or a market, against a fault or a quarrel`, () => {
    const [hunger, market, fault, quarrel] = ['hunger', 'market', 'fault', 'quarrel'].map((kind, i) =>
      lean(kind, SEED + i),
    )
    expect(Math.min(hunger, market) - Math.max(fault, quarrel)).toBeGreaterThan(LEAST_DIFFERENCE)
  })
})

describe.each([
  {
    text: '나는 사과를 갖고 싶다.',
    forward: 'apple.ko.safetensors',
    backward: 'apple.ko.reverse.safetensors',
    verbs: ['갖', '받', '먹', '했'],
  },
  {
    text: 'I have a date to keep.',
    forward: 'date.en.safetensors',
    backward: 'date.en.reverse.safetensors',
    verbs: ['k', 'e'],
  },
])('“$text”', ({ text, forward, backward, verbs }) => {
  /** Perplexity below 4 a character: a guess among four, of an alphabet of 40 to 220. */
  const MOST_LOSS = Math.log(4)

  it('is read by the networks of both directions', () => {
    for (const file of [forward, backward]) expect(openModel(file).read(`${text}\n`).loss).toBeLessThan(MOST_LOSS)
  })

  it('leaves its verb open: each that may follow is expected, and together they are nearly all', () => {
    const before = text.slice(0, text.search(/갖|keep/))
    const { at, symbols } = openModel(forward).read(before)
    const shares = verbs.map((verb) => at(symbols.length - 1, verb))
    for (const share of shares) expect(share).toBeGreaterThan(0.02)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(0.5)
  })

  it('is what the room of that language opens with', () => {
    const index = JSON.parse(readFileSync(join(RESOURCES, 'models', 'index.json'), 'utf8')) as readonly {
      readonly file: string
      readonly text: string
    }[]
    expect(index.find(({ file }) => file === forward)?.text).toBe(text)
    expect(index.find(({ file }) => file === backward)?.text).toBe([...text].reverse().join(''))
  })
})
