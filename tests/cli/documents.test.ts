/** Every command's document has DESIGN's fields; the same seed gives the same bits, whatever happened on the way. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunDetail, RunPoint, RunRow } from '../../src/shared'
import { temporaryDirectory } from '../lab/support/temporary'
import { openTestLab, RESOURCES, STORIES } from '../lab/support/test-lab'
import { documentOf, runCommand, startCommand } from './support/command-line'

const TEXT = join(STORIES, 'rhymes.en.txt')
const LETTERS = join(RESOURCES, 'patterns', 'letters-16.txt')
const SHAPE = ['--hidden', '8', '--batch', '4', '--sequence', '8', '--validate-every', '50']
const train = (...words: string[]): string[] => ['train', '--corpus', TEXT, ...SHAPE, ...words]
const SHORT = train('--steps', '120')
/** Some seconds: long enough to be interfered with. */
const LONG = train('--cell', 'gru', '--steps', '8000', '--checkpoint-every', '0.2')

interface TrainDocument {
  readonly run: string
  readonly status: string
  readonly steps: number
  readonly digest: string
  readonly model: string
  readonly trainLoss: number
  readonly validationLoss: number
}

type ShownRun = RunDetail & { readonly points: readonly RunPoint[] }

describe('documents', () => {
  it('of train, runs, trace, sample and doctor', async () => {
    const directory = temporaryDirectory()
    const trained = await documentOf<TrainDocument>(
      [...SHORT, '--name', '한글 "x"', '--tag', 'a', '--tag=b'],
      directory,
    )
    expect(Object.keys(trained)).toEqual([
      'run',
      'status',
      'steps',
      'parameters',
      'vocabularySize',
      'trainLoss',
      'validationLoss',
      'bestValidationLoss',
      'bestStep',
      'bitsPerCharacter',
      'charactersPerSecond',
      'seconds',
      'kernel',
      'workers',
      'digest',
      'model',
    ])
    expect(trained).toMatchObject({ status: 'finished', steps: 120, kernel: expect.stringMatching(/simd/), workers: 1 })
    expect(existsSync(trained.model)).toBe(true)

    const rows = await documentOf<RunRow[]>(['runs', 'list'], directory)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      run: trained.run,
      kind: 'training',
      status: 'finished',
      reason: null,
      name: '한글 "x"',
    })
    expect(rows[0]).toMatchObject({
      cell: 'vanilla',
      hidden: 8,
      steps: 120,
      validationLoss: trained.validationLoss,
      tags: ['a', 'b'],
    })

    const shown = await documentOf<ShownRun>(['runs', 'show', trained.run], directory)
    expect(shown).toMatchObject({
      run: trained.run,
      pid: null,
      configuration: { hidden: 8, steps: 120 },
      versions: { shell: 'cli' },
    })
    expect(shown.machine).toHaveProperty('processor')
    expect(shown.points.map(({ step }) => step)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1))
    expect(shown.points[119]).toEqual({
      step: 120,
      trainLoss: expect.any(Number) as number,
      minTrainLoss: shown.points[119].trainLoss,
      maxTrainLoss: shown.points[119].trainLoss,
      validationLoss: trained.validationLoss,
      gradientNorm: expect.any(Number) as number,
      learningRate: 0.002,
      charactersPerSecond: expect.any(Number) as number,
      nonFinite: false,
    })

    const model = ['--run', trained.run]
    const trace = await documentOf<Record<string, unknown> & { steps: Record<string, unknown>[] }>(
      ['trace', ...model, '--text', 'the', '--top', '2'],
      directory,
    )
    expect(Object.keys(trace)).toEqual(['model', 'tokens', 'steps', 'loss'])
    expect(Object.keys(trace.model as object)).toEqual(['cell', 'layers', 'hidden', 'vocabularySize', 'parameters'])
    expect(trace.tokens).toEqual(['t', 'h', 'e'])
    expect(trace.steps.map(({ t, token }) => [t, token])).toEqual([
      [1, 't'],
      [2, 'h'],
      [3, 'e'],
    ])
    expect(trace.steps[0]).toMatchObject({ cell: null, gates: [{}] })
    expect((trace.steps[0].hidden as number[][])[0]).toHaveLength(8)
    expect(trace.steps[0].next).toHaveLength(2)
    expect(trace.steps[0]).not.toHaveProperty('logits')
    expect(trace.steps[2].probability).toBeNull()
    const full = await documentOf<{ steps: { logits: number[] }[] }>(
      ['trace', ...model, '--text=a', '--full'],
      directory,
    )
    expect(full.steps[0].logits).toHaveLength((trace.model as { vocabularySize: number }).vocabularySize)
    expect(full).toMatchObject({ loss: null })

    const gradients = await documentOf<Record<string, number[]> & { layers: number[][] }>(
      ['gradients', ...model, '--text', 'thé cat', '--skip-unknown'],
      directory,
    )
    expect(Object.keys(gradients)).toEqual(['lags', 'norms', 'layers', 'spectralRadius', 'singularValue'])
    expect(gradients.lags).toEqual([0, 1, 2, 3, 4])
    expect(gradients.layers).toEqual([gradients.norms])
    const stretch = expect.any(Number) as number
    expect([gradients.spectralRadius, gradients.singularValue]).toEqual([[{ h: stretch }], [{ h: stretch }]])
    const short = await runCommand(['gradients', ...model, '--text', 'aé', '--skip-unknown', '--json'], directory)
    expect(short).toMatchObject({ code: 1, stdout: '' })
    expect(short.stderr).toMatch(/^error: The text has 1 token\(s\).*at least 2/)

    const first = await documentOf(['sample', '--model', trained.model, '--length', '30', '--prompt', 'a'], directory)
    expect(Object.keys(first)).toEqual(['prompt', 'text'])
    expect([first.prompt, [...(first.text as string)].length]).toEqual(['a', 30])
    expect(await documentOf(['sample', ...model, '--length', '30', '--prompt', 'a'], directory)).toEqual(first)

    const unknown = await runCommand(['trace', ...model, '--text', 'aé👩', '--json'], directory)
    expect(unknown).toMatchObject({ code: 1, stdout: '' })
    expect(unknown.stderr).toMatch(/symbols: "é" "👩"/)
    expect(await documentOf(['trace', ...model, '--text', 'aé👩', '--skip-unknown'], directory)).toMatchObject({
      tokens: ['a'],
    })

    const doctor = await documentOf(['doctor', '--check'], directory)
    expect(Object.keys(doctor)).toEqual(['versions', 'kernel', 'cores', 'dataDirectory', 'database', 'orphans'])
    expect(doctor).toMatchObject({ database: 'ok', orphans: [], dataDirectory: directory })
  })

  it('of a window: all but gradients, which it has none of through time', async () => {
    const directory = temporaryDirectory()
    const window = train('--steps', '60', '--cell', 'window', '--window', '4', '--embedding', '3', '--layers', '2')
    const trained = await documentOf<TrainDocument & { parameters: number; vocabularySize: number }>(window, directory)
    const V = trained.vocabularySize
    expect(trained).toMatchObject({ status: 'finished', steps: 60, workers: 1 })
    expect(trained.parameters).toBe(V * 3 + (8 * 12 + 8) + (8 * 8 + 8) + (V * 8 + V))
    const again = await documentOf<TrainDocument>(window, directory)
    expect(again.digest).toBe(trained.digest)

    const model = ['--model', trained.model]
    const trace = await documentOf<{ model: object; steps: Record<string, unknown>[] }>(
      ['trace', ...model, '--text', 'of the'],
      directory,
    )
    expect(trace.model).toEqual({
      cell: 'window',
      layers: 2,
      hidden: 8,
      vocabularySize: V,
      parameters: trained.parameters,
    })
    expect(trace.steps.map(({ cell, gates }) => [cell, gates])).toEqual(Array(6).fill([null, [{}, {}]]))
    const other = await documentOf<typeof trace>(['trace', ...model, '--text', 'on the'], directory)
    expect(other.steps[5].next).toEqual(trace.steps[5].next) // the four last are the same
    expect(other.steps[4].next).not.toEqual(trace.steps[4].next)

    const evaluation = await documentOf<{ loss: number }>(['eval', ...model, '--corpus', TEXT], directory)
    expect(evaluation.loss).toBeLessThan(Math.log(V))
    const written = await documentOf<{ text: string }>(
      ['sample', ...model, '--length', '25', '--prompt', 'a'],
      directory,
    )
    expect([...written.text]).toHaveLength(25)
    const refused = await runCommand(['gradients', ...model, '--text', 'the', '--json'], directory)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^error: A window network hands no hidden state from step to step[^\n]*\n$/)
    const further = await documentOf<TrainDocument>([...window, '--init', trained.model], directory)
    expect(further.trainLoss).toBeLessThan(trained.trainLoss)
  })

  it('of eval and baseline', async () => {
    const directory = temporaryDirectory()
    const model = join(directory, 'model.safetensors')
    const trained = await documentOf<TrainDocument>([...SHORT, '--validation', '0', '--out', model], directory)
    expect(trained.validationLoss).toBeNull()
    const found = await documentOf(['eval', '--model', model, '--corpus', TEXT], directory)
    expect(Object.keys(found)).toEqual(['loss', 'bitsPerCharacter', 'perplexity', 'characters', 'tokens'])
    expect(found.tokens).toBe([...readFileSync(TEXT, 'utf8')].length)
    const counted = await documentOf<{ orders: { context: number }[]; vocabularySize: number }>(
      ['baseline', '--corpus', TEXT, '--max-context', '2'],
      directory,
    )
    expect(Object.keys(counted)).toEqual(['vocabularySize', 'uniform', 'orders'])
    expect(counted.orders.map(({ context }) => context)).toEqual([0, 1, 2])
    const few = await runCommand(['baseline', '--corpus', TEXT, '--validation', '1e-9'], directory)
    expect(few).toMatchObject({ code: 1, stdout: '' })
    expect(few.stderr).toMatch(/nothing is held out/)
  })

  it('of the answers to a memory task', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'delay.txt')
    const task = ['--task', 'delay', '--distance', '2']
    await documentOf(['corpus', 'generate', ...task, '--length', '4000', '--out', file], directory)
    const learn = ['train', '--corpus', file, '--hidden', '8', '--batch', '4', '--sequence', '20', '--steps', '3']
    const { run } = await documentOf<TrainDocument>(learn, directory)
    const found = await documentOf<{ right: number; share: number }>(['answers', '--run', run, ...task], directory)
    expect(Object.keys(found)).toEqual(['right', 'answers', 'chance', 'share', 'distances'])
    expect(found).toMatchObject({ answers: 200, chance: 1 / 8, share: found.right / 200 })
    const other = await runCommand(['answers', '--run', run, '--task', 'copy', '--distance', '2'], directory)
    expect(other).toMatchObject({ code: 1, stdout: '' })
    expect(other.stderr).toMatch(/does not know these symbols/)
  })

  it('of eval on the held-out text is the validation of training', async () => {
    const directory = temporaryDirectory()
    const trained = await documentOf<TrainDocument>([...SHORT, '--reverse', '--validation', '0.25'], directory)
    const symbols = [...readFileSync(TEXT, 'utf8')]
    const rest = join(directory, 'rest.txt')
    writeFileSync(rest, symbols.slice(0, Math.floor(symbols.length * 0.25)).join(''))
    const { loss } = await documentOf<{ loss: number }>(['eval', '--run', trained.run, '--corpus', rest], directory)
    expect(loss).toBe(trained.validationLoss)
  })

  it('of corpus', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'task.txt')
    const generate = ['corpus', 'generate', '--task', 'copy', '--distance', '4', '--length', '50', '--out', file]
    expect(await documentOf(generate, directory)).toEqual({ file })
    expect(readFileSync(file, 'utf8')).toMatch(/^([a-h]{4})>\1\n/)
    expect(await runCommand(generate, directory)).toMatchObject({ code: 1, stdout: '' })
    expect(await documentOf([...generate, '--force'], directory)).toEqual({ file })
    const inspected = await documentOf(['corpus', 'inspect', file], directory)
    expect(inspected).toEqual({
      encoding: 'utf-8',
      characters: 50,
      tokens: 50,
      vocabularySize: expect.any(Number) as number,
      sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
      changes: { bom: 0, lineEnds: 0, nfc: 0, replaced: 0 },
    })
    const bytes = await documentOf(['corpus', 'inspect', file, '--tokens', 'byte'], directory)
    expect(bytes).toMatchObject({ encoding: 'bytes', vocabularySize: 256 })
  })

  it('of recall', async () => {
    const words = ['recall', '--patterns', LETTERS, '--from', 'A', '--rule', 'pseudo-inverse', '--corrupt', '0.1']
    const directory = temporaryDirectory()
    const plain = await documentOf<Record<string, unknown> & { state: number[]; cue: number[]; energy: number[] }>(
      words,
      directory,
    )
    expect(Object.keys(plain)).toEqual([
      'cue',
      'state',
      'energy',
      'sweeps',
      'converged',
      'cycle',
      'match',
      'width',
      'advice',
    ])
    expect([plain.width, plain.advice]).toEqual([16, null])
    expect(plain.match).toEqual({ kind: 'stored', pattern: 'A', overlap: 1, patterns: [{ name: 'A', sign: 1 }] })
    expect(plain.cue.filter((value, i) => value !== plain.state[i])).toHaveLength(Math.round(0.1 * 256))
    expect(plain.energy).toHaveLength((plain.sweeps as number) + 1)
    expect([...plain.energy].sort((a, b) => b - a)).toEqual(plain.energy)
    const framed = await documentOf<{ frames: number[][] }>([...words, '--frames'], directory)
    expect(framed.frames).toHaveLength((plain.sweeps as number) + 1)
    expect([framed.frames[0], framed.frames.at(-1)]).toEqual([plain.cue, plain.state])
  })

  it('of an empty directory', async () => {
    const directory = join(temporaryDirectory(), '새 폴더', 'it’s')
    expect(await documentOf<RunRow[]>(['runs', 'list'], directory)).toEqual([])
    const { code, stdout } = await runCommand(['runs', 'list'], directory)
    expect(code).toBe(0)
    expect(stdout).toMatch(/no runs yet/)
  })

  it('of a run that diverged, which fails nevertheless', async () => {
    const directory = temporaryDirectory()
    const words = train('--steps', '500', '--optimizer', 'sgd', '--clip', '0', '--learning-rate', '1e38', '--json')
    const { code, stdout, stderr } = await runCommand(words, directory)
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ status: 'diverged', nonFinite: true })
    expect(stderr).toMatch(/^run \w+\nerror: run \w+ diverged: .+\n$/)
  })
})

describe('--out', () => {
  it('writes the model, and overwrites only when forced to', async () => {
    const directory = temporaryDirectory()
    const out = join(directory, 'model.safetensors')
    writeFileSync(out, 'mine')
    const refused = await runCommand([...SHORT, '--out', out], directory)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^error: model\.safetensors: the file exists already.*--force/)
    expect(readFileSync(out, 'utf8')).toBe('mine')
    expect(readdirSync(directory)).toEqual(['model.safetensors'])
    const trained = await documentOf<TrainDocument>([...SHORT, '--out', out, '--force'], directory)
    expect(trained.model).toBe(out)
    expect(readFileSync(out).equals(readFileSync(join(directory, 'models', trained.run, '120.safetensors')))).toBe(true)
  })
})

describe('the same seed', () => {
  it('gives the same digest in the lab and on the command line, uninterrupted and killed', async () => {
    const whole = await documentOf<TrainDocument>(LONG, temporaryDirectory())
    const directory = temporaryDirectory()
    let run = ''
    for (let kills = 0; kills < 2; kills++) {
      const words = run === '' ? LONG : ['train', '--resume', run, '--checkpoint-every', '0.2']
      const command = startCommand(words, directory)
      const [, found] = await command.says(/^run (\w+)$/m)
      run = found
      await newCheckpoint(join(directory, 'models', run))
      command.process.kill('SIGKILL')
      expect((await command.ended).signal).toBe('SIGKILL')
      expect(await documentOf<RunRow[]>(['runs', 'list'], directory)).toMatchObject([
        { run, status: 'interrupted', pid: null },
      ])
    }
    const resumed = await documentOf<TrainDocument>(['train', '--resume', run], directory)
    expect(resumed).toMatchObject({ run, status: 'finished', steps: 8000, digest: whole.digest })
    expect(resumed.trainLoss).toBe(whole.trainLoss)
    expect(resumed.validationLoss).toBe(whole.validationLoss)
    const shown = await documentOf<ShownRun>(['runs', 'show', run], directory)
    const steps = shown.points.map(({ step }) => step)
    expect(steps).toEqual([
      ...Array.from({ length: 1000 }, (_, i) => i + 1),
      ...Array.from({ length: 700 }, (_, i) => 1010 + i * 10),
    ])
    const { lab } = await openTestLab({ directory })
    expect(await lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
    const configuration = shown.configuration
    if (configuration === null) throw new Error('a training without a configuration')
    const started = await lab.training.start({ files: [TEXT], encoding: 'auto', configuration, name: '', probe: '' })
    expect((await lab.training.settled(started.run)).digest).toBe(whole.digest)
  })
})

/** Resolves when the run has written a checkpoint that was not there when it was asked. */
async function newCheckpoint(folder: string): Promise<void> {
  const { watch } = await import('node:fs/promises')
  const before = new Set(readdirSync(folder))
  for await (const { filename } of watch(folder)) {
    if (filename?.endsWith('.state') && !before.has(filename)) return
  }
}

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s saves the run as stopped, prints its document and exits %i', async (signal, code) => {
    const directory = temporaryDirectory()
    const command = startCommand(train('--steps', '10000000', '--json'), directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    command.process.kill(signal)
    const ending = await command.ended
    expect(ending.code).toBe(code)
    const document = JSON.parse(ending.stdout) as TrainDocument
    expect(document).toMatchObject({ run, status: 'stopped' })
    expect(ending.stderr).toBe(`run ${run}\n`)
    expect(await documentOf<RunRow[]>(['runs', 'list'], directory)).toMatchObject([
      { run, status: 'stopped', pid: null },
    ])
    const more = await documentOf<TrainDocument>(
      ['train', '--resume', run, '--steps', String(document.steps + 2)],
      directory,
    )
    expect(more).toMatchObject({ run, status: 'finished', steps: document.steps + 2 })
  })
})

describe('a run that another process trains', () => {
  it('is shown as it is, and left alone', async () => {
    const directory = temporaryDirectory()
    const command = startCommand(train('--steps', '10000000'), directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    const [row] = await documentOf<RunRow[]>(['runs', 'list'], directory)
    expect(row).toMatchObject({ run, status: 'running', here: false, pid: command.process.pid })
    const refused = await runCommand(['train', '--resume', run], directory)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(new RegExp(`trained by another process \\(${command.process.pid}\\)`))
    command.process.kill('SIGTERM')
    expect((await command.ended).code).toBe(143)
  })
})
