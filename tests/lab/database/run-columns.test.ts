/** A filtered list as columns: what differs, in which order, and what is not there. */
import { describe, expect, it } from 'vitest'
import { columnsQuery } from '../../../src/lab/database/repositories/run-columns'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { RunConfiguration } from '../../../src/shared'
import { newLease, newRun, openTestDatabase, progress } from '../support/database'

function openFilled() {
  const { api, db } = openTestDatabase()
  const add = (run: string, best: number | null, changes: Partial<RunConfiguration>): void => {
    const lease = newLease()
    const configuration = { ...DEFAULT_CONFIGURATION, ...changes }
    api.createRun(newRun(run, { configuration }), 'running', lease)
    api.appendPoints(run, lease.token, [], progress(4, { trainLoss: 2, bestValidationLoss: best }))
    api.setRunStatus(run, lease.token, 'finished', null)
  }
  add('a', 1.5, { hidden: 64, learningRate: 0.002 })
  add('b', null, { hidden: 128, cell: 'lstm' })
  add('c', 1.25, { hidden: 64, seed: 7 })
  return { api, db }
}

describe('runs as columns', () => {
  it('have those settings in which they differ, words by their places, and their losses', () => {
    const { api } = openFilled()
    const { runs, settings, losses } = api.readRunsAsColumns({ filter: '', place: 'kept' })
    expect(runs).toBe('c b a')
    expect(settings.map(({ name }) => name)).toEqual(['cell', 'hidden', 'seed'])
    expect(settings[0]).toEqual({ name: 'cell', values: Float64Array.of(1, 0, 1), words: ['lstm', 'vanilla'] })
    expect(settings[1]).toEqual({ name: 'hidden', values: Float64Array.of(64, 128, 64), words: null })
    expect(losses.find(({ name }) => name === 'bestValidationLoss')?.values).toEqual(Float64Array.of(1.25, NaN, 1.5))
  })

  it('are those of the filter and the place', () => {
    const { api } = openFilled()
    api.deleteRun('a', 5)
    expect(api.readRunsAsColumns({ filter: 'hidden:64', place: 'kept' })).toMatchObject({ runs: 'c', settings: [] })
    expect(api.readRunsAsColumns({ filter: '', place: 'bin' }).runs).toBe('a')
    expect(api.readRunsAsColumns({ filter: 'name:nothing', place: 'kept' })).toEqual({
      runs: '',
      settings: [],
      losses: [],
    })
  })

  it('are read in one pass, the configuration by its key', () => {
    const { db } = openFilled()
    const { sql, parameters } = columnsQuery({ filter: 'seed>3', place: 'kept' })
    const plan = (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]).map(
      ({ detail }) => detail,
    )
    expect(plan.join('\n').match(/SCAN runs/g)).toHaveLength(1)
    expect(plan.join('\n')).not.toMatch(/SCAN run_details|TEMP B-TREE/)
  })
})
