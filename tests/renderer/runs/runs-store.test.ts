/** The rows the page holds: whatever runs, what it trains is told apart from experiments. */
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { dispatch } from '../../../src/renderer/bridge/events'
import { useRunsStore } from '../../../src/renderer/stores/runs.store'
import type { RunRow } from '../../../src/shared'

const row = (run: string, values: Partial<RunRow>): RunRow =>
  ({ run, kind: 'training', status: 'running', here: true, createdAt: 0, ...values }) as RunRow

describe('the runs’ store', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('lists experiments and trained runs alike, the newest first', () => {
    const runs = useRunsStore()
    dispatch({ type: 'run', row: row('a', { createdAt: 1 }) })
    dispatch({ type: 'run', row: row('b', { createdAt: 2, kind: 'capacity' }) })
    dispatch({ type: 'run', row: row('b', { createdAt: 2, kind: 'capacity', steps: 5 }) })
    expect(runs.list.map(({ run, steps }) => [run, steps])).toEqual([
      ['b', 5],
      ['a', undefined],
    ])
  })

  it('counts what is trained here as active, and no experiment', () => {
    const runs = useRunsStore()
    dispatch({ type: 'run', row: row('b', { createdAt: 2, kind: 'landscape' }) })
    expect(runs.active).toBeNull()
    dispatch({ type: 'run', row: row('a', { createdAt: 1, status: 'paused' }) })
    expect(runs.active?.run).toBe('a')
  })

  it('shows an experiment as what goes on, but for a run that trains beside it', () => {
    const runs = useRunsStore()
    expect(runs.current).toBeNull()
    dispatch({ type: 'run', row: row('elsewhere', { kind: 'basin', here: false }) })
    dispatch({ type: 'run', row: row('over', { kind: 'basin', status: 'finished' }) })
    expect(runs.current).toBeNull()
    dispatch({ type: 'run', row: row('a', { status: 'paused' }) })
    expect(runs.current?.run).toBe('a')
    dispatch({ type: 'run', row: row('b', { kind: 'capacity' }) })
    expect(runs.current?.run).toBe('b')
    dispatch({ type: 'run', row: row('a', { status: 'running' }) })
    expect(runs.current?.run).toBe('a')
  })
})
