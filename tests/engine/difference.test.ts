/** How far two expectations lie apart, and which steps of two texts belong together. */
import { describe, expect, it } from 'vitest'
import { alignedSteps, totalVariation } from '../../src/engine'

describe('total variation', () => {
  it('is the share of the probability that moved', () => {
    const rows = Float32Array.of(9, 0.5, 0.25, 0.25, 9, 0.25, 0.25, 0.5)
    expect(totalVariation(rows, 1, rows, 5, 3)).toBe(0.25)
    expect(totalVariation(rows, 1, rows, 1, 3)).toBe(0)
  })

  it('of what excludes each other is 1, never more', () => {
    expect(totalVariation(Float32Array.of(1, 0), 0, Float32Array.of(0, 1), 0, 2)).toBe(1)
    const tooMuch = Float32Array.of(0.7, 0.7, 0)
    expect(totalVariation(tooMuch, 0, Float32Array.of(0, 0, 1), 0, 3)).toBe(1)
  })
})

describe('steps of a changed text', () => {
  const steps = (original: number[], changed: number[]) => Array.from(alignedSteps(original, changed))

  it('are the original’s where one token is another', () => {
    expect(steps([1, 2, 3, 4], [1, 9, 3, 4])).toEqual([0, 1, 2, 3])
  })

  it('are counted from the end behind a longer change', () => {
    expect(steps([1, 2, 3], [1, 7, 8, 2, 3])).toEqual([0, -1, -1, 1, 2])
  })

  it('are counted from the end behind a shorter change', () => {
    expect(steps([1, 2, 3, 4, 5], [1, 9, 5])).toEqual([0, 3, 4])
  })

  it('of equal texts are the same, and of an empty one none', () => {
    expect(steps([1, 2], [1, 2])).toEqual([0, 1])
    expect(steps([1, 2], [])).toEqual([])
  })
})
