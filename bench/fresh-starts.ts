/**
 * How large the share of fresh starts should be: networks of 64 units trained with the same seeds and several shares, then
 * compared by their loss on the held-out text and by how well they read short texts from a zero state.
 *
 *     npm run bench -- fresh-starts TEXT [STEPS [SEEDS [CELLS [SHARES [RESULTS]]]]]
 *
 * TEXT is a text of about a megabyte, such as Tiny Shakespeare; CELLS and SHARES are lists with commas, and 0 is the share
 * that the others are compared with. RESULTS is a file that keeps what was computed: the same command continues from it.
 * docs/decisions/0010-dropout-and-fresh-starts.md has the figures.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createReader, Tokeniser, Trainer } from '../src/engine'
import type { Reader, RecurrentCell, TokenIds } from '../src/engine'
import { chooseKernel, kernelCode } from '../src/lab/kernels/choose-kernel'
import { enableWideVectors } from '../src/lab/kernels/wide-vectors'
import { shapeOf, trainerSettings } from '../src/lab/training/training-plan'
import { DEFAULT_CONFIGURATION } from '../src/shared'
import type { RunConfiguration } from '../src/shared'

const KERNELS = resolve('out/kernels')
/** Texts that are read from a zero state, their characters, and the most their perplexity may be of the validation's. */
const TEXTS = 20
const CHARACTERS = 32
const MOST_RATIO = 1.5
/** Nats per character that the validation may lose on average. */
const MOST_LOST = 0.01

interface Result {
  readonly cell: RecurrentCell
  readonly share: number
  readonly seed: number
  readonly steps: number
  /** Nats per character. */
  readonly validation: number
  /** Perplexity of the texts read from zero over that of the validation: from any place, and from a line's beginning. */
  readonly anywhere: number
  readonly lines: number
  /** The same of one text behind each symbol of the alphabet, the largest; and that symbol. */
  readonly first: number
  readonly symbol: string
}

const [
  ,
  ,
  file,
  stepsWord = '2000',
  seedsWord = '10',
  cellsWord = 'vanilla,lstm,gru',
  sharesWord = '0,0.02,0.05,0.1',
  kept,
] = process.argv
if (file === undefined) {
  throw new Error('name the text: npm run bench -- fresh-starts TEXT [STEPS [SEEDS [CELLS [SHARES [RESULTS]]]]]')
}
const steps = Number(stepsWord)
const cells = cellsWord.split(',') as RecurrentCell[]
const shares = sharesWord.split(',').map(Number)
const CONFIGURATION: RunConfiguration = { ...DEFAULT_CONFIGURATION, hidden: 64, workers: 1, validation: 0.1 }

enableWideVectors()
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const kernel = kernelCode(KERNELS, chooseKernel(KERNELS, 'auto'))
const text = readFileSync(resolve(file), 'utf8').replace(/\r\n?/g, '\n').normalize('NFC')
const tokeniser = new Tokeniser('character', [...new Set(text)].sort())
const tokens: TokenIds = Uint16Array.from(tokeniser.encode(text))
const training = tokens.subarray(0, tokens.length - Math.floor(tokens.length * CONFIGURATION.validation))
const heldOut = tokens.subarray(training.length)
/** Behind a first symbol. */
const FOLLOWING = tokeniser.encode('the king is not here to see it', true)
/** Places of the held-out text, evenly spaced, wherever they fall: within lines and words too. */
const places = Array.from({ length: TEXTS }, (_, i) =>
  Math.floor((i * (heldOut.length - 10 * CHARACTERS)) / (TEXTS - 1)),
)
const lineEnd = tokeniser.encode('\n')[0]
const textAt = (place: number): TokenIds => heldOut.subarray(place, place + CHARACTERS)
const ANYWHERE = places.map(textAt)
const LINES = places.map((place) => textAt(heldOut.indexOf(lineEnd, place) + 1))
const SYMBOLS = tokeniser.symbols.map((_, token): TokenIds => Uint16Array.from([token, ...FOLLOWING]))

/** Mean losses of the texts, each read from a zero state, nats per predicted character. */
function readFromZero({ network, values }: Reader, texts: readonly TokenIds[]): readonly number[] {
  return texts.map((ids) => {
    network.forward(values, ids.subarray(0, -1), network.createState(), ids.length - 1)
    return network.loss(ids.subarray(1)) / (ids.length - 1)
  })
}

async function train(cell: RecurrentCell, share: number, seed: number): Promise<Result> {
  const configuration = { ...CONFIGURATION, cell, seed, freshStarts: share }
  const shape = shapeOf(configuration, tokeniser.size)
  const trainer = new Trainer({ ...trainerSettings(configuration, shape, steps), kernel }, training)
  for (let i = 0; i < steps; i++) {
    trainer.step()
    if (i % 50 === 0) await new Promise((resume) => setImmediate(resume)) // so that Ctrl-C is heard
  }
  const reading = trainer.validate(heldOut)
  let validation: number | null = null
  while (validation === null) validation = reading.next(trainer.parameters)
  const reader = createReader(shape, trainer.readParameters() as Float32Array, kernel)
  const ratioOf = (loss: number): number => Math.exp(loss - (validation ?? NaN))
  const [anywhere, lines] = [ANYWHERE, LINES].map((texts) => ratioOf(meanOf(readFromZero(reader, texts))))
  const bySymbol = readFromZero(reader, SYMBOLS)
  const largest = Math.max(...bySymbol)
  const symbol = tokeniser.symbols[bySymbol.indexOf(largest)]
  return { cell, share, seed, steps, validation, anywhere, lines, first: ratioOf(largest), symbol }
}

const known = new Map<string, Result>()
const keyOf = ({ cell, share, seed, steps: of }: Pick<Result, 'cell' | 'share' | 'seed' | 'steps'>): string =>
  [cell, share, seed, of].join(' ')
if (kept !== undefined && existsSync(kept)) {
  for (const line of readFileSync(kept, 'utf8').split('\n').filter(Boolean)) {
    const result = JSON.parse(line) as Result
    known.set(keyOf(result), result)
  }
}

async function resultOf(cell: RecurrentCell, share: number, seed: number): Promise<Result> {
  const found = known.get(keyOf({ cell, share, seed, steps }))
  if (found) return found
  const result = await train(cell, share, seed)
  if (kept !== undefined) appendFileSync(kept, `${JSON.stringify(result)}\n`)
  const { validation, anywhere, lines, first, symbol } = result
  process.stderr.write(
    `${cell}, share ${share}, seed ${seed}: ${validation.toFixed(4)} nats, read from zero ${anywhere.toFixed(3)}, ` +
      `from a line's beginning ${lines.toFixed(3)}, behind ${JSON.stringify(symbol)} ${first.toFixed(2)}\n`,
  )
  return result
}

const deviationOf = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - meanOf(values)) ** 2, 0) / Math.max(1, values.length - 1))
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`

/** One line of a cell and share; whether it keeps to both bounds. */
function report(cell: RecurrentCell, share: number, results: readonly Result[], before: readonly Result[]): boolean {
  const lost = before.map(({ validation }, i) => results[i].validation - validation)
  const ratios = results.map(({ anywhere, lines }) => Math.max(anywhere, lines))
  const largest = Math.max(...ratios)
  const isMet = largest <= MOST_RATIO && (lost.length === 0 || meanOf(lost) <= MOST_LOST)
  const difference = lost.length === 0 ? '' : ` (${signed(meanOf(lost))} ± ${deviationOf(lost).toFixed(4)})`
  const validation = `${meanOf(results.map((result) => result.validation)).toFixed(4)}${difference}`
  const read = `${meanOf(ratios).toFixed(3)} on average, ${largest.toFixed(3)} at most`
  const first = Math.max(...results.map((result) => result.first)).toFixed(2)
  process.stdout.write(
    `${cell}, share ${share}: ${validation}, read from zero ${read}, behind any symbol ${first} at most` +
      `${isMet ? '' : ', not met'}\n`,
  )
  return isMet
}

process.stdout.write(
  `${steps} steps, B ${CONFIGURATION.batch}, T ${CONFIGURATION.sequence}, ${CONFIGURATION.hidden} units, ${kernel.name}\n`,
)
// Seeds first: stopped early, it has whole pairs.
const results: Result[] = []
for (let seed = 1; seed <= Number(seedsWord); seed++) {
  for (const cell of cells) for (const share of shares) results.push(await resultOf(cell, share, seed))
}
let isMet = true
for (const cell of cells) {
  const of = (wanted: number): Result[] => results.filter((one) => one.cell === cell && one.share === wanted)
  for (const share of shares) {
    const keeps = report(cell, share, of(share), of(0))
    isMet &&= keeps || share === 0
  }
}
if (!isMet) process.exitCode = 1
