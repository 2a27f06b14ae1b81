/** The experiments' store against a fake lab: a series, its end, a stop, a refusal, and what is found again. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dispatch } from '../../../../src/renderer/bridge/events'
import { useBridge } from '../../../../src/renderer/bridge/lab'
import { LabError } from '../../../../src/shared'
import type { ExperimentRequest, KeptExperiment, PatternSet, RunRow, RunStatus } from '../../../../src/shared'
import { createFakeLab } from '../../support/fake-lab'
import { stubMatchMedia } from '../../support/match-media'

const SET: PatternSet = {
  width: 3,
  height: 3,
  patterns: [
    { name: 'A', rows: ['###', '...', '###'] },
    { name: 'N', rows: ['#.#', '#.#', '#.#'] },
    { name: 'V', rows: ['#..', '##.', '###'] },
    { name: 'B', rows: ['..#', '.#.', '#..'] },
  ],
}
const POINT = { load: 0.1, patterns: 10, overlap: 1, deviation: 0, stable: 1, recalled: 1 }

/** What main would know. */
const runs = new Map<string, KeptExperiment>()
const drafts = new Map<string, string | null>()
let refused: string | null = null
let fake: ReturnType<typeof fakeLab>

function row(run: string, status: RunStatus): RunRow {
  return { run, status, kind: 'capacity' } as RunRow
}

/** Main's side of a run's end. */
function end(run: string, status: RunStatus): RunRow {
  const known = runs.get(run)
  if (!known) throw new Error(`no run ${run}`)
  const result = { kind: 'capacity', summary: { points: [POINT] } } as const
  runs.set(run, { ...known, status, trials: status === 'finished' ? known.totalTrials : known.trials, result })
  dispatch({ type: 'run', row: row(run, status) })
  return row(run, status)
}

function fakeLab() {
  return createFakeLab({
    patterns: {
      sets: async () => [
        { id: 'letters-16', bundled: true, title: { en: 'L', ko: 'L' }, width: 3, height: 3, count: 4 },
      ],
      open: async () => SET,
    },
    drafts: {
      read: async ({ key }) => drafts.get(key) ?? null,
      write: async ({ key, value }) => {
        drafts.set(key, value)
        return null
      },
    },
    experiments: {
      start: async ({ request }) => {
        if (request.kind === 'capacity' && request.rule === refused)
          throw new LabError('E_INTERNAL', { what: 'refused' })
        const run = `run ${runs.size + 1}`
        const totalTrials = request.kind === 'capacity' ? request.loads.length * request.trials : 1
        runs.set(run, { run, status: 'running', settings: request, seed: 1, trials: 0, totalTrials, result: null })
        return row(run, 'running')
      },
      stop: async ({ run }) => end(run, 'stopped'),
      show: async ({ run }) => {
        const found = runs.get(run)
        if (!found) throw new LabError('E_INTERNAL', { what: `no run ${run}` })
        return found
      },
    },
  })
}

async function openStore() {
  stubMatchMedia()
  setActivePinia(createPinia())
  const { useRecallStore } = await import('../../../../src/renderer/rooms/recall/recall.store')
  const { useExperimentsStore } = await import('../../../../src/renderer/rooms/recall/experiments/experiments.store')
  const table = useRecallStore()
  await table.open()
  const store = useExperimentsStore()
  await store.open()
  return { table, store }
}

const started = () =>
  fake.calls.flatMap(({ name, input }) =>
    name === 'experiments.start' ? [(input as { request: ExperimentRequest }).request] : [],
  )
/** Until the store waits for main. */
const settle = () => vi.waitFor(() => expect([...runs.values()].some(({ status }) => status === 'running')).toBe(true))
const isFollowed = (run: string) =>
  vi.waitFor(() =>
    expect(
      fake.calls.filter(({ name, input }) => name === 'experiments.show' && (input as { run: string }).run === run),
    ).not.toEqual([]),
  )

beforeEach(() => {
  runs.clear()
  drafts.clear()
  refused = null
  fake = fakeLab()
  useBridge(fake.bridge)
})
afterEach(() => {
  useBridge(null)
  vi.unstubAllGlobals()
})

describe('a series', () => {
  it('is one run after the other, with progress over all of them', async () => {
    const { store } = await openStore()
    store.change('capacity', { rules: ['hebbian', 'storkey'], neurons: [100], loads: [0.1, 0.2], trials: 5 })
    const over = store.start()
    await settle()
    await isFollowed('run 1')
    expect(started().map((request) => request.kind === 'capacity' && request.rule)).toEqual(['hebbian'])
    const partial = { kind: 'capacity', summary: { points: [POINT] } } as const
    dispatch({ type: 'experiment', progress: { run: 'run 1', trials: 5, totalTrials: 10, result: partial } })
    expect(store.progress).toMatchObject({ done: 5, total: 20, share: 0.25 })
    expect(store.results[0].result).toEqual(partial)
    end('run 1', 'finished')
    await isFollowed('run 2')
    expect(store.progress).toMatchObject({ done: 10, total: 20, share: 0.5 })
    end('run 2', 'finished')
    await over
    expect(store.isRunning).toBe(false)
    expect(store.results.map(({ run, status, trials }) => [run, status, trials])).toEqual([
      ['run 1', 'finished', 10],
      ['run 2', 'finished', 10],
    ])
  })

  it('goes on after a rule that refuses', async () => {
    const { store } = await openStore()
    refused = 'storkey'
    store.change('capacity', { rules: ['storkey', 'hebbian'], neurons: [100] })
    const over = store.start()
    await isFollowed('run 1')
    end('run 1', 'finished')
    await over
    expect(store.results.map(({ settings }) => settings.kind === 'capacity' && settings.rule)).toEqual(['hebbian'])
  })

  it('that is stopped keeps what was found, and starts no more', async () => {
    const { store } = await openStore()
    store.change('capacity', { rules: ['hebbian', 'storkey'] })
    const over = store.start()
    await isFollowed('run 1')
    await store.stop()
    await over
    expect(started()).toHaveLength(1)
    expect(store.results).toMatchObject([{ run: 'run 1', status: 'stopped', result: { kind: 'capacity' } }])
  })

  it('leaves what was shown when nothing of it could begin', async () => {
    const { store } = await openStore()
    const first = store.start()
    await isFollowed('run 1')
    end('run 1', 'finished')
    await first
    refused = 'hebbian'
    await store.start()
    expect(store.results.map(({ run }) => run)).toEqual(['run 1'])
  })
})

describe('what is sent', () => {
  it('is what lies on the table, without a bias for a rule that has none', async () => {
    const { table, store } = await openStore()
    await store.choose('landscape')
    table.change({ rule: 'dense', bias: 'hebbian', seed: 7 })
    const over = store.start()
    await isFollowed('run 1')
    end('run 1', 'finished')
    await over
    expect(started()[0]).toMatchObject({
      kind: 'landscape',
      set: { patterns: [{ name: 'A' }, { name: 'N' }, { name: 'V' }] },
      settings: { rule: 'dense', bias: 'none', seed: 7 },
      plane: ['A', 'N', 'V'],
      cue: { rows: ['###', '...', '...'] },
    })
  })

  it('needs patterns, and no more lines than there are colours', async () => {
    const { table, store } = await openStore()
    store.change('capacity', { rules: ['hebbian', 'storkey'], neurons: [100, 200, 300] })
    expect(store.canStart).toBe(false)
    await store.choose('basin')
    expect(store.canStart).toBe(true)
    table.shelf = table.shelf.map((entry) => ({ ...entry, stored: false }))
    expect(store.canStart).toBe(false)
    await store.start()
    expect(started()).toEqual([])
  })
})

describe('what was found', () => {
  it('is there again after a restart, but for runs that are gone', async () => {
    const first = await openStore()
    first.store.change('capacity', { rules: ['hebbian', 'storkey'], seed: 3 })
    const over = first.store.start()
    await isFollowed('run 1')
    end('run 1', 'finished')
    await isFollowed('run 2')
    end('run 2', 'finished')
    await over
    runs.delete('run 1')
    const { store } = await openStore()
    expect(store.settings.capacity.seed).toBe(3)
    expect(store.results.map(({ run }) => run)).toEqual(['run 2'])
  })

  it('of any run is opened with its settings, and done once more as it was', async () => {
    const { table, store } = await openStore()
    const settings = { ...table.settings, rule: 'storkey' as const, seed: 11 }
    const asked: ExperimentRequest = { kind: 'basin', set: SET, settings, from: 'B', flips: [0.3], trials: 9 }
    runs.set('old', {
      run: 'old',
      status: 'finished',
      settings: asked,
      seed: 11,
      trials: 9,
      totalTrials: 9,
      result: null,
    })
    store.asked = { run: 'old', deed: 'open' }
    await store.doAsked()
    expect(store.kind).toBe('basin')
    expect(store.settings.basin).toEqual({ from: 'B', flips: [0.3], trials: 9 })
    expect(table.settings).toMatchObject({ rule: 'storkey', seed: 11 })
    expect(store.results.map(({ run }) => run)).toEqual(['old'])
    store.asked = { run: 'old', deed: 'repeat' }
    const over = store.doAsked()
    await isFollowed('run 2')
    end('run 2', 'finished')
    await over
    expect(started()).toEqual([asked])
    expect(store.asked).toBeNull()
  })

  it.each(['{', '{"version":9}', '{"version":1,"kind":"capacity","settings":{},"runs":{}}'])(
    'is as new when what was kept is %s',
    async (text) => {
      drafts.set('recall-experiments', text)
      const { store } = await openStore()
      expect([store.kind, store.results]).toEqual(['capacity', []])
    },
  )
})
