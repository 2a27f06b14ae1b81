/** How long a run will take: the arithmetic of it, told by costs, a measured pace and earlier runs. */
import { describe, expect, it } from 'vitest'
import { stepNanoseconds, validationNanoseconds } from '../../../src/engine'
import { expectedPace, expectedSeconds, ofEarlier } from '../../../src/renderer/rooms/train/form/expected-time'
import type { EarlierSpeed, TrainingMachine } from '../../../src/shared'

const SETTING = { cell: 'lstm', hidden: 128, layers: 1, embedding: 0, window: 16, batch: 16, sequence: 48 } as const
/** A run that went `pace` times as fast as its cost says. */
function earlier(pace: number, changes: Partial<EarlierSpeed> = {}): EarlierSpeed {
  const speed = { ...SETTING, vocabularySize: 65, workers: 1, ...changes, nanosecondsAStep: 1 }
  const { shape, batch, sequence, workers } = ofEarlier(speed)
  return { ...speed, nanosecondsAStep: stepNanoseconds(shape, batch, sequence, workers) / pace }
}
const RUN = ofEarlier(earlier(1))
const machine = (pace: number, ...speeds: EarlierSpeed[]): TrainingMachine => {
  return { cores: 2, freeBytes: 4e9, diskFreeBytes: 100e9, pace, earlier: speeds }
}

describe('the pace of a run', () => {
  it('is the measured one before anything was trained', () => {
    expect(expectedPace(RUN, machine(0.7))).toBeCloseTo(0.7, 12)
  })

  it('comes near that of runs of the same setting, the more there are', () => {
    const one = expectedPace(RUN, machine(1, earlier(0.5)))
    expect(one).toBeCloseTo(0.5 ** (1 / 1.3), 12)
    const three = expectedPace(RUN, machine(1, ...Array.from({ length: 3 }, () => earlier(0.5))))
    const weights = 1 + 0.95 + 0.95 * 0.95
    expect(three).toBeCloseTo(0.5 ** (weights / (0.3 + weights)), 12)
  })

  it('is told most by what is like it, and a little by whatever was trained here', () => {
    const alike = expectedPace(RUN, machine(1, earlier(0.5, { hidden: 160 })))
    const otherCell = expectedPace(RUN, machine(1, earlier(0.5, { cell: 'gru' })))
    const otherWorkers = expectedPace(RUN, machine(1, earlier(0.5, { workers: 2 })))
    const unlike = expectedPace(RUN, machine(1, earlier(0.5, { cell: 'vanilla', hidden: 512, batch: 1 })))
    const paces = [0.5, alike, otherWorkers, otherCell, unlike, 1]
    expect(paces).toEqual([...paces].sort((a, b) => a - b))
    expect(new Set(paces).size).toBe(paces.length)
    expect(unlike).toBeCloseTo(0.5 ** (0.2 / 0.5), 2)
  })

  it('is told more by a newer run', () => {
    const [slow, fast] = [earlier(0.5), earlier(2)]
    expect(expectedPace(RUN, machine(1, fast, slow))).toBeGreaterThan(1)
    expect(expectedPace(RUN, machine(1, slow, fast))).toBeLessThan(1)
  })
})

describe('the time of a run', () => {
  const { shape } = RUN
  const step = stepNanoseconds(shape, 16, 48)

  it('is its steps and its validations, at its pace', () => {
    const seconds = expectedSeconds(RUN, { totalSteps: 1000, validateEvery: 300, heldOut: 5001 }, machine(0.5))
    expect(seconds).toBeCloseTo((1000 * step + validationNanoseconds(shape, 4 * 5000)) / 0.5e9, 9)
  })

  it('reads a long text only in part, and all of it twice at the end, with the last and the best parameters', () => {
    const seconds = expectedSeconds(RUN, { totalSteps: 600, validateEvery: 300, heldOut: 50_001 }, machine(1))
    expect(seconds).toBeCloseTo((600 * step + validationNanoseconds(shape, 2 * 20_000 + 2 * 50_000)) / 1e9, 9)
  })

  it('is that of the steps where nothing is held out', () => {
    const seconds = expectedSeconds(RUN, { totalSteps: 10, validateEvery: 1, heldOut: 0 }, machine(1))
    expect(seconds).toBeCloseTo((10 * step) / 1e9, 12)
  })
})
