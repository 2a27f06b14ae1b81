/** What can be done with a run: resumed, trained further, or left to the process that holds it. */
import { describe, expect, it } from 'vitest'
import { runMenu } from '../../src/renderer/rooms/runs/run-menu'
import type { MenuContext } from '../../src/renderer/rooms/runs/run-menu'
import { canResume, canTrainFurther, isElsewhere, isLiveHere, waitingRuns } from '../../src/renderer/stores/run-state'
import { RUN_STATUSES } from '../../src/shared'
import type { RunDetail, RunRow } from '../../src/shared'

const row = (changes: Partial<RunRow>): RunRow =>
  ({
    run: 'r',
    kind: 'training',
    status: 'paused',
    here: false,
    pid: null,
    steps: 728,
    totalSteps: 5228,
    modelStep: 728,
    deletedAt: null,
    archived: false,
    ...changes,
  }) as RunRow

describe('a run that was saved when the lab was closed', () => {
  const left = row({})

  it('is paused, and not in another process', () => {
    expect(isElsewhere(left)).toBe(false)
    expect(isElsewhere(row({ pid: 4711 }))).toBe(true)
    expect(isElsewhere(row({ pid: 4711, here: true }))).toBe(false)
    expect(isElsewhere(row({ status: 'finished', pid: null }))).toBe(false)
  })

  it('can be resumed, unless a living process holds it', () => {
    expect(canResume(left)).toBe(true)
    expect(canResume(row({ pid: 4711 }))).toBe(false)
    expect(canResume(row({ here: true, pid: 1 }))).toBe(true)
    expect(isLiveHere(row({ here: true, pid: 1 }))).toBe(true)
    expect(isLiveHere(left)).toBe(false)
  })

  it('waits, as one does whose process died; one that a person stopped does not', () => {
    const waits = (changes: Partial<RunRow>): number => waitingRuns([row(changes)]).length
    expect(RUN_STATUSES.filter((status) => waits({ status }) === 1)).toEqual(['paused', 'crashed', 'interrupted'])
    expect(waits({ deletedAt: 1 })).toBe(0)
    expect(waits({ archived: true })).toBe(0)
    expect(waits({ here: true, pid: 1 })).toBe(0)
    expect(waits({ kind: 'capacity' })).toBe(0)
  })
})

describe('a run that has ended', () => {
  it('is resumed towards its end, or trained to a later one', () => {
    const stopped = row({ status: 'stopped' })
    expect([canResume(stopped), canTrainFurther(stopped)]).toEqual([true, false])
    const whole = row({ status: 'finished', steps: 5228, modelStep: 5228 })
    expect([canResume(whole), canTrainFurther(whole)]).toEqual([false, true])
    const impatient = row({ status: 'finished', steps: 1501, modelStep: 1501 })
    expect([canResume(impatient), canTrainFurther(impatient)]).toEqual([false, true])
    const diverged = row({ status: 'diverged' })
    expect([canResume(diverged), canTrainFurther(diverged)]).toEqual([false, false])
    const imported = row({ status: 'finished', steps: 0, totalSteps: null, modelStep: 0 })
    expect([canResume(imported), canTrainFurther(imported)]).toEqual([false, false])
  })
})

describe('the menu of a run', () => {
  const menuOf = (detail: RunDetail) =>
    runMenu({
      t: (key: string) => key,
      runs: [detail.run],
      detail,
      isBin: false,
      deeds: {},
    } as unknown as MenuContext).flat()

  it('begins with Resume where the run can be resumed', () => {
    expect(menuOf(row({}) as RunDetail)[0].label).toBe('runs.resume')
    expect(menuOf(row({ pid: 4711 }) as RunDetail)[0].label).not.toBe('runs.resume')
  })

  it('offers to train a finished run further', () => {
    const item = (detail: RunRow) => menuOf(detail as RunDetail).find(({ label }) => label === 'runs.menu.further')
    expect(item(row({ status: 'finished', steps: 5228 }))?.disabled).toBe(false)
    expect(item(row({}))?.disabled).toBe(true)
  })
})
