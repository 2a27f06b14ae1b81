/** The best parameters of a run: which they are, and that their loss and that of the last are of the same text. */
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Trainer } from '../../../src/engine'
import { readModel } from '../../../src/lab/models/model-file'
import { trainerSettings, shapeOf } from '../../../src/lab/training/training-plan'
import { DEFAULT_CONFIGURATION, VALIDATION_TOKENS } from '../../../src/shared'
import { filesOf, IDS, jobOf, kept, runToEnd, start } from '../support/sessions'
import type { Harness } from '../support/sessions'

/** Trained on one symbol, tried on all of them: it overfits at once. */
const trainTokens = 3000
const HELD_OUT = 30_000
const ids = Uint8Array.from({ length: trainTokens + HELD_OUT }, (_, i) =>
  i < trainTokens ? 2 : IDS[(i * 7) % IDS.length],
)
const OVERFITTING = { steps: 60, validateEvery: 10, learningRate: 0.05 }

/** The loss of a kept checkpoint on so many held-out tokens, computed anew. */
function lossOf(harness: Harness, step: number, most = Infinity): number {
  const { parameters } = readModel(filesOf(harness, step).model)
  const { configuration } = jobOf({ ...DEFAULT_CONFIGURATION, hidden: 4, batch: 2, sequence: 5, steps: 60 }, '')
  const settings = trainerSettings(configuration, shapeOf(configuration, 7), 60)
  const trainer = new Trainer({ ...settings, kernel: { name: 'scalar' }, workers: 1 }, ids.subarray(0, trainTokens))
  trainer.setParameters(parameters)
  const validation = trainer.validate(ids.subarray(trainTokens), most)
  for (;;) {
    const loss = validation.next(trainer.parameters)
    if (loss !== null) return loss
  }
}

describe('the best parameters of a run', () => {
  it('are measured at its end on all of the held-out text, as the last are', async () => {
    const harness = await runToEnd(OVERFITTING, { ids, trainTokens })
    const { progress, checkpoints } = harness.told
    const best = progress?.bestStep ?? 0
    expect(best).toBeLessThan(60)
    expect(HELD_OUT).toBeGreaterThan(VALIDATION_TOKENS)
    expect(progress?.bestValidationLoss).toBeCloseTo(lossOf(harness, best), 10)
    expect(progress?.validationLoss).toBeCloseTo(lossOf(harness, 60), 10)
    expect(progress?.bestValidationLoss).toBeLessThan(progress?.validationLoss ?? 0)
    // The last parameters are what it trained: those of the best were held for the measurement alone.
    expect(checkpoints.at(-1)?.step).toBe(60)
    expect(readFileSync(filesOf(harness, 60).model)).not.toEqual(readFileSync(filesOf(harness, best).model))
  })

  it('are the last ones where the file of the best is damaged', async () => {
    const harness = start(OVERFITTING, { ids, trainTokens })
    await harness.session.prepare()
    harness.onTurn = () => {
      const best = harness.told.progress?.bestStep ?? null
      if (best !== null && best > 0) writeFileSync(filesOf(harness, best).model, 'damaged')
    }
    harness.session.go()
    await harness.ended
    const { progress } = harness.told
    expect(progress).toMatchObject({ bestStep: 60, bestValidationLoss: progress?.validationLoss })
  })

  it('stay known when it is trained further, on the part that every validation reads', async () => {
    const first = await runToEnd(OVERFITTING, { ids, trainTokens })
    const best = first.told.progress?.bestStep ?? 0
    const resumed = { ids, trainTokens, folder: first.folder, totalSteps: 80, isExtended: true }
    const further = await runToEnd({ ...OVERFITTING, steps: 80 }, { ...resumed, resumeFrom: filesOf(first, 60) })
    const whole = await runToEnd({ ...OVERFITTING, steps: 80 }, { ids, trainTokens })
    expect(further.told.progress?.bestStep).toBe(best)
    expect(further.told.progress).toMatchObject({
      bestStep: whole.told.progress?.bestStep,
      bestValidationLoss: whole.told.progress?.bestValidationLoss,
    })
  })

  it('are unknown where nothing is held out', async () => {
    const { told } = await runToEnd({ validation: 0 })
    expect(told.progress).toMatchObject({ bestStep: null, bestValidationLoss: null })
  })

  it('of a run that ran out of patience do not end it again at once when it is trained further', async () => {
    const impatient = { ...OVERFITTING, patience: 2, steps: 400 }
    const first = await runToEnd(impatient, { ids, trainTokens })
    const ended = first.told.progress?.steps ?? 0
    expect(ended).toBeLessThan(400)
    const resumed = { ids, trainTokens, folder: first.folder, resumeFrom: filesOf(first, ended), totalSteps: 1000 }
    const further = await runToEnd(impatient, { ...resumed, isExtended: true })
    expect(further.told.progress?.steps).toBe(ended + 20)
    // One that was killed just before its end comes to that end.
    const killed = await runToEnd(impatient, resumed)
    expect(killed.told.end?.status).toBe('finished')
    expect(killed.told.points.filter(({ step }) => step > ended)).toEqual([])
  })
})

describe('the range of a point', () => {
  it('is the least and the greatest loss of the steps it covers', async () => {
    const singles = await runToEnd({ steps: 1000, hidden: 1, batch: 1, sequence: 1 })
    expect([...kept(singles.told.points).values()].every((p) => p.minTrainLoss === p.trainLoss)).toBe(true)
    const { told } = await runToEnd({ steps: 1040, hidden: 1, batch: 1, sequence: 1 })
    for (const { step, trainLoss, minTrainLoss, maxTrainLoss } of kept(told.points).values()) {
      if (step <= 1000) expect([minTrainLoss, maxTrainLoss]).toEqual([trainLoss, trainLoss])
      else {
        expect(minTrainLoss).toBeLessThan(trainLoss ?? 0)
        expect(maxTrainLoss).toBeGreaterThan(trainLoss ?? 0)
      }
    }
  })

  it('is the same when the run was interrupted in the middle of it', async () => {
    const setting = { steps: 1030, hidden: 1, batch: 1, sequence: 1 }
    const whole = await runToEnd(setting)
    const first = await runToEnd({ ...setting, steps: 1013 })
    const resumed = { folder: first.folder, resumeFrom: filesOf(first, 1013), totalSteps: 1030 }
    const further = await runToEnd(setting, resumed)
    const rangeAt = (of: Harness, step: number) => {
      const { minTrainLoss, maxTrainLoss } = kept(of.told.points).get(step) ?? {}
      return [minTrainLoss, maxTrainLoss]
    }
    expect(rangeAt(further, 1030)).toEqual(rangeAt(whole, 1030))
    // The last point of the first part took the losses of three steps with it: the rest of the ten has a range of its own.
    expect(rangeAt(further, 1020)[0]).not.toBeNull()
  })
})
