/** Filters on a real database: what they find, that nothing in them has a meaning of its own, and how they are read. */
import { describe, expect, it } from 'vitest'
import { listQuery } from '../../../src/lab/database/repositories/run-rows'
import { PURGED_QUERY } from '../../../src/lab/database/repositories/bin'
import { DEFAULT_CONFIGURATION, FILTER_FIELDS, LONGEST_FILTER } from '../../../src/shared'
import { newLease, newRun, openTestDatabase, progress, SUMMARY } from '../support/database'
import { errorOf, failureOf } from '../support/errors'

const ALL = { filter: '', deleted: false, archived: false }

function openFilled() {
  const { api, db } = openTestDatabase()
  const add = (run: string, changes: Parameters<typeof newRun>[1], loss: number | null): void => {
    const lease = newLease()
    api.createRun(newRun(run, changes), 'running', lease)
    api.appendPoints(run, lease.token, [], progress(10, { validationLoss: loss }))
    api.setRunStatus(run, lease.token, run === 'c' ? 'crashed' : 'finished', run === 'c' ? 'out of luck' : null)
  }
  const configuration = { ...DEFAULT_CONFIGURATION, cell: 'lstm' as const, hidden: 256, learningRate: 0.01 }
  add('a', { name: 'Über 한글', tags: ['Night Run'], configuration }, 1.5)
  add('b', { name: '100 % _sure_ \\ "x"', corpora: [{ ...SUMMARY, name: 'sea-village.txt' }], tags: ['x'] }, 2)
  add('c', { name: '한글'.normalize('NFD'), createdAt: new Date(2026, 10, 24, 12).getTime(), parent: 'a' }, null)
  api.changeRun('b', { note: 'the best one, *keep*' })
  const find = (filter: string, query: Partial<typeof ALL> = {}): string =>
    api
      .listRuns({ ...ALL, filter, ...query })
      .map(({ run }) => run)
      .join('')
  return { api, db, find }
}

describe('a filter', () => {
  it.each([
    ['', 'cba'],
    ['cell:lstm', 'a'],
    ['cell!=lstm', 'cb'],
    ['hidden>=128', 'cba'],
    ['hidden>128', 'a'],
    ['learningRate<=0.002', 'cb'],
    ['seed:1 batch:32', 'cba'],
    ['validationLoss<1.7', 'a'],
    ['-validationLoss<1.7', 'cb'],
    ['validationLoss:none', 'c'],
    ['validationLoss!=none', 'ba'],
    ['tag:"night run"', 'a'],
    ['tag:night', ''],
    ['tag:none', 'c'],
    ['-status:crashed', 'ba'],
    ['status:crashed OR cell:lstm', 'ca'],
    ['name:한글', 'ca'],
    [`name:${'한글'.normalize('NFD')}`, 'ca'],
    ['name:über', 'a'],
    ['name:ÜBER', 'a'],
    [`name:${'ü'.normalize('NFD')}`, 'a'],
    ['corpus:sea', 'b'],
    ['note:KEEP', 'b'],
    ['keep', 'b'],
    ['night', 'a'],
    ['note:none', 'ca'],
    ['name:%', 'b'],
    ['name:_', 'b'],
    ['name:"\\\\"', 'b'],
    ['name:"0 % _s"', 'b'],
    ['reason:luck', 'c'],
    ['parent:a', 'c'],
    ['run:b', 'b'],
    ['created:2026-11-24', 'c'],
    ['created<2026-11-24', 'ba'],
    ['created<=2026-11-24', 'cba'],
    ['created>2026-11-24', ''],
    ['created>=2026-11-24T12:00', 'c'],
    ['created>0080-01-01', 'cba'],
    ['reverse:no', 'cba'],
    ['cell:lstm hidden>=128 validationLoss<1.7 tag:"night run" -status:crashed (corpus:book OR corpus:b)', 'a'],
    ['"; DROP TABLE runs;--"', ''],
  ])('%s finds %s', (filter, runs) => {
    const { find } = openFilled()
    expect(find(filter)).toBe(runs)
  })

  it('of every field is understood by the database', () => {
    const { find } = openFilled()
    for (const [name, kind] of FILTER_FIELDS) {
      const value = {
        number: '1',
        date: '2026-01-01',
        switch: 'yes',
        word: 'none',
        text: 'x',
        tag: 'x',
        identifier: 'x',
      }[kind]
      expect(() => find(`${name}:${value} OR ${name}:none OR -${name}!=${value}`)).not.toThrow()
    }
  })

  it.each([' ', ' OR '])('of as many conditions as one can write is read: joined by “%s”', (joint) => {
    const { find } = openFilled()
    const many = Array.from({ length: Math.floor(LONGEST_FILTER / (1 + joint.length)) }, () => 'b').join(joint)
    expect(many.length).toBeLessThanOrEqual(LONGEST_FILTER)
    expect(find(many)).toBe('cba')
  })

  it('decides for itself about the archive, and the bin is a place of its own', () => {
    const { api, find } = openFilled()
    api.changeRun('a', { archived: true })
    api.changeRun('b', { starred: true })
    expect([find(''), find('', { archived: true }), find('archived:yes'), find('-archived:yes')]).toEqual([
      'cb',
      'cba',
      'a',
      'cb',
    ])
    expect(find('starred:yes')).toBe('b')
    api.deleteRun('a', 10)
    api.deleteRun('b', 20)
    expect([
      find(''),
      find('', { archived: true }),
      find('', { deleted: true }),
      find('cell:lstm', { deleted: true }),
    ]).toEqual(['c', 'c', 'ba', 'a'])
  })

  it('that is wrong finds nothing and says where', () => {
    const { find } = openFilled()
    expect(failureOf(() => find('hidden>=x'))).toEqual(errorOf('E_FILTER_NUMBER', { position: 9 }))
  })

  it.each([
    ['cell:lstm hidden>=128', /^SCAN runs$/],
    ['status:running', /^SEARCH runs USING INDEX runs_by_status/],
  ])('%s is read without a sort', (filter, first) => {
    const { db } = openFilled()
    const { sql, parameters } = listQuery({ ...ALL, filter })
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]
    expect(plan[0].detail).toMatch(first)
    expect(plan.map(({ detail }) => detail).join()).not.toMatch(/TEMP B-TREE/)
  })

  it.each([
    ['the bin', listQuery({ ...ALL, deleted: true }).sql],
    ['what is purged', PURGED_QUERY.replace('?', '1')],
  ])('finds %s by an index', (_what, sql) => {
    const { db } = openFilled()
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]
    expect(plan[0].detail).toMatch(/^SEARCH runs USING (COVERING )?INDEX runs_by_deletion/)
  })
})
