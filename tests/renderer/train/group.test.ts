/** Runs that were started as one action, and how they stand against each other. */
import { describe, expect, it } from 'vitest'
import { groupOf, meanOf, membersOf, nextGroup, standingsOf } from '../../../src/renderer/rooms/train/group/group'
import type { ComparedCurve } from '../../../src/shared'

const curve = (step: number[], validation: number[], secondsAStep: number): ComparedCurve => ({
  run: 'r',
  step: Float64Array.from(step),
  trainLoss: new Float64Array(step.length),
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
      runs: [
        { atStep: 1, atTime: 2, best: 1 },
        { atStep: 1.5, atTime: 2, best: 1.5 },
      ],
    })
  })

  it('of runs without held-out text is their smoothed loss', () => {
    const run = curve([100, 200], [NaN, NaN], 1)
    expect(standingsOf([run]).runs).toEqual([{ atStep: 8, atTime: 8, best: 8 }])
  })

  it('is open until every run has begun', () => {
    const { step, seconds, runs } = standingsOf([curve([100, 200], [3, 2], 1), null])
    expect([step, seconds]).toEqual([null, null])
    expect(runs).toEqual([
      { atStep: NaN, atTime: NaN, best: 2 },
      { atStep: NaN, atTime: NaN, best: NaN },
    ])
  })

  it('has the spread of a sample over seeds', () => {
    expect(meanOf([1, 2, 3])).toEqual({ mean: 2, spread: 1 })
    expect(meanOf([1])).toEqual({ mean: 1, spread: null })
  })
})
