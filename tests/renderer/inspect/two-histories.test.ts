/** Histories with one ending: made, found, and compared by what is answered. Also a text in rows of cells. */
import { describe, expect, it } from 'vitest'
import {
  differenceOf,
  findTwins,
  historiesAt,
  historiesOfTwin,
  lastExpectation,
  sharedEnd,
} from '../../../src/renderer/rooms/inspect/window/two-histories'
import { layOut, rowOf, stepBeside } from '../../../src/renderer/rooms/inspect/text-rows'
import { createTrace } from './fixture'

describe('two histories', () => {
  it('end with the window before a step and begin differently', () => {
    const made = historiesAt([...'one two three four'], 13, 4)
    expect(made).toEqual({ first: 'one two th', second: 'th two one', shared: 'ree ' })
    expect(historiesAt([...'abcd'], 3, 2)).toEqual({ first: 'ab', second: 'ba', shared: 'cd' })
    expect(historiesAt([...'abcd'], 1, 9)).toEqual({ first: '', second: '', shared: 'ab' })
  })

  it('are found in a text: equal windows, other symbols before them, other continuations', () => {
    const tokens = [...'xabc yabd xabc']
    const twins = findTwins(tokens, 2)
    expect(twins).toEqual([{ first: 3, second: 8 }, { first: 8, second: 13 }]) // prettier-ignore
    expect(historiesOfTwin(tokens, twins[0], 2)).toEqual({ first: 'x', second: 'xabc y', shared: 'ab' })
    expect(findTwins([...'xabc xabd'], 2)).toEqual([])
    expect(findTwins(tokens, 2, 1)).toHaveLength(1)
    expect(findTwins([...'ab'], 5)).toEqual([])
  })

  it('share what is equal at their ends', () => {
    expect([sharedEnd([...'xabc'], [...'yabc']), sharedEnd(['a'], ['a']), sharedEnd(['a'], [])]).toEqual([3, 1, 0])
  })

  it('are answered by the expectation after the last step', () => {
    expect(lastExpectation(createTrace()).map(({ symbol, probability }) => [symbol, probability])).toEqual([
      ['b', 0.5],
      ['c', 0.25],
    ])
  })

  it('differ where one symbol’s probability differs most', () => {
    const list = (...pairs: [string, number][]) =>
      pairs.map(([symbol, probability]) => ({ symbol, probability, followed: false }))
    const same = list(['a', 0.5], ['b', 0.25])
    expect(differenceOf(same, same)).toEqual({ greatest: 0, symbol: null })
    expect(differenceOf(same, list(['b', 0.75], ['a', 0.125]))).toEqual({ greatest: 0.5, symbol: 'b' })
    // c is not among the first: there it has at most 0.25.
    expect(differenceOf(same, list(['c', 0.875], ['a', 0.5]))).toEqual({ greatest: 0.625, symbol: 'c' })
  })
})

describe('a text in rows', () => {
  const rows = layOut([...'abcde\nf\n\ngh'], 3)

  it('breaks after so many symbols, and after a line end', () => {
    expect(rows.map(({ from, to }) => [from, to])).toEqual([
      [0, 3],
      [3, 6],
      [6, 8],
      [8, 9],
      [9, 11],
    ])
    expect(layOut([], 3)).toEqual([])
    expect(layOut(['a', 'b'], 0)).toHaveLength(2)
  })

  it('knows the row of a step, and what stands above and below', () => {
    expect([0, 2, 3, 8, 10].map((step) => rowOf(rows, step))).toEqual([0, 0, 1, 3, 4])
    expect([stepBeside(rows, 2, 1), stepBeside(rows, 5, 1), stepBeside(rows, 1, -1), stepBeside(rows, 10, -1)]).toEqual(
      [5, 7, 1, 8],
    )
  })
})
