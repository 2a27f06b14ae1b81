/** Settings and results by their names in the language in use; what is only known to a filter keeps its own. */
import { useI18n } from 'vue-i18n'
import { en } from './messages.en'

type FieldName = keyof typeof en.fields
const isNamed = (name: string): name is FieldName => Object.hasOwn(en.fields, name)

export function useFieldNames(): (name: string) => string {
  const { t } = useI18n()
  return (name) => (isNamed(name) ? t(`runs.fields.${name}`) : name)
}
