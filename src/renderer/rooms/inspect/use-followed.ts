/** What followed a step in its text, and how expected that was, in a sentence. */
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { visibleSymbol } from '../../components/visible-symbol'
import { useFormat } from '../../i18n/format'
import type { expectationAt } from './expectation'
import { probabilityText } from './probability-text'

export function useFollowed(expectation: () => ReturnType<typeof expectationAt>): ComputedRef<string> {
  const { t } = useI18n()
  const format = useFormat()
  return computed(() => {
    const { next } = expectation()
    if (!next) return t('inspect.step.ends')
    return t('inspect.step.followed', {
      symbol: visibleSymbol(next.symbol),
      probability: probabilityText(format.value, next.probability),
      bits: format.value.fixed(next.bits, 2),
    })
  })
}
