/** What a network is called beside others that differ in their cell or in how they begin. */
import { useI18n } from 'vue-i18n'
import type { Variant } from './memory-setting'

export function useVariantName(): (variant: Variant) => string {
  const { t } = useI18n()
  return ({ cell, initialisation, gateBias }) =>
    [
      t(`train.cells.${cell}`),
      ...(initialisation === 'default' ? [] : [t(`train.choices.${initialisation}`)]),
      ...(gateBias === 0
        ? []
        : [t(cell === 'lstm' ? 'train.memory.forgetBias' : 'train.memory.gateBias', { gateBias })]),
    ].join(', ')
}
