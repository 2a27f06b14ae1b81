/** What the Train room says of a run: judged by its best validation, and overfitting named where it is. */
import { describe, expect, it } from 'vitest'
import { countingFloors } from '../../../src/renderer/rooms/train/watch/counting-floors'
import { verdictOf } from '../../../src/renderer/rooms/train/watch/verdict'

const floors = countingFloors({
  vocabularySize: 26,
  uniform: 3.26,
  orders: [
    { context: 0, loss: 2.9 },
    { context: 1, loss: 2.4 },
    { context: 2, loss: 2 },
  ],
})

/** The training loss of every step, and a validation every hundred. */
function curveOf(training: (step: number) => number, validations: readonly number[]) {
  const count = 100 * validations.length
  const step = Float64Array.from({ length: count }, (_, i) => i + 1)
  const validationLoss = Float64Array.from(step, (at) => (at % 100 === 0 ? validations[at / 100 - 1] : NaN))
  return { step, trainLoss: step.map(training), validationLoss }
}

function rowOf(validations: readonly number[], trainLoss: number, status: 'running' | 'finished' | 'stopped') {
  const bestValidationLoss = Math.min(...validations)
  return {
    status,
    steps: 100 * validations.length,
    trainLoss,
    validationLoss: validations[validations.length - 1],
    bestValidationLoss,
    bestStep: 100 * (validations.indexOf(bestValidationLoss) + 1),
  }
}

// The first training of a newcomer, as a reviewer met it: training 0.65, validation 3.43, best 1.96 at step 300.
const RHYMES = [2.6, 2.2, 1.96, 2.1, 2.4, 2.9, 3.2, 3.3, 3.4, 3.43]
const falling = (step: number): number => 3 * Math.exp(-step / 400) + 0.6

describe('the verdict of a run', () => {
  it('is of its best parameters, and names overfitting since', () => {
    const verdict = verdictOf(rowOf(RHYMES, 0.65, 'finished'), curveOf(falling, RHYMES), floors)
    expect(verdict).toMatchObject({ beaten: { context: 2 }, next: null, bestStep: 300, isOverfitting: true })
  })

  it('while it runs is in the present until three validations were no better', () => {
    const said = (count: number) => {
      const so = RHYMES.slice(0, count)
      const verdict = verdictOf(rowOf(so, falling(100 * count), 'running'), curveOf(falling, so), floors)
      return [verdict?.bestStep, verdict?.isOverfitting]
    }
    expect(said(3)).toEqual([null, false])
    expect(said(5)).toEqual([null, false])
    expect(said(6)).toEqual([300, true])
  })

  it('names no overfitting where both losses stand still, or the loss on its own text rises too', () => {
    const flat = [2.5, 2.1, 2.101, 2.105, 2.102, 2.104]
    expect(verdictOf(rowOf(flat, 1.9, 'finished'), curveOf(falling, flat), floors)).toMatchObject({
      bestStep: 200,
      isOverfitting: false,
    })
    const worse = [2.5, 2.1, 2.3, 2.6, 2.9, 3]
    const rising = (step: number): number => 2 + step / 1000
    expect(verdictOf(rowOf(worse, rising(600), 'finished'), curveOf(rising, worse), floors)?.isOverfitting).toBe(false)
  })

  it('of a run that was best at its end has nothing to say of an earlier step', () => {
    const better = [3, 2.6, 2.3]
    expect(verdictOf(rowOf(better, 2.2, 'finished'), curveOf(falling, better), floors)).toMatchObject({
      beaten: { context: 1 },
      next: { context: 2 },
      bestStep: null,
      isOpen: false,
      isOverfitting: false,
    })
  })

  it('without a held-out text is of the training loss, and without any loss is silent', () => {
    const row = { status: 'running', steps: 5, validationLoss: null, bestValidationLoss: null, bestStep: null } as const
    const curve = curveOf(falling, [])
    expect(verdictOf({ ...row, trainLoss: 3 }, curve, floors)).toMatchObject({ beaten: { context: 'uniform' } })
    expect(verdictOf({ ...row, trainLoss: null }, curve, floors)).toBeNull()
    expect(verdictOf({ ...row, trainLoss: 3 }, null, floors)?.isOverfitting).toBe(false)
  })
})
