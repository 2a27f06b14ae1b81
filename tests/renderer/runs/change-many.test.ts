/** More runs than one call takes, and deeds that one impatient press must not begin twice. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CHANGED_AT_ONCE, changeMany, createOnce } from '../../../src/renderer/rooms/runs/change-many'
import type { ErrorCode, RunsChanged } from '../../../src/shared'

const many = Array.from({ length: 2 * CHANGED_AT_ONCE + 1 }, (_, i) => `r${i}`)
const failure = (code: ErrorCode): RunsChanged['failed'] => ({ code, message: '', details: {} })

describe('more runs than one call takes', () => {
  it('are changed by several', async () => {
    const sizes: number[] = []
    const tell = vi.fn()
    const change = async (some: string[]): Promise<RunsChanged> => {
      sizes.push(some.length)
      return { done: some, refused: { run: some[0], status: 'running' }, failed: failure('E_RUN_UNKNOWN') }
    }
    const changed = await changeMany(many, change, tell)
    expect(tell.mock.calls.flat()).toEqual([0, CHANGED_AT_ONCE, 2 * CHANGED_AT_ONCE])
    expect(sizes).toEqual([CHANGED_AT_ONCE, CHANGED_AT_ONCE, 1])
    expect(changed.done).toEqual(many)
    expect(changed.refused).toEqual({ run: 'r0', status: 'running' })
    expect(changed.failed?.code).toBe('E_RUN_UNKNOWN')
  })

  it('are left where nothing can be changed any more', async () => {
    const change = vi.fn(async () => ({ done: ['r0'], refused: null, failed: failure('E_DISK_FULL') }))
    expect(await changeMany(many, change)).toMatchObject({ done: ['r0'], failed: { code: 'E_DISK_FULL' } })
    expect(change).toHaveBeenCalledOnce()
  })

  it('are none where none is meant', async () => {
    const change = vi.fn()
    expect(await changeMany([], change)).toEqual({ done: [], refused: null, failed: null })
    expect(change).not.toHaveBeenCalled()
  })
})

describe('a deed', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is begun once by a double press, and again later, even if it failed', async () => {
    const once = createOnce()
    const work = vi.fn(() => Promise.reject(new Error('no')))
    const press = (): Promise<unknown> => once('repeat a', work).catch(() => undefined)
    await Promise.all([press(), press()])
    await press()
    await once('repeat b', () => Promise.resolve())
    expect(work).toHaveBeenCalledTimes(1)
    await vi.runAllTimersAsync()
    await press()
    expect(work).toHaveBeenCalledTimes(2)
  })
})
