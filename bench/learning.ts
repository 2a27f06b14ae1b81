/**
 * Whether networks learn as PyTorch's do: the curves of `reference/learning.json` (four networks, three seeds each) again,
 * through the command line with its default kernel. Fails where a median differs by more than is said here.
 *
 *     npm run bench -- learning BOOK [CELL]
 *
 * BOOK is Tiny Shakespeare, the text of the reference; it takes some minutes.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

interface Mark {
  readonly step: number
  readonly trainLoss: number
  readonly validationLoss: number
}

interface Case {
  readonly cell: string
  readonly hidden: number
  readonly layers: number
  readonly batch: number
  readonly sequence: number
  readonly steps: number
  readonly learningRate: number
  readonly vocabulary: number
  readonly seeds: readonly (readonly Mark[])[]
}

interface Trained {
  readonly run: string
  readonly vocabularySize: number
  readonly validationLoss: number
  readonly kernel: string
}

/** Nats between the medians: chance alone moves a validation by about a hundredth, the middle of a curve by more. */
const VALIDATION_TOLERANCE = 0.03
const TRAINING_TOLERANCE = 0.05
/** The reference's training loss is the mean of so many steps. */
const MEAN_OVER = 100
const TRAINING_STEPS = [500, 1000]

const [, , book, onlyCell] = process.argv
if (book === undefined) throw new Error('name the book: npm run bench -- learning BOOK [CELL]')
const reference = JSON.parse(readFileSync(resolve('tests/engine/reference/learning.json'), 'utf8')) as {
  readonly cases: readonly Case[]
}
const directory = mkdtempSync(join(tmpdir(), 'engram-learning-'))

function lab<Document>(...words: string[]): Document {
  const all = [resolve('out/main/cli.cjs'), ...words, '--json', '--data-dir', directory]
  return JSON.parse(execFileSync(process.execPath, all, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
}

function curveOf(setting: Case, seed: number): { readonly kernel: string; readonly marks: readonly Mark[] } {
  const { cell, hidden, layers, batch, sequence, steps, learningRate } = setting
  // PyTorch's curves are of states that are carried throughout.
  const exact = { 'learning-rate': learningRate, 'fresh-starts': 0 }
  const options = { cell, hidden, layers, batch, sequence, steps, seed, ...exact }
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const trained = lab<Trained>('train', '--corpus', resolve(book), ...words)
  if (trained.vocabularySize !== setting.vocabulary) throw new Error('this is not the text of the reference')
  const { points } = lab<{ readonly points: readonly Mark[] }>('runs', 'show', trained.run)
  const marks = TRAINING_STEPS.map((step): Mark => {
    const recent = points.filter((point) => point.step > step - MEAN_OVER && point.step <= step)
    const { validationLoss } = points[step - 1]
    return { step, trainLoss: recent.reduce((sum, point) => sum + point.trainLoss, 0) / recent.length, validationLoss }
  })
  return { kernel: trained.kernel, marks: [...marks, { step: steps, trainLoss: NaN, ...trained }] }
}

const medianOf = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

/** One line; whether the medians are near enough. */
function compare(what: string, found: readonly number[], expected: readonly number[], tolerance: number): boolean {
  const difference = medianOf(found) - medianOf(expected)
  const isNear = Math.abs(difference) <= tolerance
  const [ours, theirs] = [found, expected].map(
    (values) => `${medianOf(values).toFixed(4)} (${values.map((value) => value.toFixed(4)).join(' ')})`,
  )
  const sign = difference < 0 ? '−' : '+'
  process.stdout.write(
    `  ${what.padEnd(20)} ${ours}  PyTorch ${theirs}  ${sign}${Math.abs(difference).toFixed(4)}` +
      `${isNear ? '' : `, more than ${tolerance}`}\n`,
  )
  return isNear
}

let isAllNear = true
try {
  for (const setting of reference.cases.filter(({ cell }) => onlyCell === undefined || cell === onlyCell)) {
    const { cell, hidden, layers, batch, sequence, steps, seeds } = setting
    const curves = seeds.map((_, i) => curveOf(setting, i + 1))
    process.stdout.write(`${cell} H${hidden} L${layers} B${batch} T${sequence}, ${curves[0].kernel}\n`)
    const at = (step: number, name: 'trainLoss' | 'validationLoss', marks: readonly Mark[]): number =>
      marks.find((mark) => mark.step === step)?.[name] ?? NaN
    const lines = [
      ...TRAINING_STEPS.map((step) => ['training', 'trainLoss', step, TRAINING_TOLERANCE] as const),
      ['held out', 'validationLoss', steps, VALIDATION_TOLERANCE] as const,
    ]
    for (const [what, name, step, tolerance] of lines) {
      const found = curves.map(({ marks }) => at(step, name, marks))
      const expected = seeds.map((marks) => at(step, name, marks))
      isAllNear = compare(`${what}, step ${step}`, found, expected, tolerance) && isAllNear
    }
  }
} finally {
  rmSync(directory, { recursive: true, force: true })
}
if (!isAllNear) process.exitCode = 1
