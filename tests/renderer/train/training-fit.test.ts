/** What a setting comes to on a text, before it begins. */
import { describe, expect, it } from 'vitest'
import { fitTraining } from '../../../src/renderer/rooms/train/training-fit'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'

const SETTING = { ...DEFAULT_CONFIGURATION, hidden: 10, batch: 4, sequence: 5, epochs: 3 }

describe('a setting on a text', () => {
  it.each([
    ['vanilla', 10 * 22 + 10 * 10 + 2 * 10 + 22 * 10 + 22],
    ['window', 10 * 7 * 22 + 10 + 22 * 10 + 22],
  ] as const)('%s has its parameters and steps counted', (cell, parameters) => {
    const fit = fitTraining({ ...SETTING, cell, window: 7 }, 1000, 22)
    expect(fit).toEqual({ isLowered: false, batch: 4, sequence: 5, heldOut: 100, parameters, totalSteps: 3 * 44 })
  })

  it('of a short text is lowered', () => {
    expect(fitTraining(SETTING, 12, 22)).toMatchObject({ isLowered: true, batch: 2, sequence: 5, totalSteps: 3 })
  })
})
