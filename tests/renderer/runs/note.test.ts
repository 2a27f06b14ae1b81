/** Notes: a small part of Markdown as data, in which nothing is HTML. */
import { describe, expect, it } from 'vitest'
import { parseMarkdown, readNote } from '../../../src/renderer/rooms/runs/note/markdown'

const text = (value: string) => ({ kind: 'text', text: value })

describe('a note', () => {
  it('has headings, paragraphs, lists and code', () => {
    expect(parseMarkdown('# Best\n\none\ntwo\n- a\n- b\n\n1. c\n```\n<b>*x*\n```')).toEqual([
      { kind: 'heading', spans: [text('Best')] },
      { kind: 'paragraph', spans: [text('one\ntwo')] },
      { kind: 'list', ordered: false, entries: [[text('a')], [text('b')]] },
      { kind: 'list', ordered: true, entries: [[text('c')]] },
      { kind: 'code', text: '<b>*x*' },
    ])
  })

  it('has emphasis and code within, and a link stays text', () => {
    expect(parseMarkdown('a *b* **c** `d*e*` [f](https://x.y)')).toEqual([
      {
        kind: 'paragraph',
        spans: [
          text('a '),
          { kind: 'emphasis', text: 'b' },
          text(' '),
          { kind: 'strong', text: 'c' },
          text(' '),
          { kind: 'code', text: 'd*e*' },
          text(' '),
          { kind: 'link', text: 'f', address: 'https://x.y' },
        ],
      },
    ])
  })

  it.each(['<img src=x onerror=alert(1)>', '2 * 3 * 4', 'snake_case_name', '** not strong **'])(
    'leaves %s as it is',
    (source) => {
      expect(parseMarkdown(source)).toEqual([{ kind: 'paragraph', spans: [text(source)] }])
    },
  )

  it.each([
    ['links that are not closed', '[a]('],
    ['brackets', '['],
    ['entries', '- a\n'],
    ['fences', '```\n'],
    ['emphasis', '*a '],
  ])('of 100,000 characters is read in passing, however many %s it has', (_what, piece) => {
    const source = piece.repeat(100_000 / piece.length)
    const pieces = readNote(source).reduce((sum, block) => sum + ('spans' in block ? block.spans.length : 1), 0)
    expect(pieces).toBeLessThanOrEqual(2000)
    expect(readNote('- a')).toEqual(parseMarkdown('- a'))
  })

  it('ends with a fence that is not closed', () => {
    expect(parseMarkdown('```\na')).toEqual([{ kind: 'code', text: 'a' }])
  })
})
