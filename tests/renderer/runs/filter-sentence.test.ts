/** A wrong filter told in both languages: every error of the parser has a sentence, with the field by its own name. */
import { afterEach, describe, expect, it } from 'vitest'
import { i18n } from '../../../src/renderer/i18n'
import { filterSentence } from '../../../src/renderer/rooms/runs/browse/filter-sentence'
import { ERROR_SENTENCES, LabError, parseRunFilter, reportError } from '../../../src/shared'
import type { ErrorReport } from '../../../src/shared'
import { failureOf } from '../../lab/support/errors'

const reportOf = (filter: string): ErrorReport => {
  const error = failureOf(() => parseRunFilter(filter))
  if (!(error instanceof LabError)) throw error
  return reportError(error)
}
const WRONG = {
  E_FILTER_LONG: 'a '.repeat(1500),
  E_FILTER_UNEXPECTED: 'a)',
  E_FILTER_DEEP: '('.repeat(50),
  E_FILTER_EMPTY: '""',
  E_FILTER_END: 'a OR',
  E_FILTER_CONDITION: 'OR a',
  E_FILTER_OPERATOR: 'hidden >= 3',
  E_FILTER_BRACKETS: 'a ()',
  E_FILTER_UNCLOSED: '(a',
  E_FILTER_QUOTE: '"a',
  E_FILTER_FIELD: 'colour:red',
  E_FILTER_NO_VALUE: 'hidden:',
  E_FILTER_SPACE: 'hidden>= 3',
  E_FILTER_ORDER: 'cell>lstm',
  E_FILTER_VALUE: 'tag:""',
  E_FILTER_NUMBER: 'hidden>=many',
  E_FILTER_WORD: 'cell:transformer',
  E_FILTER_SWITCH: 'starred:maybe',
  E_FILTER_DATE: 'created:yesterday',
} as const

afterEach(() => {
  i18n.global.locale.value = 'en'
})

describe('a wrong filter', () => {
  it('has a sentence of its own in both languages, nothing of it in the other', () => {
    expect(Object.keys(ERROR_SENTENCES).filter((code) => code.startsWith('E_FILTER_'))).toEqual(Object.keys(WRONG))
    for (const [code, filter] of Object.entries(WRONG)) {
      const report = reportOf(filter)
      expect(report.code).toBe(code)
      i18n.global.locale.value = 'en'
      expect(filterSentence(report, (field) => field)).toBe(report.message)
      i18n.global.locale.value = 'ko'
      const sentence = filterSentence(report, (field) => field)
      expect(sentence).toMatch(/^필터/)
      expect(sentence).not.toMatch(/[{}]|\b(the|is|not|with|a)\b/)
    }
  })

  it('names a field as the room does, and leaves what is to be typed as it is typed', () => {
    i18n.global.locale.value = 'ko'
    const nameOf = (field: string): string => (field === 'hidden' ? '은닉 유닛' : field)
    expect(filterSentence(reportOf(WRONG.E_FILTER_NUMBER), nameOf)).toContain('은닉 유닛(hidden) 값은 수와 비교합니다')
    expect(filterSentence(reportOf(WRONG.E_FILTER_SPACE), nameOf)).toContain('hidden>= 바로 뒤에는')
    expect(filterSentence(reportOf(WRONG.E_FILTER_WORD), nameOf)).toContain('vanilla, lstm, gru, window')
  })
})
