/** The setting that is suggested for a text, and what of it a person's own choices leave. */
import { describe, expect, it } from 'vitest'
import {
  FIRST_SETTING,
  suggestSetting,
  untouchedSuggestion,
} from '../../../src/renderer/rooms/train/form/suggested-setting'
import { fitTraining } from '../../../src/renderer/rooms/train/training-fit'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'

const stepsFor = (tokens: number): number =>
  fitTraining({ ...DEFAULT_CONFIGURATION, ...suggestSetting({ tokens, validation: 0.1 }) }, tokens, 60).totalSteps

describe('a suggested setting', () => {
  it.each([
    ['the shortest bundled text', 119_000, 2000],
    ['the longest bundled text', 337_000, 2000],
    ['a text of a megabyte', 1_115_394, 4000],
    ['a text of 100 megabytes', 100_000_000, 4000],
  ])('for %s is a gated network with about as many steps as were measured', (_, tokens, steps) => {
    expect(suggestSetting({ tokens, validation: 0.1 })).toMatchObject({ cell: 'gru', schedule: 'cosine' })
    expect(Math.abs(stepsFor(tokens) / steps - 1)).toBeLessThan(0.1)
  })

  it('for a short text leaves the cell and rate, and passes over it at most 200 times', () => {
    const { cell, learningRate } = DEFAULT_CONFIGURATION
    for (const tokens of [1, 40, 2000, 10_476, 59_999]) {
      const suggested = suggestSetting({ tokens, validation: 0.1 })
      expect(suggested).toMatchObject({ cell, learningRate, steps: null })
      expect(suggested.epochs).toBeLessThanOrEqual(200)
      expect(suggested.batch).toBeGreaterThanOrEqual(1)
      expect(suggested.batch).toBeLessThanOrEqual(16)
    }
  })

  it('changes nothing that a person has set', () => {
    const next = suggestSetting({ tokens: 300_000, validation: 0.1 })
    const current = { ...FIRST_SETTING, cell: 'lstm', learningRate: 0.001 } as const
    const { cell: _, learningRate: __, ...rest } = next
    expect(untouchedSuggestion(next, FIRST_SETTING, current)).toEqual(rest)
    expect(untouchedSuggestion(next, FIRST_SETTING, FIRST_SETTING)).toEqual(next)
  })
})
