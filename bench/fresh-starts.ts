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
import type { ModelShape, RecurrentCell, TokenIds } from '../src/engine'
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
  /** Perplexity of the texts read from zero over that of the validation; of all of them, and of the worst. */
  readonly ratio: number
  readonly worst: number
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
const kernel = kernelCode(KERNELS, chooseKernel(KERNELS, 'auto'))
const text = readFileSync(resolve(file), 'utf8').replace(/\r\n?/g, '\n').normalize('NFC')
const tokeniser = new Tokeniser('character', [...new Set(text)].sort())
const tokens: TokenIds = Uint16Array.from(tokeniser.encode(text))
const training = tokens.subarray(0, tokens.length - Math.floor(tokens.length * CONFIGURATION.validation))
const heldOut = tokens.subarray(training.length)
/** Places of the held-out text, evenly spaced, wherever they fall: within lines and words too. */
const starts = Array.from({ length: TEXTS }, (_, i) => Math.floor((i * (heldOut.length - CHARACTERS)) / (TEXTS - 1)))

/** Mean losses of the texts, nats per predicted character. */
function readFromZero(shape: ModelShape, parameters: Float32Array): readonly number[] {
  const { network, values } = createReader(shape, parameters, kernel)
  return starts.map((start) => {
    network.forward(values, heldOut.subarray(start, start + CHARACTERS - 1), network.createState(), CHARACTERS - 1)
    return network.loss(heldOut.subarray(start + 1, start + CHARACTERS)) / (CHARACTERS - 1)
  })
}

function train(cell: RecurrentCell, share: number, seed: number): Result {
  const configuration = { ...CONFIGURATION, cell, seed, freshStarts: share }
  const shape = shapeOf(configuration, tokeniser.size)
  const trainer = new Trainer({ ...trainerSettings(configuration, shape, steps), kernel }, training)
  for (let i = 0; i < steps; i++) trainer.step()
  const reading = trainer.validate(heldOut)
  let validation: number | null = null
  while (validation === null) validation = reading.next(trainer.parameters)
  const losses = readFromZero(shape, trainer.readParameters() as Float32Array)
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / TEXTS
  const ratio = Math.exp(mean - validation)
  return { cell, share, seed, steps, validation, ratio, worst: Math.exp(Math.max(...losses) - validation) }
}

const known = new Map<string, Result>()
const keyOf = ({ cell, share, seed, steps: of }: Omit<Result, 'validation' | 'ratio' | 'worst'>): string =>
  [cell, share, seed, of].join(' ')
if (kept !== undefined && existsSync(kept)) {
  for (const line of readFileSync(kept, 'utf8').split('\n').filter(Boolean)) {
    const result = JSON.parse(line) as Result
    known.set(keyOf(result), result)
  }
}

function resultOf(cell: RecurrentCell, share: number, seed: number): Result {
  const found = known.get(keyOf({ cell, share, seed, steps }))
  if (found) return found
  const result = train(cell, share, seed)
  if (kept !== undefined) appendFileSync(kept, `${JSON.stringify(result)}\n`)
  const figures = `${result.validation.toFixed(4)} nats, read from zero ${result.ratio.toFixed(3)}`
  process.stderr.write(`${cell}, share ${share}, seed ${seed}: ${figures}, the worst text ${result.worst.toFixed(2)}\n`)
  return result
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const deviationOf = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + (value - meanOf(values)) ** 2, 0) / Math.max(1, values.length - 1))
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`

/** One line of a cell and share; whether it keeps to both bounds. */
function report(cell: RecurrentCell, share: number, results: readonly Result[], before: readonly Result[]): boolean {
  const lost = before.map(({ validation }, i) => results[i].validation - validation)
  const largest = Math.max(...results.map(({ ratio }) => ratio))
  const isMet = largest <= MOST_RATIO && (lost.length === 0 || meanOf(lost) <= MOST_LOST)
  const difference = lost.length === 0 ? '' : ` (${signed(meanOf(lost))} ± ${deviationOf(lost).toFixed(4)})`
  const validation = `${meanOf(results.map((result) => result.validation)).toFixed(4)}${difference}`
  const ratios = `${meanOf(results.map(({ ratio }) => ratio)).toFixed(3)} on average, ${largest.toFixed(3)} at most`
  process.stdout.write(`${cell}, share ${share}: ${validation}, read from zero ${ratios}${isMet ? '' : ', not met'}\n`)
  return isMet
}

process.stdout.write(
  `${steps} steps, B ${CONFIGURATION.batch}, T ${CONFIGURATION.sequence}, ${CONFIGURATION.hidden} units, ${kernel.name}\n`,
)
// Seeds first: stopped early, it has whole pairs.
const results: Result[] = []
for (let seed = 1; seed <= Number(seedsWord); seed++) {
  for (const cell of cells) for (const share of shares) results.push(resultOf(cell, share, seed))
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
