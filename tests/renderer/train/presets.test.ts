/** Presets fill the time one has with the largest network that can be taught in it, here and on this text. */
import { describe, expect, it } from 'vitest'
import { meaningfulSetting } from '../../../src/renderer/rooms/train/form/fields'
import { PRESETS, presetSetting } from '../../../src/renderer/rooms/train/form/presets'
import { outlookOf } from '../../../src/renderer/rooms/train/form/training-outlook'
import { fitTraining } from '../../../src/renderer/rooms/train/training-fit'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { RunConfiguration, TrainingMachine } from '../../../src/shared'

const MACHINE: TrainingMachine = { cores: 2, freeBytes: 4e9, diskFreeBytes: 100e9, pace: 1, earlier: [] }
const SECONDS = { minute: 60, coffee: 600, night: 28_800 }
const BOOK = { tokens: 1_100_000, vocabularySize: 65 }

function made(name: keyof typeof SECONDS, text = BOOK, machine = MACHINE, cell: RunConfiguration['cell'] = 'lstm') {
  const current = { ...DEFAULT_CONFIGURATION, cell }
  const setting: RunConfiguration = { ...current, ...presetSetting(name, current, text, machine) }
  const fit = fitTraining(setting, text.tokens, text.vocabularySize)
  return { setting, fit, outlook: outlookOf(setting, fit, text.vocabularySize, machine) }
}

describe('a preset', () => {
  it.each(PRESETS)('of %s takes no longer, and most of it where the text is long', (name) => {
    const { seconds } = made(name).outlook
    expect(seconds).toBeLessThanOrEqual(SECONDS[name])
    expect(seconds).toBeGreaterThan(SECONDS[name] / 3)
  })

  it('is larger for a longer time, a faster machine, a longer text', () => {
    const sizes = PRESETS.map((name) => made(name).fit.parameters)
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    expect(sizes[2]).toBeGreaterThan(sizes[0])
    expect(made('minute', BOOK, { ...MACHINE, pace: 10 }).fit.parameters).toBeGreaterThan(sizes[0])
    expect(made('night', { tokens: 20_000, vocabularySize: 65 }).fit.parameters).toBeLessThan(sizes[2])
  })

  it('keeps the cell, and of a text that is too long for one reading sets steps', () => {
    const { setting } = made('minute', { tokens: 90_000_000, vocabularySize: 200 }, MACHINE, 'gru')
    expect(setting.cell).toBe('gru')
    expect(setting.steps).toBeGreaterThan(0)
  })

  it('never asks for more memory than there is', () => {
    const { outlook } = made('night', BOOK, { ...MACHINE, freeBytes: 60e6 })
    expect(outlook.isTooLarge).toBe(false)
  })
})

describe('what a setting comes to', () => {
  it('names the number to lower where it is too much', () => {
    const of = (changes: Partial<RunConfiguration>) => {
      const setting = { ...DEFAULT_CONFIGURATION, workers: 1, ...changes }
      return outlookOf(setting, { ...setting, totalSteps: 10, heldOut: 0 }, 65, { ...MACHINE, freeBytes: 50e6 })
    }
    expect(of({})).toMatchObject({ isTooLarge: false, workers: 1 })
    expect(of({ hidden: 4096 })).toMatchObject({ isTooLarge: true, memory: { field: 'hidden' } })
    expect(of({ batch: 4096 })).toMatchObject({ isTooLarge: true, memory: { field: 'batch' } })
    expect(of({ workers: 20 })).toMatchObject({ isTooLarge: true, memory: { field: 'workers' } })
  })
})

describe('a setting that means nothing for its network', () => {
  it.each([
    [
      { cell: 'window', gateBias: 2, initialisation: 'orthogonal', window: 7 },
      { gateBias: 0, initialisation: 'default', window: 7 },
    ],
    [
      { cell: 'vanilla', gateBias: 2, window: 7 },
      { gateBias: 0, window: 16 },
    ],
    [
      { cell: 'lstm', gateBias: 2, dropout: 0.5, layers: 1, dropoutBeforeDecoder: false },
      { gateBias: 2, dropout: 0.5, dropoutBeforeDecoder: false },
    ],
    [
      { dropout: 0, dropoutBeforeDecoder: false },
      { dropout: 0, dropoutBeforeDecoder: true },
    ],
    [
      { optimizer: 'adam', momentum: 0.5, weightDecay: 0.3 },
      { momentum: 0.9, weightDecay: 0.01 },
    ],
    [
      { steps: 50, epochs: 7 },
      { steps: 50, epochs: 10 },
    ],
  ] as const)('is at its default when it starts (%#)', (changes, expected) => {
    const setting = meaningfulSetting({ ...DEFAULT_CONFIGURATION, ...changes }, DEFAULT_CONFIGURATION)
    expect(setting).toMatchObject(expected)
  })
})
