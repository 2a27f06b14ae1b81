/** Experiments in the database: beside their rows, under their leases, and in one that knew none of them. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConnection, userVersion } from '../../../src/lab/database/connection'
import { createDatabaseApi } from '../../../src/lab/database/create-database-api'
import type { ExperimentState, NewExperiment } from '../../../src/lab/database/database-api'
import { backupFile, migrate, newestVersion } from '../../../src/lab/database/migrate'
import { MIGRATIONS } from '../../../src/lab/database/migrations'
import { newLease, newRun, openTestDatabase, point } from '../support/database'
import { errorOf, failureOf } from '../support/errors'
import { DEFAULT_RECALL, LETTERS_SET } from '../support/patterns'
import { temporaryDirectory } from '../support/temporary'

function newExperiment(run: string): NewExperiment {
  return {
    run,
    name: 'an experiment',
    settings: {
      kind: 'basin',
      set: LETTERS_SET,
      settings: { ...DEFAULT_RECALL, seed: 7 },
      from: 'A',
      flips: [0, 0.1],
      trials: 5,
    },
    totalTrials: 10,
    workers: 2,
    machine: { cores: '2' },
    versions: { lab: '0.0.0' },
    createdAt: 5,
  }
}

const stateAt = (trials: number): ExperimentState => ({
  trials,
  seconds: 1,
  result: { kind: 'basin', summary: { points: [{ flipped: 0, recalled: 1, low: 0.5, high: trials }] } },
})

describe('an experiment', () => {
  it('is written under its lease alone, the newest state in place of the one before', () => {
    const { api } = openTestDatabase()
    const lease = newLease()
    const made = newExperiment('e')
    expect(api.createExperiment(made, lease)).toMatchObject({
      run: 'e',
      kind: 'basin',
      status: 'running',
      steps: 0,
      totalSteps: 10,
      here: true,
      pid: process.pid,
    })
    expect(api.showExperiment('e')).toMatchObject({ settings: made.settings, seed: 7, trials: 0, result: null })
    expect(failureOf(() => api.saveExperiment('e', 'another', stateAt(1)))).toEqual(errorOf('E_RUN_BUSY'))
    expect(api.saveExperiment('e', lease.token, stateAt(1)).steps).toBe(1)
    expect(api.saveExperiment('e', lease.token, stateAt(4)).steps).toBe(4)
    expect(api.showExperiment('e')?.result).toEqual(stateAt(4).result)
    expect(api.endExperiment('e', lease.token, stateAt(10), 'finished', null)).toMatchObject({
      status: 'finished',
      steps: 10,
      pid: null,
      here: false,
    })
    expect(failureOf(() => api.saveExperiment('e', lease.token, stateAt(11)))).toEqual(errorOf('E_RUN_STATE'))
    expect(api.showExperiment('e')?.result).toEqual(stateAt(10).result)
    expect(api.listRuns().map(({ kind }) => kind)).toEqual(['basin'])
    expect(api.check(true)).toEqual([])
  })

  it('of a process that is gone is interrupted and keeps what it had found', () => {
    const { api } = openTestDatabase(() => false)
    const lease = newLease()
    api.createExperiment(newExperiment('e'), lease)
    api.saveExperiment('e', lease.token, stateAt(3))
    expect(api.interruptLostRuns()).toMatchObject([{ run: 'e', status: 'interrupted', steps: 3, pid: null }])
    expect(api.showExperiment('e')).toMatchObject({ status: 'interrupted', trials: 3, result: stateAt(3).result })
  })

  it('is no trained run, nor the other way round', () => {
    const { api } = openTestDatabase()
    api.createRun(newRun('r'), 'running', newLease())
    expect(api.showExperiment('r')).toBeNull()
    expect(failureOf(() => api.showExperiment('none'))).toEqual(errorOf('E_RUN_UNKNOWN'))
  })
})

describe('a database that knew no experiments', () => {
  it('keeps all it had and takes them from then on', () => {
    const file = join(temporaryDirectory(), 'lab.sqlite')
    const old = openConnection({ file, nativeBinding: null })
    migrate(old, file, MIGRATIONS.slice(0, 1))
    expect(userVersion(old)).toBe(1)
    // As that version wrote them: today's statements name what it did not have.
    old.exec(`
      INSERT INTO runs (id, run, kind, status, name, steps, created_at) VALUES (1, 'r', 'training', 'finished', 'n', 2, 5);
      INSERT INTO run_details (run_id, machine, versions) VALUES (1, '{}', '{}');
      INSERT INTO tags (run_id, tag) VALUES (1, 'kept');
      INSERT INTO points (run_id, step, train_loss, gradient_norm, learning_rate, characters_per_second, non_finite)
        VALUES (1, 1, 1, 2, 0.002, 10, 0), (1, 2, 0.5, 2, 0.002, 10, 0);`)
    old.close()

    const db = openConnection({ file, nativeBinding: null })
    migrate(db, file)
    const api = createDatabaseApi({ db, directory: file, now: () => 0 })
    expect(userVersion(db)).toBe(newestVersion())
    expect(api.listRuns()).toMatchObject([{ run: 'r', name: 'n', status: 'finished', steps: 2, tags: ['kept'] }])
    const noRange = { minTrainLoss: null, maxTrainLoss: null }
    expect(api.readPoints('r')).toEqual([point(1, noRange), point(2, noRange)])
    api.createExperiment(newExperiment('e'), newLease())
    expect(api.showExperiment('e')?.seed).toBe(7)
    expect(api.check(true)).toEqual([])
    api.close()
    const copy = openConnection({ file: backupFile(file, 1), nativeBinding: null })
    expect([userVersion(copy), copy.prepare('SELECT run FROM runs').all()]).toEqual([1, [{ run: 'r' }]])
    copy.close()
  })
})
