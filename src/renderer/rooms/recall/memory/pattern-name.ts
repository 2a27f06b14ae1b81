/** Bundled shapes have English names in their file; they are told in the language in use. All other names are as given. */
import { useI18n } from 'vue-i18n'

export function usePatternName(): (name: string) => string {
  const { t, te } = useI18n()
  return (name) => (/^[a-z]+$/.test(name) && te(`recall.shapes.${name}`) ? t(`recall.shapes.${name}`) : name)
}
