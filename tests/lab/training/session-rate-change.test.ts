/** A run in its worker whose learning rate is changed: from which step on, and the bits of a run that knew beforehand. */
import { describe, expect, it } from 'vitest'
import type { RunConfiguration } from '../../../src/shared'
import { errorOf } from '../support/errors'
import { filesOf, kept, lastDigest, runToEnd, start } from '../support/sessions'
import type { Harness } from '../support/sessions'

describe('a learning rate that is changed', () => {
  const ratesOf = ({ told }: Harness): (number | undefined)[] =>
    [...kept(told.points).values()].map(({ learningRate }) => learningRate)

  /** Pauses after some slices, changes the rate there, and goes to the end. */
  async function changedAfter(turns: number, rate: number, changes: Partial<RunConfiguration> = {}): Promise<Harness> {
    const harness = start(changes)
    await harness.session.prepare()
    let turn = 0
    harness.onTurn = () => {
      turn += 1
      if (turn === turns) void harness.session.changeRate(rate)
    }
    harness.session.go()
    await harness.ended
    return harness
  }

  it('is the rate from the next step on, and is told with the step', async () => {
    const harness = await changedAfter(2, 0.001)
    const [change] = harness.told.rateChanges
    expect(change.learningRate).toBe(0.001)
    expect(change.after).toBeGreaterThan(0)
    expect(ratesOf(harness)).toEqual(Array.from({ length: 40 }, (_, i) => (i < change.after ? 0.01 : 0.001)))
    expect(lastDigest(harness)).not.toBe(lastDigest(await runToEnd()))
  })

  it.each([1, 2])(
    'by %i worker has the bits of a run that was told of it beforehand, wherever that goes on',
    async (workers) => {
      const changes = { cell: 'lstm', schedule: 'cosine', warmUp: 3, validateEvery: 7, workers, batch: 4 } as const
      const harness = await changedAfter(2, 0.05, changes)
      const { rateChanges } = harness.told
      const again = await runToEnd({ ...changes, rateChanges })
      expect(lastDigest(again)).toBe(lastDigest(harness))
      expect(ratesOf(again)).toEqual(ratesOf(harness))
      const from = filesOf(harness, harness.told.checkpoints.find(({ step }) => step > 0)?.step ?? 0)
      const resumed = await runToEnd({ ...changes, rateChanges }, { folder: harness.folder, resumeFrom: from })
      expect(lastDigest(resumed)).toBe(lastDigest(harness))
    },
  )

  it('while it stands still counts when it goes on; of several at one step the last', async () => {
    const harness = start()
    const { session, told } = harness
    await session.prepare()
    session.go()
    await session.pause()
    const after = told.progress?.steps ?? 0
    await session.changeRate(0.5)
    await session.changeRate(0.002)
    expect(told.rateChanges).toEqual([
      { after, learningRate: 0.5 },
      { after, learningRate: 0.002 },
    ])
    expect(told.progress?.steps).toBe(after)
    session.go()
    await harness.ended
    expect(ratesOf(harness).slice(after)).toEqual(Array.from({ length: 40 - after }, () => 0.002))
  })

  it('that could not be written is not taken', async () => {
    const harness = start()
    await harness.session.prepare()
    harness.fail.writes = 1
    await expect(harness.session.changeRate(0.5)).rejects.toEqual(errorOf('E_DISK_FULL'))
    harness.session.go()
    await harness.ended
    expect(lastDigest(harness)).toBe(lastDigest(await runToEnd()))
  })
})
