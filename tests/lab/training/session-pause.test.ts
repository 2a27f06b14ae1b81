/** A run in its worker that is paused, saved and stopped: nothing is lost, and it goes on to the same bits. */
import { describe, expect, it } from 'vitest'
import { filesOf, lastDigest, lossesOf, runToEnd, start } from '../support/sessions'

describe('pause, stop and go', () => {
  it('pauses between two steps with everything saved, and goes on to the same bits', async () => {
    const whole = await runToEnd({ dropout: 0.2, layers: 2, validateEvery: 7 })
    const harness = start({ dropout: 0.2, layers: 2, validateEvery: 7 })
    const { session, told } = harness
    await session.prepare()
    for (let i = 0; i < 3; i++) {
      session.go()
      await session.pause()
      expect(told.checkpoints.at(-1)?.step).toBe(told.progress?.steps)
    }
    expect(told.progress?.steps).toBeGreaterThan(0)
    expect(told.progress?.steps).toBeLessThan(40)
    session.go()
    await harness.ended
    expect(lastDigest(harness)).toBe(lastDigest(whole))
    expect(lossesOf(harness)).toEqual(lossesOf(whole))
  })

  it('goes on from its checkpoint in another worker to the same bits and the same points', async () => {
    const changes = { cell: 'lstm', dropout: 0.2, layers: 2, validateEvery: 7, steps: 1033, hidden: 2 } as const
    const whole = await runToEnd(changes)
    const first = start(changes)
    await first.session.prepare()
    let turns = 0
    const paused = new Promise<void>((resolve) => {
      first.onTurn = () => {
        turns += 1
        if (turns === 270) void first.session.pause().then(resolve)
      }
    })
    first.session.go()
    await paused
    const step = first.told.checkpoints.at(-1)?.step ?? 0
    expect(step).toBeGreaterThan(500)
    const second = await runToEnd(changes, { folder: first.folder, resumeFrom: filesOf(first, step) })
    expect(lastDigest(second)).toBe(lastDigest(whole))
    const joined = new Map([...lossesOf(first), ...lossesOf(second)])
    expect(joined).toEqual(lossesOf(whole))
    expect(second.told.progress).toMatchObject({
      trainLoss: whole.told.progress?.trainLoss,
      bestValidationLoss: whole.told.progress?.bestValidationLoss,
    })
  })

  it('stops for good', async () => {
    const { session, told, ended } = start({ steps: 1_000_000 })
    await session.prepare()
    session.go()
    await session.stop()
    await ended
    expect(told.end).toEqual({ status: 'stopped', reason: null })
    const { length } = told.points
    session.go()
    await session.pause()
    await session.stop()
    expect(told.points).toHaveLength(length)
    expect(told.checkpoints.at(-1)?.step).toBe(told.progress?.steps)
  })

  it('is saved when asked to, and trains on', async () => {
    const harness = start({ checkpointEvery: 1e9 })
    const { session, told } = harness
    await session.prepare()
    let turn = 0
    harness.onTurn = () => {
      turn += 1
      if (turn === 2) void session.save()
    }
    session.go()
    await harness.ended
    const [first, saved, last, ...more] = told.checkpoints.map(({ step }) => step)
    expect([first, last, more]).toEqual([0, 40, []])
    expect(saved).toBeGreaterThan(0)
    expect(saved).toBeLessThan(40)
    expect(lastDigest(harness)).toBe(lastDigest(await runToEnd()))
  })

  it('stops before it has begun', async () => {
    const { session, told } = start()
    await session.prepare()
    await session.stop()
    expect(told.end?.status).toBe('stopped')
    expect(told.points).toEqual([])
  })

  it('ends well whatever it is told, in whatever order', async () => {
    const whole = await runToEnd()
    const harness = start()
    await harness.session.prepare()
    const asked: Promise<void>[] = []
    for (const wish of 'gpgggppgpggpgg') {
      if (wish === 'g') harness.session.go()
      else asked.push(harness.session.pause())
    }
    await Promise.all(asked)
    harness.session.go()
    await harness.ended
    expect(lastDigest(harness)).toBe(lastDigest(whole))
    expect(lossesOf(harness)).toEqual(lossesOf(whole))
  })
})
