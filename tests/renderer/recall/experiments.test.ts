/** What the room asks of each experiment, and how it keeps up with the runs that answer. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { dispatch } from '../../../src/renderer/bridge/events'
import {
  capacityRequests,
  FIRST_CHOICES,
  spaced,
  tableRequest,
} from '../../../src/renderer/rooms/recall/experiments/experiment-kinds'
import type { ExperimentRequest, KeptExperiment, RecallSettings, RunRow } from '../../../src/shared'
import { createFakeLab } from '../support/fake-lab'

const SETTINGS: RecallSettings = {
  rule: 'hebbian',
  update: 'asynchronous',
  bias: 'none',
  degree: 3,
  beta: 1,
  temperature: 0,
  maxSweeps: 100,
  seed: 7,
}
const SET = {
  width: 2,
  height: 2,
  patterns: ['a', 'b', 'c'].map((name, i) => ({
    name,
    rows: [
      ['##', '..'],
      ['#.', '#.'],
      ['#.', '.#'],
    ][i],
  })),
}

describe('the requests', () => {
  it('space numbers evenly, both ends among them', () => {
    expect(spaced(0.02, 0.2, 10)).toEqual([0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2])
    expect(spaced(0.3, 0.9, 1)).toEqual([0.3])
  })

  it('of capacity are a run for every rule and size, without loads of no pattern', () => {
    const choice = { ...FIRST_CHOICES.capacity, rules: ['hebbian', 'dense'] as const, sizes: [20, 200] }
    const requests = capacityRequests(choice, SETTINGS)
    expect(requests.map(({ rule, neurons }) => [rule, neurons])).toEqual([
      ['hebbian', 20],
      ['dense', 20],
      ['hebbian', 200],
      ['dense', 200],
    ])
    expect(requests[0].loads[0]).toBe(0.04) // 0.02 · 20 rounds to no pattern
    expect(requests[2].loads[0]).toBe(0.02)
    expect(requests.every(({ seed }) => seed === 7)).toBe(true)
  })

  it('of a landscape take the first three stored patterns where none were chosen, and only stored ones', () => {
    const ask = (plane: readonly string[]) =>
      tableRequest('landscape', { ...FIRST_CHOICES, landscape: { plane, resolution: 9 } }, SET, SETTINGS, ['##', '##'])
    expect(ask([])).toMatchObject({ plane: ['a', 'b', 'c'], resolution: 9, cue: { rows: ['##', '##'] } })
    expect(ask(['b', 'c'])).toMatchObject({ plane: ['b', 'c'] })
    expect(ask(['b', 'gone'])).toMatchObject({ plane: ['a', 'b', 'c'] })
  })
})

const rowOf = (run: string, status: RunRow['status']): RunRow => ({ run, status, totalSteps: 10 }) as unknown as RunRow

describe('the runs of an experiment', () => {
  const started: ExperimentRequest[] = []
  const stopped: string[] = []
  let kept: string | null = null

  beforeEach(() => {
    started.length = stopped.length = 0
    vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
    setActivePinia(createPinia())
    const shown = (run: string): KeptExperiment => ({
      run,
      status: 'running',
      settings: started[Number(run)] ?? (started[0] as ExperimentRequest),
      seed: 7,
      trials: 0,
      totalTrials: 10,
      result: null,
    })
    const fake = createFakeLab({
      experiments: {
        start: async ({ request }) => rowOf(String(started.push(request as ExperimentRequest) - 1), 'running'),
        show: async ({ run }) => shown(run),
        stop: async ({ run }) => {
          stopped.push(run)
          return rowOf(run, 'stopped')
        },
      },
      drafts: {
        read: async () => kept,
        write: async ({ value }) => {
          kept = value
          return null
        },
      },
    })
    useBridge(fake.bridge)
  })
  afterEach(() => useBridge(null))

  async function openStore() {
    const { useExperimentsStore } = await import('../../../src/renderer/rooms/recall/experiments/experiments.store')
    return useExperimentsStore()
  }
  const told = (run: string, trials: number) =>
    dispatch({
      type: 'experiment',
      progress: { run, trials, totalTrials: 10, result: { kind: 'capacity', summary: { points: [] } } },
    })

  it('go one after the other, and keep what each found', async () => {
    const store = await openStore()
    const done = store.start()
    await vi.waitFor(() => expect(store.shown.map(({ run }) => run)).toEqual(['0']))
    told('0', 4)
    expect(store.progress).toEqual({ done: 4, total: 10 })
    expect(store.isBusy).toBe(true)
    dispatch({ type: 'run', row: rowOf('0', 'finished') })
    await vi.waitFor(() => expect(store.shown.map(({ run }) => run)).toEqual(['0', '1']))
    told('1', 10)
    dispatch({ type: 'run', row: rowOf('1', 'finished') })
    await done
    expect(store.isBusy).toBe(false)
    expect(store.shown.map(({ trials, status }) => [trials, status])).toEqual([
      [4, 'finished'],
      [10, 'finished'],
    ])
    expect(JSON.parse(kept ?? '{}')).toMatchObject({ runs: { capacity: ['0', '1'] } })
  })

  it('are stopped together: what runs is ended, what waits is not begun', async () => {
    const store = await openStore()
    const done = store.start()
    await vi.waitFor(() => expect(store.shown).toHaveLength(1))
    told('0', 3)
    await store.stop()
    dispatch({ type: 'run', row: rowOf('0', 'stopped') })
    await done
    expect([stopped, started.length]).toEqual([['0'], 1])
    expect(store.shown).toMatchObject([{ trials: 3, status: 'stopped' }])
  })

  it('are opened again from what was kept', async () => {
    kept = JSON.stringify({ version: 1, chosen: 'basin', runs: { capacity: ['0'] } })
    const store = await openStore()
    await store.open()
    expect(store.chosen).toBe('basin')
    await store.choose('capacity')
    expect(store.shown.map(({ run }) => run)).toEqual(['0'])
  })
})
