/** Calls that are answered with an error: there is no such call, its handler fails, or a window has too many at once. */
import { describe, expect, it, vi } from 'vitest'
import { MOST_IN_FLIGHT, parseCall } from '../../src/main/ipc/register-calls'
import { LabError } from '../../src/shared'
import { errorOf, failureOf } from '../lab/support/errors'
import { openDoor } from './support/call-door'

describe('the name of a call', () => {
  it.each([
    '',
    'runs',
    'runs.',
    '.list',
    'runs.list.x',
    'runs.nothing',
    'nothing.list',
    '__proto__.toString',
    'runs.constructor',
    'constructor.name',
    1,
    null,
    undefined,
    ['runs.list'],
    { toString: () => 'runs.list' },
  ])('%j is none', (name) => {
    expect(failureOf(() => parseCall(name, {}))).toEqual(errorOf('E_INPUT', { what: 'there is no such call' }))
  })
})

describe('a failure', () => {
  it('is told by its code, and what is not the lab’s own is told to the log alone', async () => {
    const known = openDoor(() => {
      throw new LabError('E_RUN_UNKNOWN', { run: 'r' })
    })
    expect(await known.call('runs.list', {})).toMatchObject({
      ok: false,
      error: { code: 'E_RUN_UNKNOWN', details: { run: 'r' } },
    })
    expect(known.log).toEqual([])
    const unknown = openDoor(() => {
      throw new TypeError('cannot read /home/ann/secret.txt')
    })
    const answer = await unknown.call('runs.list', {})
    expect(answer).toMatchObject({ ok: false, error: { code: 'E_INTERNAL' } })
    expect(JSON.stringify(answer)).not.toMatch(/secret|calls\.test/)
    expect(unknown.log.join()).toMatch(/secret.*calls\.test/s)
  })
})

describe('calls at once', () => {
  it(`are at most ${MOST_IN_FLIGHT} from a window, and one that ends makes room`, async () => {
    const ends: (() => void)[] = []
    const { call } = openDoor(() => new Promise<string>((resolve) => ends.push(() => resolve('done'))))
    const waiting = Array.from({ length: MOST_IN_FLIGHT }, () => call('runs.list', {}))
    expect(await call('runs.list', {})).toMatchObject({ ok: false, error: { code: 'E_BUSY' } })
    const other = call('runs.list', {}, { id: 2 })
    await vi.waitFor(() => expect(ends).toHaveLength(MOST_IN_FLIGHT + 1))
    ends[0]()
    await waiting[0]
    const next = call('runs.list', {})
    await vi.waitFor(() => expect(ends).toHaveLength(MOST_IN_FLIGHT + 2))
    for (const end of ends) end()
    expect(await Promise.all([...waiting, other, next])).toEqual(
      Array.from({ length: MOST_IN_FLIGHT + 2 }, () => ({ ok: true, value: 'done' })),
    )
  })

  it('that fail make room too', async () => {
    const { call } = openDoor(() => {
      throw new LabError('E_INPUT')
    })
    for (let i = 0; i < 3 * MOST_IN_FLIGHT; i++) await call('runs.list', {})
    expect(await call('runs.list', {})).toMatchObject({ error: { code: 'E_INPUT' } })
  })
})
