/** Runs that were started as one action, and how they stand against each other. */
import { describe, expect, it } from 'vitest'
import { groupOf, meanOf, membersOf, nextGroup, standingsOf } from '../../../src/renderer/rooms/train/group/group'
import type { ComparedCurve } from '../../../src/shared'

const curve = (step: number[], validation: number[], secondsAStep: number): ComparedCurve => ({
  run: 'r',
  step: Float64Array.from(step),
  trainLoss: new Float64Array(step.length),
  minTrainLoss: new Float64Array(step.length).fill(NaN),
  maxTrainLoss: new Float64Array(step.length).fill(NaN),
  smoothed: Float64Array.from(step, (at) => 10 - at / 100),
  validationLoss: Float64Array.from(validation),
  seconds: Float64Array.from(step, (at) => at * secondsAStep),
  tokensPerStep: 1,
})

describe('a group', () => {
  it('has every cell with every seed', () => {
    expect(membersOf(['lstm', 'gru'], 2, 7)).toEqual([
      { cell: 'lstm', seed: 7 },
      { cell: 'lstm', seed: 8 },
      { cell: 'gru', seed: 7 },
      { cell: 'gru', seed: 8 },
    ])
  })

  it('has a tag of its own', () => {
    const rows = [{ tags: ['group:1', 'x'] }, { tags: ['group:3'] }]
    expect(nextGroup(rows)).toBe('group:2')
    expect(rows.map(groupOf)).toEqual(['group:1', 'group:3'])
    expect(groupOf({ tags: ['grouped'] })).toBeNull()
  })
})

describe('how runs stand', () => {
  it('is told at equal steps, at equal time, and at their best', () => {
    const slow = curve([100, 200, 300], [3, 2, 1], 0.2)
    const fast = curve([100, 200, 300, 400], [3, NaN, 1.5, 2], 0.1)
    expect(standingsOf([slow, fast])).toEqual({
      step: 300,
      seconds: 40,
      basis: { atStep: 'validation', atTime: 'validation', best: 'validation' },
      runs: [
        { atStep: 1, atTime: 2, best: 1 },
        { atStep: 1.5, atTime: 2, best: 1.5 },
      ],
    })
  })

  it('is interpolated between two validations', () => {
    const [slow, fast] = [curve([100, 200], [3, 1], 0.15), curve([100, 200], [3, 2], 0.1)]
    const { seconds, runs } = standingsOf([slow, fast])
    expect(seconds).toBe(20)
    expect(runs[0].atTime).toBeCloseTo(3 - (2 * 5) / 15, 12)
    expect(runs[1].atTime).toBe(2)
  })

  it('is the loss of training at a time when some run was not validated yet', () => {
    const fast = curve([1, 100, 200], [NaN, 3, 2], 0.1)
    const slow = curve([1, 50, 100, 200], [NaN, NaN, 2.5, 1], 0.4)
    const { seconds, basis, runs } = standingsOf([fast, slow])
    expect(seconds).toBe(20)
    expect(basis).toEqual({ atStep: 'validation', atTime: 'training', best: 'validation' })
    expect(runs).toEqual([
      { atStep: 2, atTime: 8, best: 2 },
      { atStep: 1, atTime: 9.5, best: 1 },
    ])
  })

  it('of runs of which one holds nothing out is their smoothed loss', () => {
    const [run, held] = [curve([100, 200], [NaN, NaN], 1), curve([100, 200], [3, 2], 1)]
    const { basis, runs } = standingsOf([run, held])
    expect(basis).toEqual({ atStep: 'training', atTime: 'training', best: 'training' })
    expect(runs[0]).toEqual({ atStep: 8, atTime: 8, best: 8 })
    expect(runs[1]).toEqual(runs[0])
  })

  it('leaves out a run that has not begun', () => {
    const { step, seconds, runs } = standingsOf([curve([100, 200], [3, 2], 1), null])
    expect([step, seconds]).toEqual([200, 200])
    expect(runs).toEqual([
      { atStep: 2, atTime: 2, best: 2 },
      { atStep: NaN, atTime: NaN, best: NaN },
    ])
    expect(standingsOf([null])).toMatchObject({ step: null, seconds: null })
  })

  it('has the spread of a sample over seeds', () => {
    expect(meanOf([1, 2, 3])).toEqual({ mean: 2, spread: 1 })
    expect(meanOf([1])).toEqual({ mean: 1, spread: null })
  })
})
