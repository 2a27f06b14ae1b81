/** The language of filters: what it reads, what it refuses and where, and that what it writes it reads the same. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FILTER_FIELDS,
  FILTER_WORDS,
  formatRunFilter,
  LabError,
  LONGEST_FILTER,
  parseRunFilter,
} from '../../src/shared'
import type { ErrorCode, FilterOperator, FilterValue, FilterWord, RunFilter } from '../../src/shared'
import { errorOf, failureOf } from '../lab/support/errors'

const field = (name: string, operator: FilterOperator, value: FilterValue): RunFilter => ({
  kind: 'field',
  field: name,
  operator,
  value,
})
const anywhere = (text: string): RunFilter => ({ kind: 'anywhere', text })
const both = (...parts: RunFilter[]): RunFilter => ({ kind: 'and', parts })
const either = (...parts: RunFilter[]): RunFilter => ({ kind: 'or', parts })
const not = (part: RunFilter): RunFilter => ({ kind: 'not', part })

describe('a filter', () => {
  it.each<[string, RunFilter]>([
    ['', both()],
    ['  \t ', both()],
    ['lstm', anywhere('lstm')],
    ['cell:LSTM', field('cell', '=', 'lstm')],
    ['HIDDEN>=128', field('hidden', '>=', 128)],
    ['gateBias:-1.5e-3', field('gateBias', '=', -0.0015)],
    ['gateBias!=-1', field('gateBias', '!=', -1)],
    ['tag:"night run"', field('tag', '=', 'night run')],
    ['tag:"a \\"b\\" \\\\ c"', field('tag', '=', 'a "b" \\ c')],
    ['-status:crashed', not(field('status', '=', 'crashed'))],
    ['NOT status:crashed', not(field('status', '=', 'crashed'))],
    ['--a', not(not(anywhere('a')))],
    ['a b OR c', either(both(anywhere('a'), anywhere('b')), anywhere('c'))],
    ['a AND b', both(anywhere('a'), anywhere('b'))],
    ['a (b OR c)', both(anywhere('a'), either(anywhere('b'), anywhere('c')))],
    ['"OR"', anywhere('OR')],
    ['or', anywhere('or')],
    ['a-b', anywhere('a-b')],
    ['name:10:30', field('name', '=', '10:30')],
    ['name:한글', field('name', '=', '한글')],
    ['validationLoss:none', field('validationLoss', '=', null)],
    ['tag:"none"', field('tag', '=', 'none')],
    ['starred:yes', field('starred', '=', true)],
    [
      'cell:lstm hidden>=128 validationLoss<1.7 tag:"night run" -status:crashed (corpus:a OR corpus:b)',
      both(
        field('cell', '=', 'lstm'),
        field('hidden', '>=', 128),
        field('validationLoss', '<', 1.7),
        field('tag', '=', 'night run'),
        not(field('status', '=', 'crashed')),
        either(field('corpus', '=', 'a'), field('corpus', '=', 'b')),
      ),
    ],
  ])('%s', (text, expected) => {
    expect(parseRunFilter(text)).toEqual(expected)
  })

  it('knows days and minutes, in local time', () => {
    const day = { from: new Date(2026, 10, 24).getTime(), until: new Date(2026, 10, 25).getTime() }
    expect(parseRunFilter('created>=2026-11-24')).toEqual(field('created', '>=', day))
    const from = new Date(2026, 10, 24, 18, 30).getTime()
    expect(parseRunFilter('created:2026-11-24T18:30')).toEqual(field('created', '=', { from, until: from + 60_000 }))
  })

  it.each<[string, number, string, RegExp]>([
    ['colour:red', 1, 'FIELD', /no field colour\. Fields: .*validationLoss/],
    ['a  colour:red', 4, 'FIELD', /no field colour/],
    ['한글 👩 colour:red', 6, 'FIELD', /no field colour/],
    ['hidden>=many', 9, 'NUMBER', /hidden is compared with a number, not “many”/],
    ['hidden>=0x10', 9, 'NUMBER', /a number/],
    ['hidden>=1e999', 9, 'NUMBER', /a number/],
    ['hidden:', 8, 'NO_VALUE', /hidden needs a value/],
    ['hidden >= 3', 8, 'OPERATOR', />= must follow the name of a field/],
    ['hidden>= 3', 10, 'SPACE', /no space may stand after hidden>=/],
    ['cell:transformer', 6, 'WORD', /one of vanilla, lstm, gru, window/],
    ['cell>lstm', 6, 'ORDER', /no order/],
    ['starred:maybe', 9, 'SWITCH', /yes or no/],
    ['created:2026-13-01', 9, 'DATE', /a day/],
    ['created:2026-02-30', 9, 'DATE', /a day/],
    ['created:yesterday', 9, 'DATE', /a day/],
    ['(a', 1, 'UNCLOSED', /not closed/],
    ['a)', 2, 'UNEXPECTED', /not expected/],
    ['a ()', 3, 'BRACKETS', /empty/],
    ['"a', 1, 'QUOTE', /quotation mark is not closed/],
    ['""', 1, 'EMPTY', /empty/],
    ['tag:""', 5, 'VALUE', /a value/],
    ['a OR', 5, 'END', /missing at the end/],
    ['OR a', 1, 'CONDITION', /missing before “OR”/],
    ['a AND', 6, 'END', /missing at the end/],
    ['-', 2, 'END', /missing at the end/],
    ['"cell":lstm', 1, 'FIELD', /no field/],
    ['('.repeat(50), 33, 'DEEP', /too deep/],
    ['-'.repeat(50) + 'a', 33, 'DEEP', /too deep/],
  ])('%s is refused at %i', (text, position, code, what) => {
    const error = failureOf(() => parseRunFilter(text))
    expect(error).toEqual(errorOf(`E_FILTER_${code}` as ErrorCode, { position }))
    expect((error as LabError).message).toMatch(what)
  })

  it('is refused where it is too long', () => {
    const error = failureOf(() => parseRunFilter('a '.repeat(LONGEST_FILTER)))
    expect(error).toEqual(errorOf('E_FILTER_LONG', { position: LONGEST_FILTER + 1, most: LONGEST_FILTER }))
  })

  it('is read or refused, never more', () => {
    const bits = [
      '(',
      ')',
      '-',
      '"',
      '\\',
      ':',
      '<',
      '>=',
      '!=',
      '=',
      ' ',
      'OR',
      'AND',
      'NOT',
      'cell',
      'hidden',
      '3',
      '한',
    ]
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fc.constantFrom(...bits), { maxLength: 40 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (source) => {
        try {
          parseRunFilter(source)
        } catch (error) {
          expect(error).toBeInstanceOf(LabError)
          const { code, details } = error as LabError
          expect(code).toMatch(/^E_FILTER_/)
          expect((error as LabError).message).not.toMatch(/\{\w+\}/)
          expect(details.position).toBeGreaterThan(0)
          expect(details.position).toBeLessThanOrEqual([...source].length + 1)
        }
      }),
      { numRuns: 3000, seed: 20271 },
    )
  })

  it('is written so that it is read the same', () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    const equality = fc.constantFrom<FilterOperator>('=', '!=')
    const order = fc.constantFrom<FilterOperator>('=', '!=', '<', '<=', '>', '>=')
    const leaf = fc.oneof(
      words.map(anywhere),
      ...[...FILTER_FIELDS].map(([name, kind]): fc.Arbitrary<RunFilter> => {
        if (kind === 'number') {
          const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0) // no −0
          return fc.tuple(order, number).map(([operator, value]) => field(name, operator, value))
        }
        if (kind === 'date') {
          const days = fc.tuple(order, fc.integer({ min: 0, max: 20_000 }))
          return days.map(([operator, days]) => {
            const [from, until] = [days, days + 1].map((day) => new Date(1990, 0, 1 + day).getTime())
            return field(name, operator, { from, until })
          })
        }
        if (kind === 'switch') return fc.tuple(equality, fc.boolean()).map(([o, value]) => field(name, o, value))
        if (kind === 'word') {
          const known = fc.constantFrom<string>(...FILTER_WORDS[name as FilterWord])
          return fc.tuple(equality, known).map(([operator, value]) => field(name, operator, value))
        }
        return fc.tuple(equality, words).map(([operator, value]) => field(name, operator, value))
      }),
      equality.map((operator) => field('validationLoss', operator, null)),
    )
    const { filter } = fc.letrec<{ filter: RunFilter }>((tie) => ({
      filter: fc.oneof(
        { maxDepth: 3 },
        leaf,
        tie('filter').map(not),
        fc
          .tuple(
            fc.constantFrom('and' as const, 'or' as const),
            fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
          )
          .map(([kind, parts]) => ({ kind, parts })),
      ),
    }))
    fc.assert(
      fc.property(filter, (wanted) => {
        const text = formatRunFilter(wanted)
        fc.pre(text.length <= LONGEST_FILTER)
        const read = parseRunFilter(text)
        expect(formatRunFilter(read)).toBe(text)
        expect(read).toEqual(wanted)
      }),
      { numRuns: 2000, seed: 20272 },
    )
  })
})
