/** What the options of `train` do to a run, as its document and points show it. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { configurationOf, TRAIN_OPTIONS } from '../../src/cli/commands/train-options'
import { parseArguments } from '../../src/cli/frame/parse-arguments'
import type { RunDetail, RunPoint } from '../../src/shared'
import { temporaryDirectory } from '../lab/support/temporary'
import { openTestLab, STORIES } from '../lab/support/test-lab'
import { documentOf, runCommand, runProcess } from './support/command-line'

const TEXT = join(STORIES, 'rhymes.en.txt')
const train = (...words: string[]): string[] => [
  ...['train', '--corpus', TEXT, '--hidden', '8', '--batch', '4', '--sequence', '8'],
  ...words,
]

interface TrainDocument {
  readonly run: string
  readonly status: string
  readonly steps: number
  readonly digest: string
  readonly model: string
  readonly seconds: number
  readonly charactersPerSecond: number
  readonly trainLoss: number
  readonly validationLoss: number
}

type ShownRun = RunDetail & { readonly points: readonly RunPoint[] }

async function pointsOf(directory: string, words: readonly string[]): Promise<readonly RunPoint[]> {
  const { run } = await documentOf<TrainDocument>(words, directory)
  return (await documentOf<ShownRun>(['runs', 'show', run], directory)).points
}

describe('the learning rate', () => {
  const ratesOf = async (...words: string[]): Promise<number[]> =>
    (await pointsOf(temporaryDirectory(), train('--steps', '12', '--learning-rate', '0.1', ...words))).map(
      ({ learningRate }) => learningRate,
    )

  it('is constant, or rises first', async () => {
    expect(await ratesOf()).toEqual(Array(12).fill(0.1))
    expect(await ratesOf('--warm-up', '4')).toEqual(
      [0.025, 0.05, 0.075, ...Array<number>(9).fill(0.1)].map((rate) => expect.closeTo(rate, 12) as number),
    )
  })

  it('falls by the cosine to nothing at the last step', async () => {
    const expected = Array.from({ length: 12 }, (_, i) =>
      i < 2 ? (0.1 * (i + 1)) / 2 : 0.05 * (1 + Math.cos((Math.PI * (i - 1)) / 10)),
    )
    const found = await ratesOf('--schedule', 'cosine', '--warm-up', '2')
    found.forEach((rate, i) => expect(rate).toBeCloseTo(expected[i], 14))
  })

  it('falls in steps', async () => {
    const found = await ratesOf('--schedule', 'step', '--decay-every', '5', '--decay', '0.5')
    const expected = [0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025]
    found.forEach((rate, i) => expect(rate).toBeCloseTo(expected[i], 14))
    const usual = await ratesOf('--schedule', 'step')
    expect(usual[3]).toBeCloseTo(0.1, 14)
    expect(usual[4]).toBeCloseTo(0.01, 14)
  })

  it('keeps the length of the first configuration when a run goes on', async () => {
    const directory = temporaryDirectory()
    const words = train('--steps', '4', '--schedule', 'cosine', '--learning-rate', '0.1')
    const { run } = await documentOf<TrainDocument>(words, directory)
    const more = await documentOf<TrainDocument>(['train', '--resume', run, '--steps', '6'], directory)
    expect(more.steps).toBe(6)
    const { points } = await documentOf<ShownRun>(['runs', 'show', run], directory)
    expect(points.slice(3).map(({ learningRate }) => learningRate)).toEqual([0, 0, 0])
  })
})

describe('the end', () => {
  it('of --epochs is as many readings of the text', async () => {
    const directory = temporaryDirectory()
    const characters = [...readFileSync(TEXT, 'utf8').normalize('NFC')].length
    const trained = characters - Math.floor(characters * 0.1)
    const { steps } = await documentOf<TrainDocument>(train('--epochs', '2'), directory)
    expect(steps).toBe(2 * Math.floor(Math.floor((trained - 1) / 4) / 8))
  })

  it('of a finished run without more steps is no resuming', async () => {
    const directory = temporaryDirectory()
    const { run } = await documentOf<TrainDocument>(train('--steps', '5'), directory)
    for (const words of [[], ['--steps', '5'], ['--steps', '3']]) {
      const refused = await runCommand(['train', '--resume', run, ...words], directory)
      expect(refused).toMatchObject({ code: 1, stdout: '' })
      expect(refused.stderr).toMatch(/^error: Run \w+ is finished, so it cannot go on to step [35] from 5/)
    }
  })

  it('comes when patience runs out, and the best parameters stay beside the last', async () => {
    const directory = temporaryDirectory()
    const best = join(directory, 'best.safetensors')
    const words = train(
      ...['--steps', '4000', '--learning-rate', '0.05', '--validate-every', '20', '--patience', '3'],
      ...['--out', best, '--best'],
    )
    const trained = await documentOf<TrainDocument>(words, directory)
    expect(trained).toMatchObject({ status: 'finished', model: best })
    const { points } = await documentOf<ShownRun>(['runs', 'show', trained.run], directory)
    // A validation is kept with the point after it, the last one with the last point.
    const validations = points.flatMap(({ step, validationLoss }) =>
      validationLoss === null ? [] : [{ step: step - (step % 20), loss: validationLoss }],
    )
    const smallest = Math.min(...validations.map(({ loss }) => loss))
    const at = validations.findIndex(({ loss }) => loss === smallest)
    expect(validations.slice(at)).toHaveLength(4)
    expect(trained.steps).toBe(validations[at].step + 60)
    expect(trained).toMatchObject({ bestStep: validations[at].step, bestValidationLoss: smallest })
    const path = join(directory, 'models', trained.run, `${validations[at].step}.safetensors`)
    expect(readFileSync(best).equals(readFileSync(path))).toBe(true)
    const last = join(directory, 'models', trained.run, `${trained.steps}.safetensors`)
    expect(readFileSync(best).equals(readFileSync(last))).toBe(false)
  })

  it('of a run whose steps are far too large is told, with finite parameters', async () => {
    const directory = temporaryDirectory()
    const words = train('--steps', '500', '--optimizer', 'sgd', '--learning-rate', '1e38', '--clip', '0', '--json')
    const { code, stdout, stderr } = await runCommand(words, directory)
    const document = JSON.parse(stdout) as TrainDocument
    expect(code).toBe(1)
    expect(document).toMatchObject({ status: 'diverged', nonFinite: true })
    expect(stderr).toMatch(
      /\nerror: run \w+ diverged: train it anew with a lower --learning-rate or a tighter --clip\n$/,
    )
    const { points } = await documentOf<ShownRun>(['runs', 'show', document.run], directory)
    expect(points.at(-1)).toMatchObject({ step: document.steps, nonFinite: true })
    const trace = await documentOf<{ loss: number }>(['trace', '--run', document.run, '--text', 'the'], directory)
    expect(Number.isFinite(trace.loss)).toBe(true)
  })
})

/** Every option that changes what is learnt gives other parameters than the same run without it. */
describe('an option', () => {
  const BASE = ['--steps', '12', '--cell', 'lstm', '--layers', '2', '--validate-every', '5']

  it('changes the parameters, each in its own way', async () => {
    const { lab } = await openTestLab()
    const options: readonly (readonly string[])[] = [
      [],
      ['--hidden=9'],
      ['--layers=1'],
      ['--cell=gru'],
      ['--embedding=3'],
      ['--dropout=0.3'],
      ['--dropout=0.3', '--layers=1'],
      ['--fresh-starts=0.5'],
      ['--fresh-starts=1'],
      ['--batch=5'],
      ['--sequence=9'],
      ...['sgd', 'momentum', 'rmsprop', 'adagrad', 'adamw'].map((name) => [`--optimizer=${name}`]),
      ['--optimizer=momentum', '--momentum=0.5'],
      ['--optimizer=rmsprop', '--alpha=0.5'],
      ['--optimizer=adamw', '--weight-decay=0.5'],
      ['--learning-rate=0.01'],
      ['--clip=0.001'],
      ['--initialisation=orthogonal'],
      ['--initialisation=identity'],
      ['--gate-bias=1'],
      ['--reverse'],
      ['--validation=0.3'],
      ['--tokens=byte'],
      ['--seed=2'],
    ]
    const digests = new Map<string, string>()
    for (const words of options) {
      const names = words.map((word) => word.split('=')[0])
      const usual = train(...BASE).slice(1)
      for (const name of names) if (usual.includes(name)) usual.splice(usual.indexOf(name), 2)
      const configuration = configurationOf(parseArguments(TRAIN_OPTIONS, [...usual, ...words]).options)
      const started = await lab.training.start({ files: [TEXT], encoding: 'auto', configuration, name: '', probe: '' })
      const { digest } = await lab.training.settled(started.run)
      expect(digests.get(digest ?? ''), words.join(' ')).toBeUndefined()
      digests.set(digest ?? '', words.join(' '))
    }
  })

  it('of kernels of one rounding changes nothing', async () => {
    const directory = temporaryDirectory()
    const digests = []
    for (const kernel of ['relaxed-simd', 'relaxed-simd-256']) {
      digests.push((await documentOf<TrainDocument>(train(...BASE, '--kernel', kernel), directory)).digest)
    }
    expect(digests[0]).toBe(digests[1])
  })
})

describe('a text that is changed on the way', () => {
  it('is told of, once the run has its name', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'poem.txt')
    const lines = '똠방각하 나는 사과를\r\n'.repeat(40)
    writeFileSync(file, `\ufeff${lines}`.normalize('NFD'))
    const words = ['train', '--corpus', file, '--hidden', '4', '--batch', '2', '--sequence', '8', '--steps', '2']
    const { code, stderr } = await runCommand(words, directory)
    expect(code).toBe(0)
    expect(stderr).toBe(
      `${/^run \w+$/m.exec(stderr)?.[0]}\npoem.txt: 40 line ends made LF, 360 characters composed (NFC), ` +
        'the byte order mark left out\n',
    )
  })

  it('is told of by what only counts in it or predicts it, when it was guessed to be CP949', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'poem.txt')
    writeFileSync(file, iconv.encode('똠방각하 나는 사과를\r\n'.repeat(40), 'cp949'))
    const small = ['--hidden', '4', '--batch', '2', '--sequence', '8', '--steps', '2']
    const { run } = await documentOf<TrainDocument>(['train', '--corpus', file, ...small], directory)
    for (const words of [['eval', '--run', run], ['baseline']]) {
      const { code, stderr } = await runCommand([...words, '--corpus', file], directory)
      expect(code).toBe(0)
      expect(stderr).toBe('poem.txt: read as CP949, 40 line ends made LF\n')
    }
  })

  it('counts characters, not jamo, in its speed', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'poem.txt')
    writeFileSync(file, `${'각'.repeat(1000)}\n`)
    const words = [...['--hidden', '4', '--batch', '2', '--sequence', '8', '--steps', '3'], '--tokens', 'jamo']
    const trained = await documentOf<TrainDocument>(['train', '--corpus', file, ...words], directory)
    const characters = (3 * 2 * 8 * 1001) / 3001
    expect(trained.charactersPerSecond).toBeCloseTo(characters / trained.seconds, 4)
  })
})

describe('what is written without a prompt', () => {
  it('begins with the most frequent token where the text has no line end', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'line.txt')
    writeFileSync(file, ' ba'.repeat(50) + 'b'.repeat(40))
    const words = ['train', '--corpus', file, '--hidden', '4', '--batch', '2', '--sequence', '8', '--steps', '2']
    const { run } = await documentOf<TrainDocument>(words, directory)
    expect(await documentOf(['sample', '--run', run, '--length', '3'], directory)).toMatchObject({ prompt: 'b' })
  })
})

describe('a disk that may be too small', () => {
  const onDisk = (freeBytes: number): NodeJS.ProcessEnv => ({
    NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'support/little-room.mjs')).href}`,
    FREE_BYTES: String(freeBytes),
  })
  const WARNING = new RegExp(
    '^this run may write up to (\\d+\\.\\d) MiB, and 0\\.1 MiB is free on the disk: ' +
      'if it fills, the run pauses and waits a minute for room\\nrun \\w+\\n',
  )

  it('is warned of in one line before a run begins, goes on, or is repeated', async () => {
    const directory = temporaryDirectory()
    const begun = await runProcess([...train('--steps', '400'), '--json'], directory, onDisk(100_000))
    expect(begun.stderr).toMatch(WARNING)
    const { run } = JSON.parse(begun.stdout) as TrainDocument
    const resumed = await runProcess(['train', '--resume', run, '--steps', '3000'], directory, onDisk(100_000))
    expect(resumed.stderr).toMatch(WARNING)
    const repeated = await runProcess(['runs', 'repeat', run], directory, onDisk(100_000))
    expect(repeated.stderr).toMatch(WARNING)
    expect([begun.code, resumed.code, repeated.code]).toEqual([0, 0, 0])
  })

  it('is not spoken of where there is room, and refused where not even two checkpoints fit', async () => {
    const directory = temporaryDirectory()
    const ample = await runProcess(train('--steps', '5'), directory, onDisk(1e9))
    expect([ample.code, ample.stderr.split('\n')[0]]).toEqual([0, expect.stringMatching(/^run /)])
    const none = await runProcess(train('--steps', '5'), directory, onDisk(1000))
    expect([none.code, none.stdout]).toEqual([1, ''])
    expect(none.stderr).toMatch(/^error: .* is needed here and 1 MiB is free/)
  })
})
