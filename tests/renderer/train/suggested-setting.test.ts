/** The setting that is suggested for a text. */
import { describe, expect, it } from 'vitest'
import { suggestSetting } from '../../../src/renderer/rooms/train/form/suggested-setting'
import { stepNanoseconds } from '../../../src/engine'
import { shapeOf } from '../../../src/renderer/rooms/train/form/model-shape'
import { fitTraining } from '../../../src/renderer/rooms/train/training-fit'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'

const MEGABYTES_100 = 100_000_000

describe('a suggested setting', () => {
  it.each([
    ['the shortest bundled text, of many symbols', 127_000, 764],
    ['the longest bundled text', 337_000, 71],
    ['a text of a megabyte', 1_115_394, 65],
    ['a text of 100 megabytes', MEGABYTES_100, 1500],
  ])('for %s is a gated network for about 40 seconds of one core', (_, tokens, vocabularySize) => {
    const suggested = suggestSetting({ tokens, vocabularySize, validation: 0.1 })
    expect(suggested).toMatchObject({ cell: 'gru', schedule: 'cosine' })
    const configuration = { ...DEFAULT_CONFIGURATION, ...suggested }
    const { totalSteps } = fitTraining(configuration, tokens, vocabularySize)
    const nanoseconds = stepNanoseconds(shapeOf(configuration, vocabularySize), suggested.batch, suggested.sequence)
    // Whole epochs where the text is read at least once.
    expect(Math.abs((totalSteps * nanoseconds) / 40e9 - 1)).toBeLessThan(0.1)
  })

  it('has the higher rate where a large alphabet leaves few steps', () => {
    const rateFor = (tokens: number, vocabularySize: number) =>
      suggestSetting({ tokens, vocabularySize, validation: 0.1 }).learningRate
    expect(rateFor(127_000, 764)).toBe(0.01)
    expect(rateFor(127_000, 241)).toBe(0.006)
    expect(rateFor(337_000, 71)).toBe(0.006)
  })

  it('for a short text leaves the cell and rate, and passes over it at most 200 times', () => {
    const { cell, learningRate } = DEFAULT_CONFIGURATION
    for (const tokens of [1, 40, 2000, 10_476, 59_999]) {
      const suggested = suggestSetting({ tokens, vocabularySize: 40, validation: 0.1 })
      expect(suggested).toMatchObject({ cell, learningRate, steps: null })
      expect(suggested.epochs).toBeLessThanOrEqual(200)
      expect(suggested.batch).toBeGreaterThanOrEqual(1)
      expect(suggested.batch).toBeLessThanOrEqual(16)
    }
  })
})
