/** Runs as a person sees them: real workers, a real database, real files, and what happens when they are interfered with. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Lab, TrainingRequest } from '../../../src/lab'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { RunConfiguration, RunPoint, RunRow, RunSnapshot } from '../../../src/shared'
import { errorOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab, RESOURCES, when } from '../support/test-lab'
import type { TestLab } from '../support/test-lab'

const TEXT = join(RESOURCES, 'corpora', 'rhymes.en.txt')
/** Some seconds of training, so that there is time to interfere. */
const LONG = { steps: 6000, hidden: 24, validateEvery: 1000 }
const ENDLESS = { steps: 10_000_000 }

const CONFIGURATION: RunConfiguration = {
  ...DEFAULT_CONFIGURATION,
  hidden: 8,
  batch: 4,
  sequence: 8,
  steps: 120,
  validateEvery: 50,
}

function request(changes: Partial<RunConfiguration> = {}, more: Partial<TrainingRequest> = {}): TrainingRequest {
  return {
    files: [TEXT],
    encoding: 'auto',
    configuration: { ...CONFIGURATION, ...changes },
    name: '',
    probe: '',
    ...more,
  }
}

const firstPoints = (lab: Lab, run?: string): Promise<readonly RunPoint[]> =>
  when(lab, (found) => ({ points: (of, points) => (run === undefined || of === run) && found(points) }))
const becomes = (lab: Lab, status: RunRow['status'], run?: string): Promise<RunRow> =>
  when(lab, (found) => ({
    run: (row) => row.status === status && (run === undefined || row.run === run) && found(row),
  }))

async function runToEnd(lab: Lab, changes: Partial<RunConfiguration> = {}): Promise<RunRow> {
  const { run } = await lab.training.start(request(changes))
  return lab.training.settled(run)
}

const losses = async (lab: Lab, run: string): Promise<unknown[]> =>
  (await lab.runs.points(run)).map(({ step, trainLoss, validationLoss }) => [step, trainLoss, validationLoss])

describe('a run', () => {
  it('goes to its end: its points, its model and what it wrote are kept', async () => {
    const { lab, directory } = await openTestLab()
    const told: RunPoint[] = []
    const snapshots: RunSnapshot[] = []
    const rows: RunRow[] = []
    lab.listen({
      points: (_run, points) => void told.push(...points),
      snapshot: (snapshot) => void snapshots.push(snapshot),
      run: (row) => void rows.push(row),
    })
    let started: RunRow | null = null
    const { run } = await lab.training.start(
      request({}, { name: 'it’s "mine" 한글', tags: ['b', 'a'], onStarted: (row) => (started = row) }),
    )
    expect(started).toMatchObject({ run, status: 'running', modelStep: 0, here: true })
    const row = await lab.training.settled(run)
    expect(row).toMatchObject({ status: 'finished', steps: 120, totalSteps: 120, pid: null, name: 'it’s "mine" 한글' })
    expect(row.tags).toEqual(['a', 'b'])
    expect(row.trainLoss).toBeLessThan(4)
    expect(row.digest).toMatch(/^[0-9a-f]{64}$/)
    const points = await lab.runs.points(run)
    expect(points.map(({ step }) => step)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1))
    expect([...new Map(told.map((point) => [point.step, point])).values()]).toEqual(points)
    expect(rows.map(({ status }) => status).filter((status, i, all) => status !== all[i - 1])).toEqual([
      'running',
      'finished',
    ])
    const [snapshot] = snapshots
    expect(snapshot.hidden).toHaveLength(snapshot.probe.length * snapshot.layers * snapshot.units)
    const detail = await lab.runs.show(run)
    expect(detail.sample).not.toBe('')
    expect(detail.corpora[0]).toMatchObject({ name: 'rhymes.en.txt', encoding: 'utf-8' })
    expect(readFileSync(join(directory, 'corpora', detail.corpora[0].sha256)).equals(readFileSync(TEXT))).toBe(true)
    expect((await lab.doctor(true)).database).toBe('ok')
    expect((await lab.doctor(true)).orphans).toEqual([])
    expect(lab.training.active()).toEqual([])
  })

  it.each([0, 6])('of a window, embedding %i: goes on from where it stopped to the same bits', async (embedding) => {
    const { lab } = await openTestLab()
    const shape = { cell: 'window', window: 9, embedding, layers: 2, dropout: 0.2, sequence: 4 } as const
    const whole = await runToEnd(lab, shape)
    const { run } = await runToEnd(lab, { ...shape, steps: 47 })
    await lab.training.resume(run, { configuration: { steps: 120 } })
    const resumed = await lab.training.settled(run)
    expect(resumed).toMatchObject({ status: 'finished', steps: 120, cell: 'window', digest: whole.digest })
    expect(resumed.validationLoss).toBe(whole.validationLoss)
    expect((await lab.runs.show(run)).sample).not.toBe('')
    const trace = await lab.analysis.trace({ run }, { text: 'the', top: 1, skipUnknown: false })
    expect(trace).toMatchObject({ model: { cell: 'window', window: 9 }, gates: {}, cell: null })
    const init = await lab.runs.modelFile(run, false)
    await expect(lab.training.start(request({ ...shape, window: 8 }, { init }))).rejects.toEqual(
      errorOf('E_MODEL_OTHER', { what: 'window', found: '9', expected: '8' }),
    )
  })

  it('of the same seed has the same bits, of another seed others', async () => {
    const { lab } = await openTestLab()
    const [a, b, c] = [await runToEnd(lab), await runToEnd(lab), await runToEnd(lab, { seed: 2 })]
    expect(b.digest).toBe(a.digest)
    expect(c.digest).not.toBe(a.digest)
  })

  it('from the end of its text is one on the text turned round, and goes on as it', async () => {
    const { lab, directory } = await openTestLab()
    const turned = join(directory, 'turned.txt')
    const text = readFileSync(TEXT, 'utf8').replace(/\r\n?/g, '\n').normalize('NFC')
    writeFileSync(turned, [...text].reverse().join(''))
    const forward = await lab.training.start(request({}, { files: [turned] }))
    const expected = await lab.training.settled(forward.run)
    const { run } = await runToEnd(lab, { reverse: true, steps: 60 })
    await lab.training.resume(run, { configuration: { steps: 120 } })
    expect((await lab.training.settled(run)).digest).toBe(expected.digest)
    const trace = await lab.analysis.trace({ run }, { text: 'a', top: 1, skipUnknown: false })
    expect(trace.model.reverse).toBe(true)
  })

  it.each(['jamo', 'byte'] as const)('of %s tokens goes to its end, and on from there', async (tokens) => {
    const { lab, directory } = await openTestLab()
    const file = join(directory, 'book.txt')
    writeFileSync(file, '각나닭이 산을 보았다.\n'.repeat(60))
    const started = await lab.training.start(request({ tokens, steps: 40 }, { files: [file] }))
    expect(await lab.training.settled(started.run)).toMatchObject({ status: 'finished' })
    await lab.training.resume(started.run, { configuration: { steps: 50 } })
    expect(await lab.training.settled(started.run)).toMatchObject({ status: 'finished', steps: 50 })
    const trace = await lab.analysis.trace({ run: started.run }, { text: '각', top: 1, skipUnknown: false })
    expect(trace.tokens).toEqual(tokens === 'jamo' ? ['ᄀ', 'ᅡ', 'ᆨ'] : ['ea', 'b0', '81'])
    expect((await lab.runs.show(started.run)).sample).not.toBe('')
  })

  it('keeps a learning rate that was changed, goes on with it and is repeated with it', async () => {
    const { lab } = await openTestLab()
    const { run } = await lab.training.start(request({ ...LONG, schedule: 'step', decayEvery: 2000 }))
    await firstPoints(lab, run)
    await lab.training.changeRate(run, 0.0005)
    await lab.training.pause(run)
    const [change, ...more] = (await lab.runs.show(run)).configuration?.rateChanges ?? []
    expect(more).toEqual([])
    expect(change).toEqual({ after: expect.any(Number) as number, learningRate: 0.0005 })
    await lab.training.resume(run)
    const end = await lab.training.settled(run)
    expect(end).toMatchObject({ status: 'finished', steps: 6000 })
    const rates = await lab.runs.points(run)
    expect(rates.find(({ step }) => step > change.after + 10)?.learningRate).toBe(0.0005)
    expect(rates.at(-1)?.learningRate).toBeCloseTo(0.0005 * 0.1 ** 2, 12)
    const repeated = await lab.training.repeat(run)
    expect((await lab.training.settled(repeated.run)).digest).toBe(end.digest)
    await expect(lab.training.changeRate(run, 1)).rejects.toEqual(errorOf('E_RUN_STATE'))
  })

  it('begins with the parameters of a model of the same network, and of no other', async () => {
    const { lab } = await openTestLab()
    const first = await runToEnd(lab)
    const init = await lab.runs.modelFile(first.run, false)
    const { run } = await lab.training.start(request({ steps: 1, learningRate: 1e-30, seed: 9 }, { init }))
    expect((await lab.training.settled(run)).digest).toBe(first.digest)
    expect((await lab.runs.show(run)).versions).toMatchObject({ init: first.digest })
    const refused = async (changes: Partial<RunConfiguration>, more: Partial<TrainingRequest>, what: string) =>
      expect(lab.training.start(request(changes, { init, ...more }))).rejects.toEqual(
        errorOf('E_MODEL_OTHER', { what }),
      )
    await refused({ hidden: 9 }, {}, 'hidden')
    await refused({ cell: 'gru' }, {}, 'cell')
    await refused({ reverse: true }, {}, 'reverse')
    await refused({ tokens: 'jamo' }, {}, 'tokens')
    await refused({}, { files: [join(RESOURCES, 'patterns', 'letters-16.txt')] }, 'vocabulary')
    await expect(lab.training.start(request({}, { init: '/nowhere/x' }))).rejects.toEqual(errorOf('E_FILE_MISSING'))
    expect(await lab.runs.list()).toHaveLength(2)
  })

  it('that cannot begin leaves no row', async () => {
    const { lab } = await openTestLab()
    await expect(lab.training.start(request({ batch: 4000, sequence: 60_000 }))).rejects.toEqual(
      errorOf('E_CORPUS_TOO_SMALL'),
    )
    await expect(lab.training.start(request({ cell: 'window', gateBias: 1 }))).rejects.toEqual(
      errorOf('E_CONFIGURATION', { option: '--gate-bias', expected: '0 with --cell window', value: 1 }),
    )
    await expect(lab.training.start(request({ cell: 'window', initialisation: 'identity' }))).rejects.toEqual(
      errorOf('E_CONFIGURATION', { option: '--initialisation', value: 'identity' }),
    )
    await expect(lab.training.start(request({}, { files: ['/nowhere/x'] }))).rejects.toEqual(errorOf('E_FILE_MISSING'))
    expect(await lab.runs.list()).toEqual([])
  })

  it('that diverges keeps its last finite model, and does not go on', async () => {
    const { lab } = await openTestLab()
    const row = await runToEnd(lab, { learningRate: 1e38, optimizer: 'sgd', clip: 0 })
    expect(row).toMatchObject({ status: 'diverged', pid: null })
    expect((await lab.runs.points(row.run)).at(-1)).toMatchObject({ nonFinite: true })
    await expect(lab.runs.modelFile(row.run, false)).resolves.toMatch(/safetensors$/)
    await expect(lab.training.resume(row.run)).rejects.toEqual(errorOf('E_RUN_STATE', { status: 'diverged' }))
  })

  it('is stopped, again and again, without a complaint', async () => {
    const { lab } = await openTestLab()
    for (let i = 0; i < 8; i++) {
      const { run } = await lab.training.start(request(ENDLESS))
      await lab.training.stop(run)
      expect(await lab.training.settled(run)).toMatchObject({ status: 'stopped', pid: null })
    }
  })

  it('answers what it is not there for', async () => {
    const { lab } = await openTestLab()
    await expect(lab.training.stop('none')).rejects.toEqual(errorOf('E_RUN_STATE'))
    await expect(lab.training.resume('none')).rejects.toEqual(errorOf('E_RUN_UNKNOWN'))
    await expect(lab.runs.show('none')).rejects.toEqual(errorOf('E_RUN_UNKNOWN'))
    const { run } = await runToEnd(lab)
    await expect(lab.training.resume(run)).rejects.toEqual(errorOf('E_RUN_STATE', { status: 'finished' }))
  })
})

describe('going on', () => {
  it('in another lab gives the bits of a run that was never interrupted', async () => {
    const whole = await openTestLab()
    const expected = await runToEnd(whole.lab, LONG)
    const first = await openTestLab()
    const { run } = await first.lab.training.start(request(LONG))
    await firstPoints(first.lab)
    await first.lab.training.pause(run)
    expect((await first.lab.runs.show(run)).status).toBe('paused')
    await first.lab.close()
    const second = await openTestLab({ directory: first.directory })
    expect(await second.lab.runs.list()).toMatchObject([{ run, status: 'paused', pid: null }])
    await second.lab.training.resume(run)
    const row = await second.lab.training.settled(run)
    expect(row).toMatchObject({ status: 'finished', digest: expected.digest, validationLoss: expected.validationLoss })
    expect(await losses(second.lab, run)).toEqual(await losses(whole.lab, expected.run))
  })

  it('after the lab was closed in the middle', async () => {
    const first = await openTestLab({ shell: 'app' })
    const { run } = await first.lab.training.start(request(ENDLESS))
    await firstPoints(first.lab)
    await first.lab.close()
    const { lab } = await openTestLab({ directory: first.directory })
    const [row] = await lab.runs.list()
    expect(row).toMatchObject({ run, status: 'paused', reason: 'person', pid: null })
    expect(row.steps).toBeGreaterThan(0)
    expect(row.modelStep).toBe(row.steps)
    await lab.training.resume(run, { configuration: { steps: row.steps + 5 } })
    expect(await lab.training.settled(run)).toMatchObject({ status: 'finished', steps: row.steps + 5 })
    const steps = (await lab.runs.points(run)).map(({ step }) => step)
    expect(new Set(steps).size).toBe(steps.length)
    expect(steps.at(-1)).toBe(row.steps + 5)
  })

  it('to more steps is what a longer run would have been', async () => {
    const { lab } = await openTestLab()
    const longer = await runToEnd(lab, { steps: 150 })
    const { run } = await runToEnd(lab, { steps: 120 })
    await lab.training.resume(run, { configuration: { steps: 150 } })
    expect(await lab.training.settled(run)).toMatchObject({ steps: 150, digest: longer.digest })
  })

  it('from a run whose worker died', async () => {
    const { lab, workers, log } = await openTestLab()
    const { run } = await lab.training.start(request({ ...ENDLESS, checkpointEvery: 0.05 }))
    await firstPoints(lab)
    const crashed = becomes(lab, 'crashed')
    await workers.find(({ name }) => name === 'training')?.worker.terminate()
    expect(await crashed).toMatchObject({ run, reason: expect.stringContaining('training') as string, pid: null })
    expect(await lab.training.settled(run)).toMatchObject({ status: 'crashed' })
    expect(log.join()).not.toMatch(/unhandled/i)
    const { modelStep } = await lab.runs.show(run)
    await lab.training.resume(run, { configuration: { steps: (modelStep ?? 0) + 3 } })
    expect(await lab.training.settled(run)).toMatchObject({ status: 'finished', steps: (modelStep ?? 0) + 3 })
  })

  it('passes over a checkpoint that is damaged, and keeps it for whoever asks why', async () => {
    const { lab, directory, log } = await openTestLab()
    const { run, digest } = await runToEnd(lab)
    const folder = join(directory, 'models', run)
    const state = join(folder, '120.state')
    const bytes = readFileSync(state)
    bytes[bytes.length - 40] ^= 1
    writeFileSync(state, bytes)
    await lab.training.resume(run, { configuration: { steps: 120 } })
    expect(await lab.training.settled(run)).toMatchObject({ status: 'finished', steps: 120, digest })
    expect(readFileSync(`${state}.damaged`).equals(bytes)).toBe(true)
    expect(log.join()).toMatch(/step 120 is damaged/)
  })

  it.each(['scalar', 'simd'] as const)('where it began with %s, on the other, to the same bits', async (began) => {
    const none = temporaryDirectory() // no kernel compiles there
    const [here, there] = began === 'scalar' ? [none, undefined] : [undefined, none]
    const whole = await openTestLab()
    const expected = await runToEnd(whole.lab, { steps: 150, kernel: 'simd' })
    const first = await openTestLab({ kernels: here })
    const { run } = await runToEnd(first.lab, { kernel: began === 'scalar' ? 'auto' : began })
    expect(await first.lab.runs.show(run)).toMatchObject({ kernel: began })
    await first.lab.close()
    const second = await openTestLab({ directory: first.directory, kernels: there })
    await second.lab.training.resume(run, { configuration: { steps: 150 } })
    const row = await second.lab.training.settled(run)
    const { digest, validationLoss } = expected
    expect(row).toMatchObject({ kernel: began === 'scalar' ? 'simd' : 'scalar', steps: 150, digest, validationLoss })
  })

  it('with another rounding than it began with is refused', async () => {
    const first = await openTestLab()
    const { run, kernel } = await runToEnd(first.lab, { kernel: 'relaxed-simd' })
    await first.lab.close()
    const { lab } = await openTestLab({ directory: first.directory, kernels: temporaryDirectory() })
    const more = lab.training.resume(run, { configuration: { steps: 150 } })
    await expect(more).rejects.toEqual(errorOf('E_NOT_AVAILABLE'))
    expect(await lab.runs.show(run)).toMatchObject({ status: 'finished', kernel })
  })

  it('from nothing at all is refused', async () => {
    const { lab, directory } = await openTestLab()
    const { run } = await runToEnd(lab)
    const folder = join(directory, 'models', run)
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'x')
    await expect(lab.training.resume(run, { configuration: { steps: 200 } })).rejects.toEqual(errorOf('E_RUN_NO_MODEL'))
    expect((await lab.runs.show(run)).status).toBe('finished')
  })
})

describe('the text of a run', () => {
  async function stopped(): Promise<{ opened: TestLab; run: string; copy: string; sha256: string }> {
    const opened = await openTestLab()
    const { run } = await runToEnd(opened.lab)
    const { sha256 } = (await opened.lab.runs.show(run)).corpora[0]
    return { opened, run, sha256, copy: join(opened.directory, 'corpora', sha256) }
  }
  const more = { configuration: { steps: 140 } }

  it('that was changed in the lab’s own copy is told, with both sums', async () => {
    const { opened, run, copy, sha256 } = await stopped()
    writeFileSync(copy, `${readFileSync(copy, 'utf8')}!`)
    await expect(opened.lab.training.resume(run, more)).rejects.toEqual(
      errorOf('E_CORPUS_CHANGED', { expected: sha256 }),
    )
    expect((await opened.lab.runs.show(run)).status).toBe('finished')
  })

  it('that is gone is told too', async () => {
    const { opened, run, copy } = await stopped()
    rmSync(copy)
    await expect(opened.lab.training.resume(run, more)).rejects.toEqual(
      errorOf('E_CORPUS_GONE', { run, name: 'rhymes.en.txt' }),
    )
    expect((await opened.lab.runs.show(run)).status).toBe('finished')
  })
})

describe('several runs', () => {
  it('take turns in the app', async () => {
    const { lab } = await openTestLab({ shell: 'app' })
    const first = await lab.training.start(request(ENDLESS))
    const second = await lab.training.start(request())
    const third = await lab.training.start(request())
    expect([first, second, third].map(({ status }) => status)).toEqual(['running', 'queued', 'queued'])
    const goes = becomes(lab, 'running', second.run)
    const thirdGoes = becomes(lab, 'running', third.run)
    await lab.training.stop(first.run)
    await goes
    await thirdGoes
    expect((await lab.runs.show(second.run)).status).toBe('finished')
    expect(await lab.training.settled(third.run)).toMatchObject({ status: 'finished' })
  })

  it('make room for the next when one is paused, and queue when it goes on', async () => {
    const { lab } = await openTestLab({ shell: 'app' })
    const first = await lab.training.start(request(ENDLESS))
    const second = await lab.training.start(request(ENDLESS))
    const goes = becomes(lab, 'running', second.run)
    await lab.training.pause(first.run)
    await goes
    expect(await lab.training.resume(first.run)).toMatchObject({ status: 'queued' })
    await lab.training.stop(first.run)
    await lab.training.stop(second.run)
    expect((await lab.runs.list()).map(({ status }) => status)).toEqual(['stopped', 'stopped'])
  })

  it('are all saved when the lab is closed, whether their turn had come or not', async () => {
    const { lab, directory } = await openTestLab({ shell: 'app' })
    for (let i = 0; i < 3; i++) await lab.training.start(request(ENDLESS))
    await lab.close()
    const again = await openTestLab({ directory })
    expect((await again.lab.runs.list()).map(({ status, pid }) => [status, pid])).toEqual(
      Array(3).fill(['paused', null]),
    )
  })

  it('wait for nobody on the command line', async () => {
    const { lab } = await openTestLab({ shell: 'cli' })
    const rows = [await lab.training.start(request(ENDLESS)), await lab.training.start(request(ENDLESS))]
    expect(rows.map(({ status }) => status)).toEqual(['running', 'running'])
  })

  it('of another lab on the same folder are seen, and left alone', async () => {
    const { lab, directory } = await openTestLab()
    const other = await openTestLab({ directory })
    const heard = when<true>(other.lab, (found) => ({ changedElsewhere: () => found(true) }))
    const { run } = await lab.training.start(request(ENDLESS))
    expect(await heard).toBe(true)
    expect(await other.lab.runs.list()).toMatchObject([{ run, status: 'running', here: false, pid: process.pid }])
    await expect(other.lab.training.resume(run)).rejects.toEqual(errorOf('E_RUN_BUSY', { pid: process.pid }))
    await lab.training.stop(run)
  })
})
