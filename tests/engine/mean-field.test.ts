/** The error function and the mean-field overlap, against published values. */
import { describe, expect, it } from 'vitest'
import { CRITICAL_LOAD, meanFieldOverlap } from '../../src/engine'
import { erf } from '../../src/engine/numerics/error-function'

describe('erf', () => {
  // Abramowitz and Stegun, table 7.1, and further digits of the series at high precision.
  it.each([
    [0, 0],
    [0.1, 0.1124629160182849],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [3, 0.9999779095030014],
    [5, 0.9999999999984626],
    [7, 1],
  ])('of %d', (x, expected) => {
    expect(Math.abs(erf(x) - expected)).toBeLessThan(1e-14)
    expect(erf(-x) + erf(x)).toBe(0)
  })
})

describe('the mean-field overlap', () => {
  // The zero-temperature equation's solutions, to the digits that are given.
  it.each([
    [0.05, 0.99999, 5],
    [0.08, 0.9996, 4],
    [0.1, 0.998, 3],
    [0.12, 0.9932, 4],
    [0.13, 0.9872, 4],
    [0.135, 0.9808, 4],
    [0.1375, 0.973, 3],
    [0.1379, 0.968, 3],
  ])('at load %d is %d', (load, expected, digits) => {
    expect(meanFieldOverlap(load)).toBeCloseTo(expected, digits)
  })

  it('is 1 without load and where nothing is felt of it', () => {
    expect(meanFieldOverlap(0)).toBe(1)
    expect(meanFieldOverlap(0.001)).toBe(1)
  })

  it('ends at the critical load, where it still has a value', () => {
    expect(CRITICAL_LOAD).toBeCloseTo(0.137906, 5)
    expect(meanFieldOverlap(CRITICAL_LOAD)).toBeCloseTo(0.967, 3)
    expect(meanFieldOverlap(CRITICAL_LOAD - 1e-4)).not.toBeNull()
    expect(meanFieldOverlap(CRITICAL_LOAD + 1e-4)).toBeNull()
    expect(meanFieldOverlap(0.2)).toBeNull()
  })
})
