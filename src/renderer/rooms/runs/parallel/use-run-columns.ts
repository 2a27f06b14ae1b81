/** The filtered list as columns, asked for when the list is another. */
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { BrowseQuery, RunsAsColumns } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import { useNoticesStore } from '../../../stores/notices.store'

type Asked = Pick<BrowseQuery, 'filter' | 'place'>

/** Of a list that changes by itself, its losses are read again after so long. */
const AGAIN_MS = 5000

export function useRunColumns(runs: () => readonly string[], query: () => Asked) {
  const notices = useNoticesStore()
  const columns = shallowRef<RunsAsColumns | null>(null)
  let known = ''
  let askedAt = -Infinity
  let asked = 0

  async function read(): Promise<void> {
    const mine = ++asked
    askedAt = performance.now()
    await notices.attempt(async () => {
      const found = await lab.runs.columns(query())
      if (mine === asked) columns.value = found
    })
  }
  watch(
    runs,
    (now) => {
      const key = now.join(' ')
      if (key === known && performance.now() - askedAt < AGAIN_MS) return
      known = key
      void read()
    },
    { immediate: true },
  )
  onScopeDispose(() => (asked += 1))
  return columns
}
