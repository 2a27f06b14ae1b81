/** Notes, tags, the bin and what becomes of it, and runs that are carried in, in a real database. */
import { describe, expect, it } from 'vitest'
import { LabError } from '../../../src/shared'
import { newLease, newRun, openTestDatabase, point, progress, SUMMARY } from '../support/database'
import { errorOf, failureOf } from '../support/errors'

const GONE = { pid: 999_999, started: 'another boot/1' }

function openWithRun() {
  const opened = openTestDatabase()
  const lease = newLease()
  opened.api.createRun(newRun('a', { tags: ['x'] }), 'running', lease)
  const points = [point(1), point(2, { trainLoss: null, nonFinite: true }), point(3, { trainLoss: 0.1 + 0.2 })]
  opened.api.appendPoints('a', lease.token, points, progress(3, { trainLoss: 0.1 + 0.2 }))
  return { ...opened, lease, points }
}

describe('what is said of a run', () => {
  it('is kept as it was said, and what isn’t said stays', () => {
    const { api } = openWithRun()
    const note = '# 한글\n\0 "quoted" 👩‍👩‍👧'
    expect(api.changeRun('a', { note, starred: true })).toMatchObject({ starred: true, archived: false, name: 'a run' })
    expect(api.changeRun('a', { archived: true, name: 'new' })).toMatchObject({
      starred: true,
      archived: true,
      name: 'new',
    })
    expect(api.showRun('a').note).toBe(note)
    expect(api.changeRun('a', { starred: false, note: '' })).toMatchObject({ starred: false, archived: true })
    expect(failureOf(() => api.changeRun('b', {}))).toEqual(errorOf('E_RUN_UNKNOWN', { run: 'b' }))
  })

  it('is a tag once, however often it is given', () => {
    const { api } = openWithRun()
    expect(api.tagRun('a', '밤', true).tags).toEqual(['x', '밤'])
    expect(api.tagRun('a', '밤', true).tags).toEqual(['x', '밤'])
    expect(api.tagRun('a', 'x', false).tags).toEqual(['밤'])
    expect(api.tagRun('a', 'x', false).tags).toEqual(['밤'])
  })
})

describe('the bin', () => {
  it('refuses a run that a living process holds', () => {
    const { api } = openWithRun()
    expect(failureOf(() => api.deleteRun('a', 1))).toEqual(errorOf('E_RUN_STATE', { run: 'a', status: 'running' }))
    expect(api.showRun('a').deletedAt).toBeNull()
  })

  it('takes one whose process is gone, and gives it back as interrupted', () => {
    const { api } = openTestDatabase((holder) => holder.pid !== GONE.pid)
    api.createRun(newRun('a'), 'running', newLease(GONE))
    expect(api.deleteRun('a', 7)).toMatchObject({ deletedAt: 7, status: 'interrupted', pid: null })
    expect(failureOf(() => api.deleteRun('a', 8))).toEqual(errorOf('E_RUN_DELETED', { run: 'a' }))
    expect(failureOf(() => api.resumeRun('a', { step: 0, totalSteps: 10, kernel: 'scalar' }, newLease()))).toEqual(
      errorOf('E_RUN_DELETED', { run: 'a' }),
    )
    expect(api.restoreRun('a')).toMatchObject({ deletedAt: null, status: 'interrupted' })
    expect(failureOf(() => api.restoreRun('a'))).toEqual(errorOf('E_RUN_STATE', { run: 'a' }))
  })

  it('is emptied of what is old, with all that belongs to it and texts that nobody names', () => {
    const { api, db, lease } = openWithRun()
    api.setRunStatus('a', lease.token, 'finished', null)
    const other = newLease()
    const summaries = [SUMMARY, { ...SUMMARY, sha256: 'b'.repeat(64) }]
    api.createRun(newRun('b', { corpora: summaries, tags: ['y'] }), 'running', other)
    api.setRunStatus('b', other.token, 'finished', null)
    api.deleteRun('b', 100)
    expect(api.purgeRuns(100)).toEqual({ runs: [], corpora: [] })
    expect(api.purgeRuns(101)).toEqual({ runs: ['b'], corpora: ['b'.repeat(64)] })
    for (const table of ['run_details', 'run_corpora', 'tags']) {
      expect(db.prepare(`SELECT count(DISTINCT run_id) AS n FROM ${table}`).get()).toEqual({ n: 1 })
    }
    expect(api.check(true)).toEqual([])
  })

  it('is emptied of so many at once as are asked for, the oldest first', () => {
    const { api } = openTestDatabase()
    for (const [place, run] of ['c', 'a', 'b'].entries()) {
      const lease = newLease()
      api.createRun(newRun(run), 'running', lease)
      api.setRunStatus(run, lease.token, 'finished', null)
      api.deleteRun(run, place)
    }
    expect([api.purgeRuns(9, 2), api.purgeRuns(9, 2), api.purgeRuns(9, 2)].map(({ runs }) => runs)).toEqual([
      ['c', 'a'],
      ['b'],
      [],
    ])
  })

  it('gives the space of what was in it back', () => {
    const { api, db, lease } = openWithRun()
    api.appendPoints(
      'a',
      lease.token,
      Array.from({ length: 50_000 }, (_, i) => point(i + 1)),
      progress(50_000),
    )
    api.setRunStatus('a', lease.token, 'finished', null)
    const pages = (): number => db.pragma('page_count', { simple: true }) as number
    const before = pages()
    api.deleteRun('a', 1)
    api.purgeRuns(2)
    expect(pages()).toBe(before)
    const free = api.giveBackPages(100)
    expect(free).toBeGreaterThan(0)
    // A page of the map that SQLite keeps of its pages may go with them.
    expect([before - 100, before - 101]).toContain(pages())
    expect(api.giveBackPages(free)).toBe(0)
    expect(pages()).toBeLessThan(before / 4)
  })
})

describe('a run that is carried', () => {
  it('is the same in another database', () => {
    const { api, lease, points } = openWithRun()
    const checkpoint = { step: 3, model: '3.safetensors', state: '3.state', validationLoss: 1.25, digest: 'd' }
    api.recordCheckpoint('a', lease.token, checkpoint, progress(3, { validationLoss: Number.NaN, sample: 'wrote' }))
    api.setRunStatus('a', lease.token, 'diverged', 'no end')
    api.changeRun('a', { note: 'n', starred: true })
    const carried = api.readCarriedRun('a')
    const packed = api.readPackedPoints('a')
    const other = openTestDatabase()
    other.api.insertCarriedRun(carried, packed)
    expect(other.api.showRun('a')).toEqual(api.showRun('a'))
    expect(other.api.readPoints('a')).toEqual(points)
    expect(other.api.listCheckpoints('a')).toEqual([checkpoint])
    expect(other.api.readCarriedRun('a')).toEqual(carried)
  })

  it('is all there or not at all, when the disk is full', () => {
    const { api } = openWithRun()
    const carried = api.readCarriedRun('a')
    const many = 50_000
    const column = new Float64Array(many).fill(1.5)
    const packed = {
      ...api.readPackedPoints('a'),
      step: column.map((_, i) => i + 1),
      trainLoss: column,
      validationLoss: column,
      gradientNorm: column,
      learningRate: column,
      charactersPerSecond: column,
      nonFinite: new Uint8Array(many),
    }
    const other = openTestDatabase()
    const used = other.db.pragma('page_count', { simple: true }) as number
    other.db.pragma(`max_page_count = ${used + 40}`)
    const error = failureOf(() => other.api.insertCarriedRun(carried, packed))
    expect(error).toBeInstanceOf(LabError)
    expect(error).toEqual(errorOf('E_DISK_FULL'))
    expect(other.api.listRuns()).toEqual([])
    other.db.pragma('max_page_count = 100000')
    other.api.insertCarriedRun(carried, packed)
    expect(other.api.readPoints('a')).toHaveLength(many)
  })
})
