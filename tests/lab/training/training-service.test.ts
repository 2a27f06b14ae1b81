/** Runs as a person begins them: real workers, a real database, real files; each kind of run to its end, and refusals. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TrainingRequest } from '../../../src/lab'
import type { RunConfiguration, RunPoint, RunRow, RunSnapshot } from '../../../src/shared'
import { errorOf } from '../support/errors'
import { ENDLESS, firstPoints, LONG, request, runToEnd } from '../support/small-runs'
import { openTestLab, RESOURCES, TEXT } from '../support/test-lab'

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
