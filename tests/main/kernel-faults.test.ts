/** Where the memory of a kernel guards its bounds by itself. */
import { describe, expect, it } from 'vitest'
import { hasCostlyBounds } from '../../src/main/life/kernel-faults'

describe('bounds', () => {
  it.each([
    ['25.1.1', 'x64', true],
    ['40.9.0', 'arm64', true],
    ['41.0.0', 'x64', false],
    ['100.2.0', 'arm64', false],
    ['25.1.1', 'ia32', false],
  ])('of Electron %s on %s are left to the memory: %s', (electron, architecture, isLeft) => {
    expect(hasCostlyBounds(electron, architecture)).toBe(isLeft)
  })
})
