/** What data bring in both languages, such as the titles of what comes with the lab. */
import { useI18n } from 'vue-i18n'

export interface Localised {
  readonly en: string
  readonly ko: string
}

/** @returns the text in the page's language, reactive where it is called in a computed value or a template */
export function useLocalised(): (text: Localised) => string {
  const { locale } = useI18n()
  return ({ en, ko }) => (locale.value === 'ko' ? ko : en)
}
