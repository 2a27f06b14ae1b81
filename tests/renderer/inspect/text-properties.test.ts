/** What every place of a text is, by eye. */
import { describe, expect, it } from 'vitest'
import { propertyOf, symbolsOf, varies } from '../../../src/renderer/rooms/inspect/states/text-properties'
import type { TextProperty } from '../../../src/renderer/rooms/inspect/states/text-properties'

const of = (property: TextProperty, text: string) => Array.from(propertyOf(property, [...text]))

describe('a text’s properties', () => {
  it('quotes: from the mark to the one that closes it; an apostrophe opens nothing', () => {
    expect(of('quotes', 'a "b" c')).toEqual([0, 0, 1, 1, 0, 0, 0])
    expect(of('quotes', "it's")).toEqual([0, 0, 0, 0])
    expect(of('quotes', '“a ‘b’ c”d')).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0])
    expect(of('quotes', '「가」나')).toEqual([1, 1, 0, 0])
  })

  it('brackets: how many are open, whatever closes what', () => {
    expect(of('brackets', '(a[b]c)d')).toEqual([1, 1, 2, 2, 1, 1, 0, 0])
    expect(of('brackets', ')a(]b')).toEqual([0, 0, 1, 1, 1])
    expect(of('brackets', '([a)b')).toEqual([1, 2, 2, 0, 0])
  })

  it('line and word: how far along', () => {
    expect(of('line', 'ab\nc')).toEqual([1, 2, 0, 1])
    expect(of('word', 'ab, don’t 12')).toEqual([1, 2, 0, 0, 1, 2, 3, 4, 5, 0, 1, 2])
    expect(of('word', '사과를 갖')).toEqual([1, 2, 3, 0, 1])
  })

  it('indentation: the blanks that begin the line, to its end', () => {
    expect(of('indentation', '  a b\n\tc\nd')).toEqual([1, 2, 2, 2, 2, 0, 4, 4, 0, 0])
  })

  it('final consonant: of syllables and of jamo, and of nothing else', () => {
    expect(of('final', '각가 a')).toEqual([1, 0, NaN, NaN])
    expect(of('final', '각가'.normalize('NFD'))).toEqual([0, 0, 1, 0, 0])
  })

  it('vary or not', () => {
    expect(varies(propertyOf('line', ['a', 'b']))).toBe(true)
    expect(varies(propertyOf('brackets', ['a', 'b']))).toBe(false)
    expect(varies(propertyOf('final', ['a', '가']))).toBe(false)
    expect(varies(propertyOf('final', ['a', '가', '각']))).toBe(true)
  })

  it('of bytes are those of the characters they are', () => {
    expect(symbolsOf(['28', '61', '0a', 'ea'], true)).toEqual(['(', 'a', '\n', 'ª'])
    expect(symbolsOf(['61'], false)).toEqual(['61'])
  })
})
