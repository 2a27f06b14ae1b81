/** What is wrong with a filter, in the language in use: a field by its own name, beside the one that is typed. */
import { LabError } from '../../../../shared'
import type { ErrorCode, ErrorReport } from '../../../../shared'
import { errorSentence } from '../../../stores/notices.store'

/** Where the field stands for what it means; in the others its name is a part of what is to be typed. */
const MEANT: readonly ErrorCode[] = [
  'E_FILTER_VALUE',
  'E_FILTER_NUMBER',
  'E_FILTER_WORD',
  'E_FILTER_SWITCH',
  'E_FILTER_DATE',
]

export function filterSentence({ code, details }: ErrorReport, nameOf: (field: string) => string): string {
  const field = String(details.field)
  const shown = MEANT.includes(code) ? besideTyped(field, nameOf(field)) : field
  return errorSentence(new LabError(code, { ...details, field: shown }))
}

/** 은닉 유닛(hidden); the typed name alone where it is the same. */
export const besideTyped = (typed: string, name: string): string => (typed === name ? typed : `${name}(${typed})`)
