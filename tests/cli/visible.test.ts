/** Tables on a terminal: a line a row, columns aligned by what a terminal shows, whatever a name holds. */
import { describe, expect, it } from 'vitest'
import { columnsOf, oneLine, shortened, table } from '../../src/cli/commands/visible'

const ESCAPE = '\u001b[2J\u001b[31m'

describe('a table', () => {
  it('aligns names of Hangul, composed or not, of Han and of emoji by the columns they take', () => {
    const rows = [
      ['나는 사과', '1'],
      ['나는 사과'.normalize('NFD'), '1'],
      ['run', '1'],
      ['漢字', '1'],
      ['🧠', '1'],
      ['e\u0301', '1'],
    ]
    const places = table(rows)
      .split('\n')
      .map((line) => columnsOf(line.slice(0, line.lastIndexOf('1'))))
    expect(new Set(places)).toEqual(new Set([columnsOf('나는 사과') + 2]))
  })

  it('shows line ends and control characters of a name in place of obeying them', () => {
    const text = table([[`evil${ESCAPE}red\nnew\tline\u202e`, 'x']])
    expect(text).toBe('evil\\u{1b}[2J\\u{1b}[31mred↵new→line\\u{202e}  x')
  })
})

describe('a text on one line', () => {
  it('keeps spaces and symbols as they are', () => expect(oneLine('밤 실행 · 🧠')).toBe('밤 실행 · 🧠'))
})

describe('a shortened text', () => {
  it.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['가나다라', 6, '가나…'],
    ['가나다', 6, '가나다'],
  ])('%s in %i columns', (text, most, expected) => expect(shortened(text, most)).toBe(expected))
})
