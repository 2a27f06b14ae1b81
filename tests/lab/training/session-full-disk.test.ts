/** A run in its worker while the disk is full, at any of its writes: it waits, and nothing is lost. */
import { describe, expect, it } from 'vitest'
import { bestOf } from '../../../src/lab/models/thinning'
import { errorOf } from '../support/errors'
import { kept, lastDigest, lossesOf, runToEnd, start } from '../support/sessions'

describe('a full disk', () => {
  it.each([1, 2, 5, 9])('stops it %i times and takes nothing from it', async (times) => {
    const whole = await runToEnd({ validateEvery: 7 })
    const harness = start({ validateEvery: 7 })
    await harness.session.prepare()
    harness.fail.writes = times
    harness.session.go()
    await harness.ended
    const { told } = harness
    expect(told.disk).toEqual(['full', 'free'])
    expect(lossesOf(harness)).toEqual(lossesOf(whole))
    expect(lastDigest(harness)).toBe(lastDigest(whole))
    expect(bestOf(told.checkpoints)?.step).toBe(bestOf(whole.told.checkpoints)?.step)
  })

  it('at any of its writes takes nothing from it either', async () => {
    const changes = { validateEvery: 9, steps: 30, checkpointEvery: 0.05 }
    const whole = await runToEnd(changes)
    for (let before = 0; ; before++) {
      const harness = start(changes)
      await harness.session.prepare()
      const save = harness.told.points
      let turns = 0
      harness.onTurn = () => {
        turns += 1
        if (turns === before) harness.fail.writes = 2
      }
      harness.session.go()
      await harness.ended
      expect(kept(save).size).toBe(30)
      expect(lastDigest(harness)).toBe(lastDigest(whole))
      expect(bestOf(harness.told.checkpoints)?.validationLoss).toBe(bestOf(whole.told.checkpoints)?.validationLoss)
      expect(harness.told.end?.status).toBe('finished')
      if (turns < before) break
    }
  })

  it('does not keep a run from being stopped once there is room again', async () => {
    const { session, told, fail, ended } = start({ steps: 1_000_000, checkpointEvery: 0.01 })
    await session.prepare()
    fail.writes = Infinity
    session.go()
    await expect(session.stop()).rejects.toEqual(errorOf('E_DISK_FULL'))
    fail.writes = 0
    await session.stop()
    await ended
    expect(told.end?.status).toBe('stopped')
    expect(kept(told.points).size).toBe(told.progress?.steps)
  })
})
