/** Smoothing that does not lie at the start. */
import { describe, expect, it } from 'vitest'
import { smooth } from '../../../src/renderer/charts/smooth'

describe('smooth', () => {
  it('starts at the first value, not at zero', () => {
    expect(smooth([4.2], 0.95)[0]).toBeCloseTo(4.2, 12)
  })

  it('leaves a constant as it is', () => {
    for (const value of smooth(new Float64Array(50).fill(3), 0.99)) expect(value).toBeCloseTo(3, 10)
  })

  it('is the mean of two values weighted by the factor', () => {
    expect(smooth([1, 2], 0.5)[1]).toBeCloseTo((0.5 * 1 + 2) / 1.5, 12)
  })

  it('passes over what is not a number', () => {
    const smoothed = smooth([1, NaN, 1], 0.9)
    expect(smoothed[1]).toBeNaN()
    expect(smoothed[2]).toBeCloseTo(1, 12)
  })
})
