/** The loss as it is drawn: units, axes, floors, smoothing, and the sentence of what it has beaten. */
import { describe, expect, it } from 'vitest'
import { countingFloors, standingOf } from '../../../src/renderer/rooms/train/watch/counting-floors'
import { lossLines } from '../../../src/renderer/rooms/train/watch/loss-lines'
import { columnInUnit, inUnit, xColumn, xOfStep } from '../../../src/renderer/rooms/train/watch/loss-scale'
import { scaleOf } from '../../../src/renderer/rooms/train/watch/use-run-scale'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { CorpusSummary } from '../../../src/shared'

describe('units', () => {
  it('are nats per token, bits per character, and e to the nats', () => {
    expect(inUnit(1.5, 'nats', 0.4)).toBe(1.5)
    expect(inUnit(Math.LN2, 'bits', 1)).toBeCloseTo(1, 12)
    // Two and a half tokens make a character: its bits are theirs together.
    expect(inUnit(Math.LN2, 'bits', 0.4)).toBeCloseTo(2.5, 12)
    expect(inUnit(Math.log(7), 'perplexity', 1)).toBeCloseTo(7, 12)
  })

  it('leave a gap a gap', () => {
    expect(columnInUnit(Float64Array.of(NaN, 0), 'perplexity', 1)).toEqual(Float64Array.of(NaN, 1))
  })

  it('count the line ends that join texts', () => {
    const text = (characters: number, tokens: number) => ({ characters, tokens }) as CorpusSummary
    const configuration = { ...DEFAULT_CONFIGURATION, batch: 4, sequence: 10 }
    expect(scaleOf({ corpora: [text(10, 19), text(9, 20)], configuration })).toEqual({
      charactersPerToken: 0.5,
      charactersPerStep: 20,
    })
    expect(scaleOf(null)).toEqual({ charactersPerToken: 1, charactersPerStep: 1 })
  })
})

describe('what lies below the curve', () => {
  const step = Float64Array.of(1, 2, 4, 14)
  const charactersPerSecond = Float64Array.of(NaN, 50, NaN, 100)

  it('is the step, the characters read, or the seconds', () => {
    expect(xColumn({ step, charactersPerSecond }, 'step', 100)).toBe(step)
    expect(xColumn({ step, charactersPerSecond }, 'characters', 100)).toEqual(Float64Array.of(100, 200, 400, 1400))
    expect(xColumn({ step, charactersPerSecond }, 'time', 100)).toEqual(Float64Array.of(2, 4, 8, 18))
  })

  it('finds a step between its points', () => {
    const x = Float64Array.of(10, 20, 40, 140)
    expect([0, 1, 3, 9, 14, 99].map((at) => xOfStep(step, x, at))).toEqual([0, 10, 30, 90, 140, 140])
    expect(xOfStep(new Float64Array(0), new Float64Array(0), 3)).toBeNull()
  })
})

describe('the lines of a loss', () => {
  const names = { training: 'training', validation: 'validation' }
  const look = { unit: 'nats', smoothing: 0.5, charactersPerToken: 1 } as const
  const curve = (...losses: number[]) => ({
    trainLoss: Float64Array.from(losses),
    minTrainLoss: Float64Array.from(losses, () => NaN),
    validationLoss: Float64Array.from(losses, () => NaN),
  })

  it('are smooth over raw, right from the first point', () => {
    const [raw, line, validation] = lossLines(curve(4, 2, 2), Float64Array.of(1, 2, 3), look, names)
    expect(raw).toMatchObject({ raw: true, y: Float64Array.of(4, 2, 2) })
    const [first, second] = line.y as Float64Array
    expect(first).toBe(4)
    expect(second).toBeCloseTo((0.5 * 4 + 2) / 1.5, 12)
    expect(validation.label).toBe('validation')
  })

  it.each([
    [curve(4, 2), 0.5],
    [curve(4, 2, 1), 0],
  ])('are raw alone where there is nothing to smooth (%#)', (of, smoothing) => {
    const lines = lossLines(of, new Float64Array(of.trainLoss.length), { ...look, smoothing }, names)
    expect(lines.map(({ label, raw }) => [label, raw])).toEqual([
      ['training', undefined],
      ['validation', undefined],
    ])
    expect(lines[0].y).toBe(of.trainLoss)
  })

  it('are averaged in nats, whatever they are shown in', () => {
    const x = Float64Array.of(1, 2, 3)
    const smoothNats = lossLines(curve(4, 2, 2), x, look, names)[1].y
    const perplexities = lossLines(curve(4, 2, 2), x, { ...look, unit: 'perplexity' }, names)[1].y
    expect(perplexities).toEqual(Float64Array.from(smoothNats as Float64Array, Math.exp))
  })
})

describe('counting', () => {
  const floors = countingFloors({
    vocabularySize: 65,
    uniform: 4.17,
    orders: [3.3, 2.5, 2.0, 1.7, 1.67, 1.68, 1.69].map((loss, context) => ({ context, loss })),
  })

  it('has a floor for every context that tells more than a shorter one', () => {
    expect(floors.map(({ context }) => context)).toEqual(['uniform', 0, 1, 2, 3, 4])
  })

  it.each([
    [5, null, 'uniform'],
    [4.17, null, 'uniform'],
    [4, 'uniform', 0],
    [2.9, 0, 1],
    [1.69, 3, 4],
    [1.5, 4, null],
  ])('a loss of %d has beaten %s, and %s is next', (loss, beaten, next) => {
    const standing = standingOf(loss, floors)
    expect([standing.beaten?.context ?? null, standing.next?.context ?? null]).toEqual([beaten, next])
  })
})
