/** Thousands of runs looked through: order, groups, rows in sight, siblings, and that indexes are what finds them. */
import { describe, expect, it } from 'vitest'
import { browseQuery, LOSS_AT, SIBLINGS } from '../../../src/lab/database/repositories/browse'
import { SETTING_RANKS } from '../../../src/lab/database/repositories/group-runs'
import { LEAST_PACKED } from '../../../src/lab/runs/drawn-curve'
import { NEWEST_QUERY } from '../../../src/lab/database/repositories/run-rows'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { BrowseQuery, RunConfiguration } from '../../../src/shared'
import { newLease, newRun, openTestDatabase, point, progress, SUMMARY } from '../support/database'

const EVERYTHING: BrowseQuery = {
  filter: '',
  place: 'kept',
  sort: { key: 'created', descending: true },
  group: null,
  atStep: null,
}

function openFilled() {
  const { api, db } = openTestDatabase()
  const add = (run: string, best: number | null, changes: Partial<RunConfiguration>, createdAt: number): void => {
    const lease = newLease()
    const configuration = { ...DEFAULT_CONFIGURATION, ...changes }
    api.createRun(newRun(run, { name: `run ${run}`, configuration, createdAt }), 'running', lease)
    const points = [1, 2, 3, 4].map((step) =>
      point(step, {
        trainLoss: 5 - step,
        validationLoss: step === 3 ? best : step === 4 && best !== null ? best + 1 : null,
      }),
    )
    api.appendPoints(run, lease.token, points, progress(4, { bestValidationLoss: best, bestStep: best && 3 }))
    api.setRunStatus(run, lease.token, 'finished', null)
  }
  add('a', 1.5, { seed: 1, hidden: 64 }, 10)
  add('b', 1.25, { seed: 2, hidden: 64 }, 20)
  add('c', null, { seed: 1, cell: 'lstm' }, 30)
  add('d', 2, { seed: 3, hidden: 64 }, 40)
  const find = (query: Partial<BrowseQuery> = {}): string => api.browseRuns({ ...EVERYTHING, ...query }).runs
  return { api, db, find }
}

describe('a list of runs', () => {
  it('is ordered by any column, what has nothing always last', () => {
    const { find } = openFilled()
    expect(find()).toBe('d c b a')
    expect(find({ sort: { key: 'bestValidationLoss', descending: false } })).toBe('b a d c')
    expect(find({ sort: { key: 'bestValidationLoss', descending: true } })).toBe('d a b c')
    expect(find({ sort: { key: 'name', descending: false } })).toBe('a b c d')
    expect(find({ sort: { key: 'seed', descending: true } })).toBe('d b c a')
  })

  it('is filtered, also together with a bound step', () => {
    const { find } = openFilled()
    expect(find({ filter: 'cell:vanilla seed>1' })).toBe('d b')
    expect(find({ filter: 'hidden:64', sort: { key: 'atStep', descending: false }, atStep: 2 })).toBe('d b a')
  })

  it('shows one place at a time', () => {
    const { api, find } = openFilled()
    api.changeRun('a', { archived: true })
    api.deleteRun('b', 5)
    expect([find(), find({ place: 'archived' }), find({ place: 'bin' })]).toEqual(['d c', 'a', 'b'])
    expect(find({ filter: 'archived:yes' })).toBe('a')
  })

  it('falls into groups with their count, mean and best', () => {
    const { api } = openFilled()
    const byCell = api.browseRuns({ ...EVERYTHING, group: 'cell' })
    expect(byCell.groups).toEqual([
      { value: 'lstm', count: 1, mean: null, best: null },
      { value: 'vanilla', count: 3, mean: (1.5 + 1.25 + 2) / 3, best: 1.25 },
    ])
    expect(byCell.runs).toBe('c d b a')
  })

  it('falls into groups alike in all but their seed, told by their first run, what has no setting last', () => {
    const { api, db } = openFilled()
    const grouped = (): unknown => {
      const { runs, groups } = api.browseRuns({ ...EVERYTHING, group: 'setting' })
      return { runs, groups: groups.map(({ value, count, best }) => [value, count, best]) }
    }
    const alike = ['run d', 3, 1.25]
    expect(grouped()).toEqual({ runs: 'c d b a', groups: [['run c', 1, null], alike] })
    db.exec(`UPDATE run_details SET configuration = NULL WHERE run_id = (SELECT id FROM runs WHERE run = 'c')`)
    expect(grouped()).toEqual({ runs: 'd b a c', groups: [alike, [null, 1, null]] })
    // The same setting on another text is another setting.
    db.pragma('foreign_keys = OFF')
    db.exec(`UPDATE run_corpora SET sha256 = 'other' WHERE run_id = (SELECT id FROM runs WHERE run = 'b')`)
    expect(grouped()).toMatchObject({
      groups: [
        ['run d', 2, 1.5],
        ['run b', 1, 1.25],
        [null, 1, null],
      ],
    })
  })
})

describe('rows in sight', () => {
  it('come in the order asked for, with their best step, the loss at a step, and how many differ in their seed', () => {
    const { api } = openFilled()
    const rows = api.readBrowsedRows(['c', 'gone', 'a'], 2)
    expect(rows.map(({ run, bestStep, atStep, seeds, seed }) => [run, bestStep, atStep, seeds, seed])).toEqual([
      ['c', null, 3, 0, 1],
      ['a', 3, 3, 2, 1],
    ])
    expect([...rows[1].spark]).toEqual([1, 2, 3, 4, 4, 3, 2, 1])
  })

  it('come with the list, as many from its beginning as are asked for', () => {
    const { api } = openFilled()
    const { runs, rows } = api.browseRuns({ ...EVERYTHING, rows: 2 })
    expect(runs).toBe('d c b a')
    expect(rows).toEqual(api.readBrowsedRows(['d', 'c'], null))
    expect(api.browseRuns(EVERYTHING).rows).toEqual([])
  })

  it('have a sparkline that is kept once nobody trains the run, until a point changes', () => {
    const { api, db } = openFilled()
    const kept = (): unknown => db.prepare('SELECT COUNT(*) FROM sparklines').pluck().get()
    const before = api.readBrowsedRows(['a'], null)[0].spark
    expect(kept()).toBe(4)
    db.exec('DELETE FROM sparklines')
    expect(api.readBrowsedRows(['a'], null)[0].spark).toEqual(before)
    const lease = newLease()
    api.resumeRun('b', { step: 4, totalSteps: 9, kernel: 'scalar' }, lease)
    api.appendPoints('b', lease.token, [point(5, { trainLoss: 0.5 })], progress(5))
    expect(api.readBrowsedRows(['b'], null)[0].spark.at(-1)).toBe(0.5)
    api.setRunStatus('b', lease.token, 'finished', null)
    expect(kept()).toBe(1)
    expect(api.readBrowsedRows(['b'], null)[0].spark.at(-1)).toBe(0.5)
  })

  it('know their siblings only with the same text', () => {
    const { api } = openFilled()
    expect(api.listSiblings('a')).toEqual(['b', 'd'])
    const lease = newLease()
    const corpora = [{ ...SUMMARY, sha256: 'b'.repeat(64) }]
    const configuration = { ...DEFAULT_CONFIGURATION, hidden: 64, seed: 9 }
    api.createRun(newRun('e', { configuration, corpora }), 'running', lease)
    expect(api.listSiblings('a')).toEqual(['b', 'd'])
    expect(api.listSiblings('e')).toEqual([])
  })
})

describe('a curve for the eye', () => {
  it('keeps its extremes and all its smoothing, however few points are drawn', () => {
    const { api } = openTestDatabase()
    const lease = newLease()
    api.createRun(newRun('long'), 'running', lease)
    const points = Array.from({ length: 1000 }, (_, i) => point(i + 1, { trainLoss: i === 500 ? 99 : 1 }))
    api.appendPoints('long', lease.token, points, progress(1000, { seconds: 20 }))
    const curve = api.readComparedCurve('long', 16, 0.9)
    expect(curve.step.length).toBeLessThan(200)
    expect(Math.max(...curve.trainLoss)).toBe(99)
    expect(curve.smoothed[curve.trainLoss.indexOf(99)]).toBeCloseTo(1 + 98 * 0.1, 10)
    expect(curve.seconds.at(-1)).toBeCloseTo(20, 10)
    expect([curve.step[0], curve.step.at(-1)]).toEqual([1, 1000])
  })
})

describe('a very long run', () => {
  it('is drawn from packed columns once nobody trains it, and from its rows again as soon as a point changes', () => {
    const { api, db } = openTestDatabase()
    const lease = newLease()
    api.createRun(newRun('long'), 'running', lease)
    const points = Array.from({ length: LEAST_PACKED }, (_, i) =>
      point(i + 1, { trainLoss: 1 / (i + 1), validationLoss: i % 100 === 0 ? 2 : null }),
    )
    api.appendPoints('long', lease.token, points, progress(LEAST_PACKED, { seconds: 20 }))
    const packed = (): number => db.prepare('SELECT COUNT(*) FROM packed_curves').pluck().get() as number
    const fromRows = api.readComparedCurve('long', 200, 0.5)
    expect(packed()).toBe(0)
    api.setRunStatus('long', lease.token, 'finished', null)
    expect(packed()).toBe(1)
    expect(api.readComparedCurve('long', 200, 0.5)).toEqual(fromRows)

    const again = newLease()
    api.resumeRun('long', { step: LEAST_PACKED - 10, totalSteps: 30_000, kernel: 'scalar' }, again)
    expect(packed()).toBe(0)
    expect(api.readComparedCurve('long', 200, 0.5).step.at(-1)).toBe(LEAST_PACKED - 10)
  })
})

describe('the queries', () => {
  const planOf = (sql: string, parameters: readonly (string | number)[]): string => {
    const opened = openTestDatabase().db
    return (opened.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[])
      .map(({ detail }) => detail)
      .join('\n')
  }

  it('find a loss at a step and siblings by an index', () => {
    expect(planOf(`SELECT (${LOSS_AT}) FROM runs WHERE id = ?`, [1, 1])).toMatch(
      /points USING PRIMARY KEY \(run_id=\? AND step<\?\)/,
    )
    expect(planOf(SIBLINGS, [1])).toContain('run_details_by_setting')
    expect(planOf(SETTING_RANKS, [])).toContain('SCAN run_details USING INDEX run_details_by_setting')
  })

  it('read the list of rows once, and the newest by their key', () => {
    const { sql, parameters } = browseQuery({ ...EVERYTHING, filter: 'seed>3', group: 'cell' })
    const plan = planOf(sql, parameters)
    expect(plan.match(/SCAN runs/g)).toHaveLength(1)
    expect(plan).not.toMatch(/SCAN (run_details|points|tags)/)
    expect(planOf(NEWEST_QUERY, [500])).toContain('runs USING INTEGER PRIMARY KEY')
  })
})
