/** The list's order. */
import { describe, expect, it } from 'vitest'
import { nextOrder, orderRuns } from '../../../src/renderer/rooms/runs/runs-order'
import type { RunRow } from '../../../src/shared'

const row = (run: string, values: Partial<RunRow>): RunRow => ({ run, createdAt: 0, ...values }) as RunRow

describe('order of runs', () => {
  const rows = [
    row('a', { validationLoss: 2, createdAt: 1 }),
    row('b', { validationLoss: null, createdAt: 2 }),
    row('c', { validationLoss: 1, createdAt: 3 }),
  ]

  it('puts what has no value last, whichever way it is sorted', () => {
    const names = (descending: boolean) => orderRuns(rows, { key: 'validationLoss', descending }).map(({ run }) => run)
    expect(names(false)).toEqual(['c', 'a', 'b'])
    expect(names(true)).toEqual(['a', 'c', 'b'])
  })

  it('turns the column in use around and starts another with what people look for', () => {
    expect(nextOrder({ key: 'name', descending: false }, 'name')).toEqual({ key: 'name', descending: true })
    expect(nextOrder({ key: 'name', descending: false }, 'createdAt')).toEqual({ key: 'createdAt', descending: true })
    expect(nextOrder({ key: 'createdAt', descending: true }, 'trainLoss')).toEqual({
      key: 'trainLoss',
      descending: false,
    })
  })
})
