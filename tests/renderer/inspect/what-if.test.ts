/** A changed character: what is read instead, which places belong together, and what moved. */
import { describe, expect, it } from 'vitest'
import { areOppositeSides, otherStep, turnedText } from '../../../src/renderer/rooms/inspect/expectation/other-side'
import { runningPerplexity } from '../../../src/renderer/rooms/inspect/expectation/running-perplexity'
import { cutLines, placeInLine } from '../../../src/renderer/rooms/inspect/expectation/text-lines'
import {
  changedText,
  changeEffect,
  characterSpans,
  comparisonColumns,
  spanAt,
} from '../../../src/renderer/rooms/inspect/expectation/what-if'
import type { RunDetail, TextComparison } from '../../../src/shared'
import { createTrace } from './fixture'

function comparison(
  original: string[],
  changed: string[],
  originalStep: number[],
  difference: number[],
): TextComparison {
  return {
    original: createTrace({ tokens: original }),
    changed: createTrace({ tokens: changed }),
    originalStep: Int32Array.from(originalStep),
    difference: Float64Array.from(difference),
  }
}

describe('a character of a text', () => {
  it('is a token of characters, a syllable of jamo, a code point of bytes', () => {
    const jamo = [...'값 나'.normalize('NFD')]
    expect(characterSpans(jamo, 'jamo')).toEqual([
      { from: 0, to: 3, text: '값' },
      { from: 3, to: 4, text: ' ' },
      { from: 4, to: 6, text: '나' },
    ])
    const bytes = Array.from(new TextEncoder().encode('a나'), (byte) => byte.toString(16).padStart(2, '0'))
    expect(characterSpans(bytes, 'byte').map(({ text }) => text)).toEqual(['a', '나'])
    expect(characterSpans(['나', '는'], 'character')).toHaveLength(2)
  })

  it('is replaced and the rest stays', () => {
    const spans = characterSpans([...'네가 '.normalize('NFD')], 'jamo')
    expect(spanAt(spans, 1)).toBe(0)
    expect(changedText(spans, 0, '내')).toBe('내가 ')
    expect(changedText(spans, 1, '')).toBe('네 ')
  })
})

describe('two texts side by side', () => {
  it('of one length stand step by step', () => {
    const of = comparison(['a', 'b', 'c'], ['a', 'x', 'c'], [0, 1, 2], [0, 0.5, 0.25])
    const columns = comparisonColumns(of)
    expect(columns).toEqual([
      { original: 0, changed: 0, difference: 0 },
      { original: 1, changed: 1, difference: 0.5 },
      { original: 2, changed: 2, difference: 0.25 },
    ])
    expect(changeEffect(of, columns)).toEqual({
      at: 1,
      movedBefore: 0,
      later: 2,
      movedLater: 2,
      most: { column: 1, difference: 0.5 },
    })
  })

  it('of another length leave a place empty', () => {
    const longer = comparison(['a', 'c'], ['a', 'x', 'c'], [0, -1, 1], [0, NaN, 0.5])
    expect(comparisonColumns(longer).map(({ original, changed }) => [original, changed])).toEqual([
      [0, 0],
      [null, 1],
      [1, 2],
    ])
    const shorter = comparison(['a', 'b', 'b', 'c'], ['a', 'c'], [0, 3], [0, 0.5])
    const columns = comparisonColumns(shorter)
    expect(columns.map(({ original, changed }) => [original, changed])).toEqual([
      [0, 0],
      [1, null],
      [2, null],
      [3, 1],
    ])
    expect(changeEffect(shorter, columns)).toMatchObject({ at: 1, later: 1, movedLater: 1 })
  })

  it('tell a change that moved something before it', () => {
    const of = comparison(['a', 'b'], ['a', 'x'], [0, 1], [0.125, 0])
    expect(changeEffect(of, comparisonColumns(of))).toMatchObject({ at: 1, movedBefore: 1, movedLater: 0 })
  })

  it('that are equal have no effect', () => {
    const of = comparison(['a'], ['a'], [0], [0])
    expect(changeEffect(of, comparisonColumns(of))).toBeNull()
  })
})

describe('the other side', () => {
  it('speaks of the same symbol', () => {
    // "abcd": after a and b comes c; from the end d has been read then, step 0.
    expect(otherStep(4, 1)).toBe(0)
    expect(otherStep(4, 0)).toBe(1)
    expect(otherStep(4, 2)).toBeNull()
    expect(otherStep(4, 3)).toBeNull()
    expect(turnedText(['a', 'b', 'c'], 'character')).toBe('cba')
    expect(turnedText(['61'], 'byte')).toBeNull()
  })

  it('learnt the same bytes from another end', () => {
    const run = (reverse: boolean, sha256 = 'x') =>
      ({ corpora: [{ sha256 }], configuration: { tokens: 'character', reverse } }) as unknown as RunDetail
    expect(areOppositeSides(run(false), run(true))).toBe(true)
    expect(areOppositeSides(run(false), run(false))).toBe(false)
    expect(areOppositeSides(run(false), run(true, 'y'))).toBe(false)
  })
})

describe('the running perplexity', () => {
  it('is 2 to the mean surprise so far', () => {
    const { tokens } = createTrace()
    const found = runningPerplexity({ tokens, probability: Float32Array.of(0.5, 0.125, 0.25, NaN) })
    expect(Array.from(found)).toEqual([2, 4, 4])
    expect(runningPerplexity({ tokens: ['a'], probability: Float32Array.of(NaN) })).toHaveLength(0)
  })
})

describe('lines of a text', () => {
  const lines = cutLines(7, 3, (index) => index === 1)

  it('end after so many cells, and after a line end', () => {
    expect(lines).toEqual([
      { from: 0, to: 2 },
      { from: 2, to: 5 },
      { from: 5, to: 7 },
    ])
    expect(cutLines(0, 3, () => false)).toEqual([])
    expect(cutLines(2, 0, () => false)).toHaveLength(2)
  })

  it('are walked up and down', () => {
    expect(placeInLine(lines, 4, 1)).toBe(6)
    expect(placeInLine(lines, 4, -1)).toBe(1)
    expect(placeInLine(lines, 0, -1)).toBe(0)
    expect(placeInLine(lines, 6, 1)).toBe(6)
  })
})
