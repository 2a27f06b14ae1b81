/** One sentence before the start about a run that takes long or much of the disk; null where it doesn't. */
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../../i18n/format'
import { usePrepareStore } from '../prepare.store'

const LONG_SECONDS = 3600
const LARGE_BYTES = 1e9

export function costKind(seconds: number, bytes: number): 'time' | 'disk' | 'both' | null {
  const [isLong, isLarge] = [seconds > LONG_SECONDS, bytes > LARGE_BYTES]
  if (isLong && isLarge) return 'both'
  return isLong ? 'time' : isLarge ? 'disk' : null
}

export function useCostWarning(): ComputedRef<string | null> {
  const { t } = useI18n()
  const format = useFormat()
  const prepare = usePrepareStore()
  return computed(() => {
    const { outlook, disk } = prepare
    // A run that cannot be started, or may not fit, has a sentence of its own.
    if (prepare.corpora.length === 0 || outlook?.isTooLarge || disk?.isTight) return null
    const kind = costKind(outlook?.seconds ?? 0, disk?.most ?? 0)
    if (kind === null) return null
    const named = { time: format.value.duration(outlook?.seconds), disk: format.value.bytes(disk?.most ?? 0) }
    return t(`train.form.costly.${kind}`, named)
  })
}
