/** A run in its worker, with a clock and a listener of the test's own: points, validations, checkpoints, and its end. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bestOf } from '../../../src/lab/models/thinning'
import { filesOf, IDS, kept, runToEnd, start } from '../support/sessions'

describe('a run', () => {
  it('writes step 0 before it begins, a point a step, and its end', async () => {
    const harness = start()
    await harness.session.prepare()
    expect(harness.told.checkpoints.map(({ step }) => step)).toEqual([0])
    expect(readdirSync(harness.folder).sort()).toEqual(['0.safetensors', '0.state'])
    harness.session.go()
    await harness.ended
    const { told } = harness
    expect([...kept(told.points).keys()]).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect(told.end).toEqual({ status: 'finished', reason: null })
    expect(told.checkpoints.at(-1)?.step).toBe(40)
    expect(told.progress).toMatchObject({ steps: 40 })
    const mean = told.points.filter(({ validationLoss }) => validationLoss === null).slice(0, 40)
    expect(mean.every(({ nonFinite, trainLoss }) => !nonFinite && trainLoss !== null)).toBe(true)
    expect(kept(told.points).get(40)?.validationLoss).toBe(told.progress?.validationLoss)
  })

  it('of more than a thousand steps has points of ten, the last covering what is left', async () => {
    const { told } = await runToEnd({ steps: 1025, hidden: 1, batch: 1, sequence: 1 })
    const steps = [...kept(told.points).keys()]
    expect(steps).toEqual([...Array.from({ length: 1000 }, (_, i) => i + 1), 1010, 1020, 1025])
  })

  it('validates at its interval, and each loss is kept with the next point', async () => {
    const { told } = await runToEnd({ validateEvery: 8, steps: 40 })
    const validated = [...kept(told.points).values()].filter(({ validationLoss }) => validationLoss !== null)
    expect(validated.map(({ step }) => step)).toEqual([9, 17, 25, 33, 40])
    expect(bestOf(told.checkpoints)?.validationLoss).toBe(told.progress?.bestValidationLoss)
  })

  it('judges which parameters are best by the same part of the held-out text from its beginning to its end', async () => {
    // Trained on one symbol, tried on some others first and then, at the end alone, on much of that one.
    const trainTokens = 10_000
    const ids = Uint8Array.from({ length: 100_000 }, (_, i) =>
      i >= trainTokens && i < trainTokens + 20_001 && i % 4 === 0 ? IDS[(i * 7) % IDS.length] : 2,
    )
    const { told } = await runToEnd({ steps: 40, validateEvery: 10, learningRate: 0.05 }, { ids, trainTokens })
    const judged = told.checkpoints.filter(({ validationLoss }) => validationLoss !== null)
    expect(bestOf(told.checkpoints)?.step).toBe(10)
    expect(judged.at(-1)?.step).toBe(40)
    // Measured on all of it at the end, the last parameters are the better ones, and the run says so.
    expect(told.progress?.validationLoss).toBeLessThan(judged[0].validationLoss ?? 0)
    expect(told.progress).toMatchObject({ bestStep: 40, bestValidationLoss: told.progress?.validationLoss })
    expect(kept(told.points).get(40)?.validationLoss).toBe(told.progress?.validationLoss)
  })

  it('without a held-out text has no validation', async () => {
    const { told } = await runToEnd({ validation: 0, validateEvery: 8 })
    expect(told.points.every(({ validationLoss }) => validationLoss === null)).toBe(true)
    expect(told.progress).toMatchObject({ validationLoss: null, bestValidationLoss: null })
  })

  it('stops when its patience is at an end', async () => {
    const { told } = await runToEnd({ validateEvery: 2, patience: 3, steps: 4000, learningRate: 0.5 })
    expect(told.end?.status).toBe('finished')
    expect(told.progress?.steps).toBeLessThan(4000)
  })

  it('that diverges says where, and keeps its last finite checkpoint', async () => {
    const changes = { learningRate: 1e38, optimizer: 'sgd', clip: 0, steps: 900 } as const
    const harness = await runToEnd(changes)
    const { told } = harness
    expect(told.end?.status).toBe('diverged')
    expect(told.end?.reason).toMatch(/^(loss|gradient) not finite at step \d+$/)
    const last = [...kept(told.points).values()].at(-1)
    expect(last).toMatchObject({ step: Number(told.end?.reason?.split(' ').at(-1)), nonFinite: true })
    expect(told.checkpoints.every(({ step }) => existsSync(join(harness.folder, `${step}.safetensors`)))).toBe(true)
    const { session } = start(changes, { resumeFrom: filesOf(harness, told.checkpoints.at(-1)?.step ?? 0) })
    await session.prepare()
  })

  it('that diverges between two points tells of it too', async () => {
    const burst = { schedule: 'step', decayEvery: 1004, decay: 1e45, learningRate: 1e-3 } as const
    const changes = { ...burst, optimizer: 'sgd', clip: 0, steps: 2000 } as const
    const { told } = await runToEnd(changes)
    expect(told.end?.status).toBe('diverged')
    const last = [...kept(told.points).values()].at(-1)
    expect(last?.nonFinite).toBe(true)
    expect(last?.step).toBe(Number(told.end?.reason?.split(' ').at(-1)))
    expect((last?.step ?? 0) % 10).not.toBe(0)
  })
})
