/** Experiments as runs: the same answer from any number of threads, kept while they go on, stopped at once. */
import { describe, expect, it } from 'vitest'
import { openTestLab, when } from './support/test-lab'
import { errorOf } from './support/errors'
import { DEFAULT_RECALL, LETTERS_SET } from './support/patterns'
import type { ExperimentProgress, ExperimentRequestOf } from '../../src/shared'

const REQUEST: ExperimentRequestOf<'capacity'> = {
  kind: 'capacity',
  neurons: 100,
  loads: [0.05, 0.2],
  rule: 'hebbian',
  bias: 'none',
  degree: 3,
  beta: 1,
  update: 'asynchronous',
  maxSweeps: 100,
  corrupt: 0.1,
  trials: 4,
  cues: 5,
  seed: 1,
}
/** Far more than a test waits for. */
const ENDLESS = { ...REQUEST, neurons: 1000, trials: 100_000 }

describe('an experiment', () => {
  it('gives the same with one thread, with three, and with more than there are trials', async () => {
    const { lab, workers } = await openTestLab()
    const one = await lab.experiments.run(REQUEST, { workers: 1 })
    const told: [number, number][] = []
    const three = await lab.experiments.run(REQUEST, {
      workers: 3,
      onProgress: (done, total) => void told.push([done, total]),
    })
    expect(three.result).toEqual(one.result)
    expect((await lab.experiments.run(REQUEST, { workers: 50 })).result).toEqual(one.result)
    const done = told.map(([trials]) => trials)
    expect(done).toEqual([...new Set(done)].sort((a, b) => a - b))
    expect(told.at(-1)).toEqual([8, 8])
    expect(workers.filter(({ name }) => name === 'experiment')).toHaveLength(1 + 3 + 8)
    expect(one.result.points.map(({ patterns }) => patterns)).toEqual([5, 20])
  })

  it.each([
    { kind: 'basin', from: null, flips: [0.1, 0.3], trials: 6 },
    { kind: 'attractors', starts: 30 },
    { kind: 'landscape', plane: ['A', 'B', 'C'], resolution: 9, cue: { from: 'A', corrupt: 0.2 } },
    { kind: 'recall', cue: { from: 'B', corrupt: 0.1 } },
  ] as const)('of kind $kind gives the same with one thread and with two, and keeps it', async (asked) => {
    const { lab } = await openTestLab()
    const request = { set: LETTERS_SET, settings: DEFAULT_RECALL, ...structuredClone(asked) } as Parameters<
      typeof lab.experiments.run
    >[0]
    const one = await lab.experiments.run(request, { workers: 1 })
    const two = await lab.experiments.run(request, { workers: 2 })
    expect(two.result).toEqual(one.result)
    const [first, second] = await Promise.all(
      [one, two].map(({ run }) => lab.experiments.show(run?.run ?? 'there is none')),
    )
    expect(second.result).toEqual(first.result)
    expect(first).toMatchObject({ status: 'finished', settings: request, seed: 1, trials: one.totalTrials })
    expect(first.result?.kind).toBe(asked.kind)
  })

  it('is a run: a row with its kind and trials, what was asked, and what it found', async () => {
    const { lab } = await openTestLab()
    const { run, status, trials, result } = await lab.experiments.run(REQUEST, { workers: 1, name: 'mine' })
    expect([status, trials]).toEqual(['finished', 8])
    const rows = await lab.runs.list()
    expect(rows).toEqual([run])
    expect(rows[0]).toMatchObject({
      kind: 'capacity',
      status: 'finished',
      name: 'mine',
      cell: null,
      steps: 8,
      totalSteps: 8,
      workers: 1,
      pid: null,
      modelStep: null,
    })
    expect(await lab.experiments.show(rows[0].run)).toEqual({
      run: rows[0].run,
      status: 'finished',
      settings: REQUEST,
      seed: 1,
      trials: 8,
      totalTrials: 8,
      result: { kind: 'capacity', summary: result },
    })
    expect(await lab.runs.show(rows[0].run)).toMatchObject({ configuration: null, versions: { shell: 'test' } })
    expect(await lab.runs.points(rows[0].run)).toEqual([])
    await expect(lab.training.resume(rows[0].run)).rejects.toEqual(errorOf('E_RUN_STATE'))
    expect((await lab.doctor(true)).database).toBe('ok')
  })

  it('tells what it has found once that is kept, and in the end all of it', async () => {
    const { lab } = await openTestLab()
    const told: ExperimentProgress[] = []
    const kept: number[] = []
    lab.listen({
      experiment: (progress) => {
        told.push(progress)
        void lab.experiments.show(progress.run).then(({ trials }) => kept.push(trials - progress.trials))
      },
    })
    const partial: number[] = []
    const { run, result } = await lab.experiments.run(REQUEST, {
      workers: 2,
      onPartial: ({ points }) => void partial.push(points.length),
    })
    expect(partial.length).toBeGreaterThan(1)
    expect([partial[0], partial.at(-1)]).toEqual([1, 2])
    expect(told.at(-1)).toEqual({
      run: run?.run,
      trials: 8,
      totalTrials: 8,
      result: { kind: 'capacity', summary: result },
    })
    const trials = told.map((progress) => progress.trials)
    expect(trials).toEqual([...new Set(trials)].sort((a, b) => a - b))
    await lab.runs.list() // after the answers to those that asked before
    expect(kept).toHaveLength(told.length)
    expect(kept.every((ahead) => ahead >= 0)).toBe(true)
  })

  it('ends at once when it is no longer wanted, and what it found stays', async () => {
    const { lab } = await openTestLab()
    const stop = new AbortController()
    const { run, status, trials, totalTrials, result } = await lab.experiments.run(ENDLESS, {
      signal: stop.signal,
      workers: 2,
      onPartial: () => stop.abort(),
    })
    expect([status, totalTrials]).toEqual(['stopped', 200_000])
    expect(trials).toBeGreaterThan(0)
    expect(trials).toBeLessThan(totalTrials)
    expect(run).toMatchObject({ status: 'stopped', steps: trials, totalSteps: totalTrials, pid: null })
    expect(await lab.experiments.show(run?.run ?? '')).toMatchObject({
      status: 'stopped',
      trials,
      result: { kind: 'capacity', summary: result },
    })
  })

  it('that is begun and stopped by its run keeps what it found', async () => {
    const { lab } = await openTestLab()
    const first = when<ExperimentProgress>(lab, (found) => ({ experiment: found }))
    const row = await lab.experiments.start(ENDLESS, '')
    expect(row).toMatchObject({ status: 'running', here: true, name: 'capacity hebbian · 1000' })
    await first
    expect(lab.experiments.active()).toEqual([row.run])
    const stopped = await lab.experiments.stop(row.run)
    expect(stopped).toMatchObject({ status: 'stopped', here: false })
    expect(stopped.steps).toBeGreaterThan(0)
    expect(lab.experiments.active()).toEqual([])
    expect(await lab.experiments.settled(row.run)).toMatchObject({ status: 'stopped' })
    await expect(lab.experiments.stop(row.run)).rejects.toEqual(errorOf('E_RUN_STATE'))
    await expect(lab.experiments.show('none')).rejects.toEqual(errorOf('E_RUN_UNKNOWN'))
  })

  it('whose lab is closed is stopped with what it found', async () => {
    const { lab, directory } = await openTestLab()
    const first = when<ExperimentProgress>(lab, (found) => ({ experiment: found }))
    const { run } = await lab.experiments.start(ENDLESS, '')
    await first
    await lab.close()
    const { lab: again } = await openTestLab({ directory })
    expect(await again.experiments.show(run)).toMatchObject({ status: 'stopped', result: { kind: 'capacity' } })
  })

  it('whose thread dies is told and kept as crashed', async () => {
    const { lab, workers } = await openTestLab()
    const failing = lab.experiments.run(ENDLESS, {
      workers: 2,
      onStarted: () => void workers.find(({ name }) => name === 'experiment')?.worker.terminate(),
    })
    await expect(failing).rejects.toEqual(errorOf('E_WORKER', { worker: 'experiment' }))
    expect(await lab.runs.list()).toMatchObject([
      { status: 'crashed', reason: expect.stringMatching(/worker stopped/) as string, pid: null },
    ])
  })

  it('that is not to be kept leaves nothing', async () => {
    const { lab } = await openTestLab()
    const outcome = await lab.experiments.run(REQUEST, { save: false })
    expect(outcome).toMatchObject({ run: null, status: 'finished', trials: 8 })
    expect(await lab.runs.list()).toEqual([])
  })

  it('that is not wanted, or that the engine refuses, is never written', async () => {
    const { lab } = await openTestLab()
    const stop = new AbortController()
    stop.abort()
    await expect(lab.experiments.run(REQUEST, { signal: stop.signal })).rejects.toEqual(errorOf('E_CANCELLED'))
    const storkey = { ...REQUEST, neurons: 65_536, loads: [0.005], rule: 'storkey' as const }
    const refusal = errorOf('E_NETWORK_TOO_LARGE', { neurons: 65_536, patterns: 328, limit: 51_150, rule: 'storkey' })
    await expect(lab.experiments.run(storkey)).rejects.toEqual(refusal)
    await expect(lab.experiments.start(storkey, '')).rejects.toEqual(refusal)
    const unknown = {
      kind: 'basin',
      set: LETTERS_SET,
      settings: DEFAULT_RECALL,
      from: 'Z',
      flips: [0],
      trials: 1,
    } as const
    await expect(lab.experiments.run({ ...unknown, flips: [0] })).rejects.toEqual(errorOf('E_PATTERN_UNKNOWN'))
    expect(await lab.runs.list()).toEqual([])
  })
})
