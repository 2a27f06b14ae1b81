/** What the room's header tells beside its title: what is being done, else how many runs, how many selected, what they take. */
import { computed } from 'vue'
import type { Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import type { DiskUse, RunId } from '../../../shared'
import { useFormat } from '../../i18n/format'
import { useBrowseStore } from './browse/browse.store'
import type { Selection } from './browse/selection'
import type { RunDeeds } from './run-deeds'

interface Told {
  readonly compared: Readonly<Ref<readonly RunId[] | null>>
  readonly deeds: RunDeeds
  readonly selection: Selection
  readonly disk: Readonly<Ref<DiskUse | null>>
}

export function useHeaderNote({ compared, deeds, selection, disk }: Told) {
  const { t } = useI18n()
  const format = useFormat()
  const browse = useBrowseStore()
  return computed(() => {
    const { whole, bytes } = format.value
    if (compared.value) return t('runs.compare.count', { count: compared.value.length })
    const { busy } = deeds
    if (busy.value) return t('runs.changing', { dealt: whole(busy.value.dealt), of: whole(busy.value.of) })
    const count = t('runs.count', { count: whole(browse.runs.length) }, browse.runs.length)
    const { size } = selection.selected.value
    if (size > 0) return `${count} · ${t('runs.selected', { count: whole(size) })}`
    return disk.value ? `${count} · ${bytes(disk.value.database + disk.value.models + disk.value.corpora)}` : count
  })
}
