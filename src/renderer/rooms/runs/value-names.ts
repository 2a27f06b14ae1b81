/** Words that a setting or a result can be, in the language in use; what a person named keeps its own. */
import { useI18n } from 'vue-i18n'
import {
  FILTER_FIELDS,
  INITIALISATIONS,
  OPTIMIZERS,
  RUN_KINDS,
  RUN_STATUSES,
  SCHEDULES,
  TOKEN_KINDS,
} from '../../../shared'

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  initialisation: INITIALISATIONS,
  optimizer: OPTIMIZERS,
  schedule: SCHEDULES,
  tokens: TOKEN_KINDS,
}
const isOneOf = (words: readonly string[] | undefined, value: string): boolean => words?.includes(value) ?? false

export function useValueNames(): (field: string, value: string) => string {
  const { t } = useI18n()
  return (field, value) => {
    if (field === 'status' && isOneOf(RUN_STATUSES, value)) return t(`run.status.${value}`)
    if (field === 'kind' && isOneOf(RUN_KINDS, value)) return t(`runs.kind.${value}`)
    if (isOneOf(CHOICES[field], value)) return t(`train.choices.${value}`)
    if (FILTER_FIELDS.get(field) !== 'switch') return value
    return ['yes', 'true', '1'].includes(value) ? t('runs.compare.yes') : t('runs.compare.no')
  }
}
