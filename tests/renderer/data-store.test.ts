/** A backup that is chosen and restored, a move that is stopped: what the page shows while main does it. */
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { dispatch } from '../../src/renderer/bridge/events'
import { useBridge } from '../../src/renderer/bridge/lab'
import { useDataStore } from '../../src/renderer/rooms/settings/data.store'
import { useAppStore } from '../../src/renderer/stores/app.store'
import { useNoticesStore } from '../../src/renderer/stores/notices.store'
import { LabError } from '../../src/shared'
import type { AppInfo, ChosenBackup, ChosenPlace } from '../../src/shared'
import { createFakeLab } from './support/fake-lab'
import { stubMatchMedia } from './support/match-media'

const BACKUP = { token: 'b', name: 'lab.zip', runs: 2, present: 1 } as ChosenBackup
const PLACE: ChosenPlace = { token: 'p', directory: '/disk', neededBytes: 5, freeBytes: 9 }

/** @param end what ends the work that main was asked for */
function opened(end: () => Promise<null>, chosen: ChosenBackup | null = BACKUP) {
  const fake = createFakeLab({
    data: {
      chooseBackup: async () => chosen,
      choosePlace: async () => PLACE,
      restore: end,
      move: end,
      cancel: async () => null,
    },
  })
  useBridge(fake.bridge)
  const asked = (): string[] => fake.calls.map(({ name }) => name)
  return { data: useDataStore(), notices: useNoticesStore(), asked }
}

beforeEach(() => {
  stubMatchMedia()
  setActivePinia(createPinia())
})

describe('a backup', () => {
  it('is shown, restored by its token, and waits for the page that comes next', async () => {
    let finish: (nothing: null) => void = () => undefined
    const { data, asked } = opened(() => new Promise<null>((resolve) => (finish = resolve)))
    await data.chooseBackup()
    expect(data.backup).toEqual(BACKUP)
    expect(data.isWorking).toBe(false)
    const restored = data.restore()
    dispatch({ type: 'data', progress: { stage: 'unpack', share: 0.5 } })
    expect([data.progress, data.canStop]).toEqual([{ stage: 'unpack', share: 0.5 }, true])
    dispatch({ type: 'data', progress: { stage: 'settle', share: 1 } })
    expect(data.canStop).toBe(false)
    data.leave() // it can't be left any more
    expect(data.backup).toEqual(BACKUP)
    finish(null)
    await restored
    expect(data.isWorking).toBe(true)
    expect(asked()).toEqual(['data.chooseBackup', 'data.restore'])
  })

  it('that isn’t chosen, or is left, is forgotten', async () => {
    const cancelled = opened(async () => null, null)
    await cancelled.data.chooseBackup()
    expect(cancelled.data.backup).toBeNull()
    await cancelled.data.choosePlace()
    expect(cancelled.data.place).toEqual(PLACE)
    cancelled.data.leave()
    expect(cancelled.data.place).toBeNull()
    expect(cancelled.asked()).toEqual(['data.chooseBackup', 'data.choosePlace'])
  })

  it('that can’t be restored is told by its sentence', async () => {
    const { data, notices } = opened(() => Promise.reject(new LabError('E_DATA_BUSY', { name: 'night' })))
    await data.chooseBackup()
    await data.restore()
    expect([data.backup, data.isWorking]).toEqual([null, false])
    expect(notices.notices.map(({ kind, text }) => [kind, text.includes('night')])).toEqual([['error', true]])
  })

  it('that was restored is told by the first page after it', () => {
    const { data, notices } = opened(async () => null)
    data.tellRestored()
    expect(notices.notices).toEqual([])
    useAppStore().info = { restored: { runs: 3, keptAs: 'replaced-x' } } as AppInfo
    data.tellRestored()
    expect(notices.notices[0].text).toBe(
      'The backup is restored: 3 runs. What was there before lies in the folder replaced-x.',
    )
  })
})

describe('a move', () => {
  it('that a person stops is no error', async () => {
    let refuse: (error: Error) => void = () => undefined
    const { data, notices, asked } = opened(() => new Promise<null>((_, reject) => (refuse = reject)))
    await data.choosePlace()
    const moved = data.move()
    data.leave()
    expect(data.place).toEqual(PLACE) // until main has ended it
    refuse(new LabError('E_CANCELLED'))
    await moved
    expect([data.place, data.isWorking, notices.notices]).toEqual([null, false, []])
    expect(asked()).toEqual(['data.choosePlace', 'data.move', 'data.cancel'])
  })
})
