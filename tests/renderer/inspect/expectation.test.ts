/** What is expected after a step, what came, and how the text is shown. */
import { describe, expect, it } from 'vitest'
import { axisTicks } from '../../../src/renderer/rooms/inspect/axis-ticks'
import { expectationAt, readUntil } from '../../../src/renderer/rooms/inspect/expectation'
import { probabilityText } from '../../../src/renderer/rooms/inspect/probability-text'
import { visibleText } from '../../../src/renderer/components/visible-text'
import { createTrace } from './fixture'

describe('expectation', () => {
  it('names the most probable symbols and marks the one that follows', () => {
    const { candidates, next } = expectationAt(createTrace(), 0)
    expect(candidates).toEqual([
      { symbol: 'b', probability: 0.5, followed: true },
      { symbol: 'a', probability: 0.25, followed: false },
    ])
    expect(next).toEqual({ symbol: 'b', probability: 0.5, bits: 1 })
  })

  it('tells what followed though it was not among them', () => {
    const { candidates, next } = expectationAt(createTrace(), 2)
    expect(candidates.map(({ followed }) => followed)).toEqual([false, false])
    expect(next).toEqual({ symbol: 'a', probability: 0.25, bits: 2 })
  })

  it('has nothing to compare with at the end of the text', () => {
    expect(expectationAt(createTrace(), 3).next).toBeNull()
  })
})

describe('a probability', () => {
  it('is never rounded to certainty', () => {
    const percent = (share: number | null | undefined, digits = 0) => `${((share ?? 0) * 100).toFixed(digits)} %`
    const text = (probability: number) => probabilityText({ percent }, probability)
    expect([0, 0.0001, 0.0006, 0.123].map(text)).toEqual(['0.0 %', '<\u202f0.1 %', '0.1 %', '12.3 %'])
    expect([0.9999, 1].map(text)).toEqual(['>\u202f99.9 %', '100.0 %'])
  })
})

describe('the text as shown', () => {
  it('is cut to its end where it is long', () => {
    expect(readUntil([...'abcdef'], 4, 3)).toEqual({ shown: ['c', 'd', 'e'], cut: true })
    expect(readUntil([...'abcdef'], 1, 3)).toEqual({ shown: ['a', 'b'], cut: false })
  })

  it('has visible spaces after which it may break, and line ends that end a line', () => {
    expect(visibleText('a b\nc')).toBe('a·\u200bb↵\nc')
  })

  it('has round numbers on its axis, no more than there is room for', () => {
    expect(axisTicks(100, 10).map((index) => index + 1)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100])
    expect(axisTicks(90, 4).map((index) => index + 1)).toEqual([50])
    expect(axisTicks(7, 20)).toHaveLength(7)
    expect(axisTicks(7, 0)).toEqual([])
  })
})
