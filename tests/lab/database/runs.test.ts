/** Runs in the database: who holds them, their points and checkpoints, and that a write is all there or not at all. */
import { describe, expect, it } from 'vitest'
import { LIST_QUERY } from '../../../src/lab/database/repositories/run-rows'
import { ownIdentity } from '../../../src/lab/process-identity'
import type { RunPoint } from '../../../src/shared'
import { newLease, newRun, openTestDatabase, point, progress, SUMMARY } from '../support/database'
import { errorOf, failureOf } from '../support/errors'

const GONE = { pid: 999_999, started: 'another boot/1' }
const STRANGE = [
  'it’s "quoted"; DROP TABLE runs;--',
  '100 % _sure_',
  'nul\0inside',
  '한글 👩‍👩‍👧 \u202e',
  "O'Brien\n\t\\",
  '',
]

describe('the lease of a run', () => {
  it('is taken with the run, in one piece', () => {
    const { api } = openTestDatabase()
    const row = api.createRun(newRun('a', { tags: ['x', 'x', 'b'] }), 'queued', newLease())
    expect(row).toMatchObject({ run: 'a', status: 'queued', pid: process.pid, here: true, steps: 0, tags: ['b', 'x'] })
    expect(api.showRun('a')).toMatchObject({ corpora: [SUMMARY], probe: 'abc', sample: null, machine: { cores: '2' } })
  })

  it('leaves nothing of a run that could not be created', () => {
    const { api, db } = openTestDatabase()
    api.createRun(newRun('a'), 'running', newLease())
    const twice = newRun('b', { tags: ['fine', ''] }) // an empty tag is refused by the table, after the other rows
    expect(() => api.createRun(twice, 'running', newLease())).toThrow()
    expect(() => api.createRun(newRun('a'), 'running', newLease())).toThrow()
    expect(api.listRuns().map(({ run }) => run)).toEqual(['a'])
    expect(db.prepare('SELECT count(*) AS n FROM run_details').get()).toEqual({ n: 1 })
  })

  it('keeps every other token out, and nothing is written', () => {
    const { api } = openTestDatabase()
    const lease = newLease()
    api.createRun(newRun('a'), 'running', lease)
    const checkpoint = { step: 1, model: '1.safetensors', state: '1.state', validationLoss: null, digest: 'd' }
    const writes: (() => unknown)[] = [
      () => api.appendPoints('a', 'foreign', [point(1)], progress(1)),
      () => api.recordCheckpoint('a', 'foreign', checkpoint, progress(1)),
      () => api.forgetCheckpoints('a', 'foreign', { forgotten: [], parametersOnly: [] }),
      () => api.setRunStatus('a', 'foreign', 'paused', 'person'),
      () => api.setRunStatus('a', 'foreign', 'finished', null),
      () => api.releaseRun('a', 'foreign'),
    ]
    for (const write of writes) expect(failureOf(write)).toEqual(errorOf('E_RUN_BUSY', { pid: process.pid }))
    expect(api.readPoints('a')).toEqual([])
    expect(api.listRuns()[0]).toMatchObject({ status: 'running', steps: 0, here: true, modelStep: null })
  })

  it('is given up by an end, after which nobody writes', () => {
    const { api } = openTestDatabase()
    const lease = newLease()
    api.createRun(newRun('a'), 'running', lease)
    expect(api.setRunStatus('a', lease.token, 'finished', null)).toMatchObject({
      status: 'finished',
      pid: null,
      here: false,
    })
    expect(failureOf(() => api.appendPoints('a', lease.token, [point(1)], progress(1)))).toEqual(errorOf('E_RUN_STATE'))
    expect(failureOf(() => api.showRun('nobody'))).toEqual(errorOf('E_RUN_UNKNOWN', { run: 'nobody' }))
  })

  it('of a living process is respected; of a dead one it is an interruption', () => {
    const { api } = openTestDatabase()
    const mine = newLease()
    const theirs = newLease(GONE)
    api.createRun(newRun('mine'), 'running', mine)
    api.createRun(newRun('theirs'), 'paused', theirs)
    expect(failureOf(() => api.claimRun('mine', ['running'], 'running', newLease()))).toEqual(
      errorOf('E_RUN_BUSY', { pid: process.pid }),
    )
    expect(api.interruptLostRuns()).toMatchObject([{ run: 'theirs', status: 'interrupted', pid: null }])
    expect(api.interruptLostRuns()).toEqual([])
    expect(api.listRuns().map(({ run, status }) => [run, status])).toEqual([
      ['theirs', 'interrupted'],
      ['mine', 'running'],
    ])
    expect(failureOf(() => api.appendPoints('theirs', theirs.token, [point(1)], progress(1)))).toEqual(
      errorOf('E_RUN_STATE'),
    )
  })

  it('is taken over from a dead holder without a look around first', () => {
    const { api } = openTestDatabase()
    api.createRun(newRun('a'), 'running', newLease(GONE))
    expect(api.claimRun('a', ['interrupted'], 'running', newLease())).toMatchObject({ status: 'running', here: true })
  })

  it('of a process with the same number that began at another time is a dead one’s', () => {
    const { api } = openTestDatabase()
    const { pid, started } = ownIdentity()
    expect(started).not.toBeNull()
    api.createRun(newRun('a'), 'running', newLease({ pid, started: `${started}0` }))
    expect(api.interruptLostRuns()).toMatchObject([{ run: 'a', status: 'interrupted' }])
  })

  it('keeps its status when it is only let go', () => {
    const { api } = openTestDatabase()
    const lease = newLease()
    api.createRun(newRun('a'), 'running', lease)
    api.setRunStatus('a', lease.token, 'paused', 'person')
    expect(api.releaseRun('a', lease.token)).toMatchObject({ status: 'paused', reason: 'person', pid: null })
    expect(api.claimRun('a', ['paused'], 'running', newLease())).toMatchObject({ status: 'running', reason: null })
  })

  it.each(['diverged', 'running'] as const)('does not let a %s run go on', (status) => {
    const { api } = openTestDatabase()
    const lease = newLease()
    api.createRun(newRun('a'), 'running', lease)
    if (status === 'diverged') api.setRunStatus('a', lease.token, 'diverged', 'loss not finite at step 3')
    expect(failureOf(() => api.resumeRun('a', { step: 0, totalSteps: 10, kernel: 'simd' }, newLease()))).toEqual(
      errorOf(status === 'diverged' ? 'E_RUN_STATE' : 'E_RUN_BUSY'),
    )
  })

  it('beats for the leases of this connection alone', () => {
    const { api, db } = openTestDatabase()
    api.createRun(newRun('a'), 'running', newLease())
    api.heartbeat(77)
    expect(db.prepare('SELECT lease_beat FROM runs').get()).toEqual({ lease_beat: 77 })
  })
})

describe('points', () => {
  it('are kept once a step, the later one staying', () => {
    const { api } = openTestDatabase()
    const { token } = newLeased(api)
    api.appendPoints('a', token, [point(1), point(2)], progress(2))
    api.appendPoints('a', token, [point(2, { trainLoss: 9 }), point(3)], progress(3))
    expect(api.readPoints('a').map(({ step, trainLoss }) => [step, trainLoss])).toEqual([
      [1, 1],
      [2, 9],
      [3, 1 / 3],
    ])
  })

  it('say so where a number was not finite, and keep the largest and smallest that are', () => {
    const { api } = openTestDatabase()
    const { token } = newLeased(api)
    const extremes: RunPoint[] = [
      point(1, { trainLoss: NaN }),
      point(2, { gradientNorm: Infinity }),
      point(3, { validationLoss: -Infinity }),
      point(4, { trainLoss: Number.MAX_VALUE, gradientNorm: Number.MIN_VALUE }),
    ]
    const row = api.appendPoints('a', token, extremes, progress(4, { trainLoss: NaN, bestValidationLoss: Infinity }))
    expect(row).toMatchObject({ trainLoss: null, bestValidationLoss: null, steps: 4 })
    const [nan, infinite, minus, finite] = api.readPoints('a')
    expect(nan).toMatchObject({ trainLoss: null, gradientNorm: 2, nonFinite: true })
    expect(infinite).toMatchObject({ gradientNorm: null, nonFinite: true })
    expect(minus).toMatchObject({ validationLoss: null, nonFinite: true })
    expect(finite).toMatchObject({ trainLoss: Number.MAX_VALUE, gradientNorm: Number.MIN_VALUE, nonFinite: false })
  })

  it('become columns, NaN where there is nothing', () => {
    const { api } = openTestDatabase()
    const { token } = newLeased(api)
    api.appendPoints('a', token, [point(1), point(2, { validationLoss: 3 })], progress(2))
    const { step, validationLoss } = api.readCurve('a')
    expect(Array.from(step)).toEqual([1, 2])
    expect(Array.from(validationLoss)).toEqual([NaN, 3])
  })

  it('are written with the progress or not at all', () => {
    const { api } = openTestDatabase()
    const { token } = newLeased(api)
    const broken = point(2, { learningRate: 'fast' as unknown as number })
    expect(() => api.appendPoints('a', token, [point(1), broken], progress(2))).toThrow()
    expect(() => api.appendPoints('a', token, [point(1)], progress(-5))).toThrow()
    expect(api.readPoints('a')).toEqual([])
    expect(api.listRuns()[0].steps).toBe(0)
  })

  it('wait for room on a full disk and lose nothing', () => {
    const { api, db } = openTestDatabase()
    const { token } = newLeased(api)
    const pages = db.pragma('page_count', { simple: true })
    db.pragma(`max_page_count = ${pages}`)
    const many = Array.from({ length: 5000 }, (_, i) => point(i + 1))
    expect(failureOf(() => api.appendPoints('a', token, many, progress(5000)))).toEqual(errorOf('E_DISK_FULL'))
    expect(api.readPoints('a')).toEqual([])
    expect(db.inTransaction).toBe(false)
    db.pragma('max_page_count = 100000')
    expect(api.appendPoints('a', token, many, progress(5000)).steps).toBe(5000)
    expect(api.readPoints('a')).toHaveLength(5000)
    expect(api.check(true)).toEqual([])
  })
})

describe('going on', () => {
  it('drops the points and checkpoints after its step, and a point that covers too few steps', () => {
    const { api } = openTestDatabase(() => false)
    const { token } = newLeased(api)
    api.appendPoints(
      'a',
      token,
      [998, 999, 1000, 1010, 1020, 1024].map((step) => point(step)),
      progress(1024),
    )
    for (const step of [0, 1010, 1015, 1024]) saveCheckpoint(api, token, step)
    const row = api.resumeRun('a', { step: 1015, totalSteps: 2000, kernel: 'simd' }, newLease())
    expect(row).toMatchObject({
      steps: 1015,
      totalSteps: 2000,
      kernel: 'simd',
      modelStep: 1015,
      digest: 'digest 1015',
      status: 'running',
    })
    expect(api.readPoints('a').map(({ step }) => step)).toEqual([998, 999, 1000, 1010])
    expect(api.listCheckpoints('a').map(({ step }) => step)).toEqual([0, 1010, 1015])
  })

  it('drops a last point that ends at the step itself but not at its grid', () => {
    const { api } = openTestDatabase(() => false)
    const { token } = newLeased(api)
    api.appendPoints('a', token, [point(1020), point(1024)], progress(1024))
    saveCheckpoint(api, token, 1024)
    api.resumeRun('a', { step: 1024, totalSteps: 2000, kernel: 'scalar' }, newLease())
    expect(api.readPoints('a').map(({ step }) => step)).toEqual([1020])
  })

  it('thins checkpoints and names no file that is gone', () => {
    const { api } = openTestDatabase()
    const { token } = newLeased(api)
    for (const step of [1, 2, 3]) saveCheckpoint(api, token, step)
    api.forgetCheckpoints('a', token, { forgotten: [1], parametersOnly: [2] })
    expect(api.listCheckpoints('a').map(({ step, state }) => [step, state])).toEqual([
      [2, null],
      [3, '3.state'],
    ])
    expect(api.listFiles()).toEqual([
      `corpora/${SUMMARY.sha256}`,
      'models/a/2.safetensors',
      'models/a/3.safetensors',
      'models/a/3.state',
    ])
  })
})

describe('the list', () => {
  it('holds names of every kind as they are', () => {
    const { api } = openTestDatabase()
    STRANGE.forEach((name, i) => api.createRun(newRun(`r${i}`, { name }), 'running', newLease()))
    expect(api.listRuns().map(({ name }) => name)).toEqual([...STRANGE].reverse())
    for (const name of STRANGE) expect(api.renameRun('r0', name).name).toBe(name)
    expect(api.listRuns()).toHaveLength(STRANGE.length)
  })

  it('is read along the primary key, without a sort', () => {
    const { db } = openTestDatabase()
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${LIST_QUERY}`).all() as { detail: string }[]
    expect(plan.map(({ detail }) => detail)).toEqual(['SCAN runs'])
  })

  it.each([
    ['a run by its name', 'SELECT id FROM runs WHERE run = ?'],
    ['its points', 'SELECT step FROM points WHERE run_id = ? ORDER BY step'],
    ['a lease', 'SELECT run FROM runs WHERE lease_token = ?'],
    ['its checkpoints', 'SELECT step FROM checkpoints WHERE run_id = ? ORDER BY step'],
  ])('finds %s by an index', (_what, sql) => {
    const { db } = openTestDatabase()
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('x') as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join('\n')).toMatch(/^SEARCH \w+ USING/)
    expect(plan).toHaveLength(1)
  })
})

function newLeased(api: ReturnType<typeof openTestDatabase>['api']): { token: string } {
  const lease = newLease()
  api.createRun(newRun('a'), 'running', lease)
  return lease
}

function saveCheckpoint(api: ReturnType<typeof openTestDatabase>['api'], token: string, step: number): void {
  const files = { model: `${step}.safetensors`, state: `${step}.state`, digest: `digest ${step}` }
  api.recordCheckpoint('a', token, { step, validationLoss: null, ...files }, progress(step))
}
