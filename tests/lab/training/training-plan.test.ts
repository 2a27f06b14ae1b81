/** What a feed-forward window is planned as: its parameters, its memory, and what is refused before anything is made. */
import { describe, expect, it } from 'vitest'
import { trainingBytes } from '../../../src/engine'
import { planTraining } from '../../../src/lab/training/training-plan'
import { DEFAULT_CONFIGURATION, meaninglessSetting } from '../../../src/shared'
import type { RunConfiguration } from '../../../src/shared'
import { errorOf, failureOf } from '../support/errors'

const [TOKENS, V] = [100_000, 65]
const MEBIBYTE = 2 ** 20
const window = (changes: Partial<RunConfiguration>): RunConfiguration => ({
  ...DEFAULT_CONFIGURATION,
  cell: 'window',
  ...changes,
})

describe('a window', () => {
  it.each([
    [{ window: 8, embedding: 16 }, V * 16 + (128 * 8 * 16 + 128) + (V * 128 + V)],
    [{ window: 16, hidden: 10, layers: 3 }, 10 * 16 * V + 10 + 2 * (10 * 10 + 10) + (V * 10 + V)],
  ])('%o has its parameters counted', (changes, parameters) => {
    expect(planTraining(window(changes), TOKENS, V, 'text')).toMatchObject({ parameters })
  })

  it('needs more memory the wider it is, and says which number is too large', () => {
    const bytes = [1, 16, 256].map((width) => {
      const configuration = window({ window: width })
      const { shape } = planTraining(configuration, TOKENS, V, 'text', Infinity)
      return trainingBytes(shape, configuration.batch, configuration.sequence)
    })
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b))
    const refusal = (changes: Partial<RunConfiguration>) =>
      failureOf(() => planTraining(window(changes), TOKENS, V, 'text', 64 * MEBIBYTE))
    expect(refusal({ window: 1024 })).toEqual(errorOf('E_MEMORY', { field: 'window' }))
    expect(refusal({ window: 2, batch: 400, sequence: 200 })).toEqual(errorOf('E_MEMORY', { field: 'batch' }))
  })

  it('has no use for what belongs to a recurrence', () => {
    expect(meaninglessSetting(window({}))).toBeNull()
    expect(meaninglessSetting(window({ gateBias: -1 }))).toBe('gateBias')
    expect(meaninglessSetting(window({ initialisation: 'orthogonal' }))).toBe('initialisation')
    expect(meaninglessSetting({ ...DEFAULT_CONFIGURATION, initialisation: 'orthogonal', gateBias: 1 })).toBeNull()
  })
})
