/** P/N and what the rule in use can bear, as figures and as a share of the meter. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../../i18n/format'
import { useRecallStore } from '../recall.store'
import { capacityOf } from './capacity'

/** Beyond this a load is told as a power of ten. */
const LARGE = 10_000
const DIGITS = 3

export function useLoad() {
  const { t } = useI18n()
  const format = useFormat()
  const table = useRecallStore()
  const capacity = computed(() => capacityOf(table.settings, table.neurons))
  const share = computed(() => (capacity.value.load === null ? 0 : Math.min(1, table.load / capacity.value.load)))

  const bearable = computed(() => {
    const { load } = capacity.value
    if (load === null) return null
    if (load < LARGE) return format.value.fixed(load, load < 10 ? DIGITS : 0)
    return `10${superscript(Math.floor(Math.log10(load)))}`
  })

  return {
    capacity,
    share,
    figures: computed(() => {
      const load = format.value.fixed(table.load, DIGITS)
      return bearable.value === null
        ? t('recall.load.exponential', { load })
        : t('recall.load.figures', { load, capacity: bearable.value })
    }),
    isOver: computed(() => capacity.value.load !== null && table.load > capacity.value.load),
  }
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const superscript = (whole: number): string => [...String(whole)].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')
