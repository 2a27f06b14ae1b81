/** What a step costs in time: told by the sizes alone, and near what was measured. */
import { describe, expect, it } from 'vitest'
import { stepNanoseconds, validationNanoseconds } from '../../src/engine'
import type { ModelShape, RecurrentCell } from '../../src/engine'

const of = (cell: RecurrentCell, hidden: number, vocabulary = 65, layers = 1): ModelShape => {
  return { cell, hidden, vocabulary, layers, embedding: 0 }
}

/** Processor time of a step in microseconds on the machine the figures are of, by sizes that people train. */
const MEASURED: readonly [ModelShape, number, number, number][] = [
  [of('lstm', 128), 16, 48, 6236],
  [of('vanilla', 128), 32, 64, 5653],
  [of('gru', 256), 32, 64, 51_980],
  [of('vanilla', 512), 32, 64, 65_396],
  [of('lstm', 128, 65, 2), 50, 50, 58_567],
  [of('lstm', 512), 32, 64, 271_151],
  [of('lstm', 128, 900), 16, 48, 16_985],
  [of('vanilla', 32), 8, 25, 96],
]
/** How far off a figure may be, as a factor, once one of them is right. */
const NEAR = 1.15

describe('the time of a step', () => {
  it.each(MEASURED)(
    'of %o at batch %i and sequence %i is near what was measured',
    (shape, batch, sequence, measured) => {
      const [first, firstBatch, firstSequence, firstMeasured] = MEASURED[0]
      const pace = stepNanoseconds(first, firstBatch, firstSequence) / (1000 * firstMeasured)
      const ratio = stepNanoseconds(shape, batch, sequence) / pace / (1000 * measured)
      expect(ratio).toBeGreaterThan(1 / NEAR)
      expect(ratio).toBeLessThan(NEAR)
    },
  )

  it('is less by two workers, and more than half', () => {
    const [one, two] = [1, 2].map((workers) => stepNanoseconds(of('gru', 256), 32, 64, workers))
    expect(two).toBeLessThan(one)
    expect(two).toBeGreaterThan(one / 2)
  })

  it('of a validation grows with the tokens, and is less than that of learning them', () => {
    const shape = of('lstm', 128)
    expect(validationNanoseconds(shape, 2000)).toBeCloseTo(2 * validationNanoseconds(shape, 1000), 6)
    expect(validationNanoseconds(shape, 16 * 48)).toBeLessThan(stepNanoseconds(shape, 16, 48))
  })
})
