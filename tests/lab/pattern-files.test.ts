/** Pattern and cue files, as text and as JSON: what is read, and what is refused by name. */
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCueFile, readPatternFile, spoilPattern } from '../../src/lab'
import { errorOf, failureOf } from './support/errors'
import { FOUR } from './support/four-letters'
import { temporaryDirectory } from './support/temporary'

describe('pattern files', () => {
  const fileWith = (content: string, name = 'mine.txt'): string => {
    const file = join(temporaryDirectory(), name)
    writeFileSync(file, content)
    return file
  }

  it('are read as text of any signs, and as JSON', () => {
    const text = fileWith('\ufeff# first one\r\n#.1+\r\n0-■□\r\n\r\n# 둘\n....\n####\n')
    const rows = [
      { name: 'first one', rows: ['#.##', '..#.'] },
      { name: '둘', rows: ['....', '####'] },
    ]
    expect(readPatternFile(text)).toEqual({ width: 4, height: 2, patterns: rows })
    expect(readPatternFile(fileWith(JSON.stringify({ width: 4, height: 2, patterns: rows })))).toEqual(
      readPatternFile(text),
    )
    expect(readPatternFile(fileWith('#.\n.#\n', 'cross.txt')).patterns[0].name).toBe('cross')
  })

  it.each([
    ['ragged rows', '# a\n##\n#\n', 'E_PATTERN_RAGGED'],
    ['a sign nobody knows', '# a\n#2\n', 'E_PATTERN_CELL'],
    ['two sizes', '# a\n##\n# b\n#\n', 'E_PATTERN_SIZE'],
    ['nothing', '', 'E_PATTERN_EMPTY'],
    ['a name alone', '# a\n', 'E_PATTERN_EMPTY'],
    ['broken JSON', '{"width":', 'E_PATTERN_JSON'],
    ['JSON of another kind', '{"width":2}', 'E_PATTERN_JSON'],
    ['JSON with another size', '{"width":3,"height":1,"patterns":[{"name":"a","rows":["##"]}]}', 'E_PATTERN_SIZE'],
    ['JSON without a pattern', '{"width":3,"height":1,"patterns":[]}', 'E_PATTERN_EMPTY'],
    ['JSON with numbers for rows', '{"width":1,"height":1,"patterns":[{"name":"a","rows":[1]}]}', 'E_PATTERN_JSON'],
  ] as const)('with %s are refused', (_what, content, code) => {
    expect(failureOf(() => readPatternFile(fileWith(content)))).toEqual(errorOf(code))
  })

  it('of a cue may hold real numbers, 0 counting as +1', () => {
    expect(Array.from(readCueFile(fileWith('{"values":[[0.2,-0.7],[0,-0]]}'), 4))).toEqual([1, -1, 1, 1])
    for (const wrong of [
      '{"values":[[1],[1,2]]}',
      '{"values":[]}',
      '{"values":[[]]}',
      '{"values":[["1"]]}',
      '{"values":[[1e999]]}',
    ]) {
      expect(failureOf(() => readCueFile(fileWith(wrong), 1))).toEqual(errorOf('E_PATTERN_VALUES'))
    }
    expect(failureOf(() => readCueFile(fileWith('# a\n#\n# b\n.\n'), 1))).toEqual(errorOf('E_PATTERN'))
  })

  it('of a cue of another size are refused by the name of the file', () => {
    const cue = fileWith('##\n')
    const reason = 'it has 2 cells, and the patterns have 4'
    expect(failureOf(() => readCueFile(cue, 4))).toEqual(errorOf('E_PATTERN', { name: basename(cue), reason }))
  })

  it('that are not there, or no files, are told', () => {
    expect(failureOf(() => readPatternFile('/nowhere/x.txt'))).toEqual(errorOf('E_FILE_MISSING', { file: 'x.txt' }))
    expect(failureOf(() => readPatternFile(temporaryDirectory()))).toEqual(errorOf('E_FILE_NOT_REGULAR'))
    expect(failureOf(() => spoilPattern(FOUR, 'Z', 0, 1))).toEqual(errorOf('E_PATTERN_UNKNOWN', { name: 'Z' }))
  })
})
