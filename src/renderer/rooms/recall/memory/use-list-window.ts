/** Which rows of a long list are in sight: only these are in the document. All rows are of one height. */
import { computed, nextTick, onBeforeUnmount, onMounted, ref } from 'vue'
import type { ComputedRef, Ref } from 'vue'

export interface ListWindow {
  /** The first row that is drawn, and the one after the last. */
  readonly range: ComputedRef<{ readonly from: number; readonly to: number }>
  readonly follow: () => void
  /** Scrolls a row into sight; resolves when it is in the document. */
  readonly reveal: (index: number) => Promise<void>
}

/** Rows above and below that are drawn before they are scrolled to. */
const MARGIN_ROWS = 4

/** Pure, for tests: what is drawn of `count` rows at this place. */
export function rowsInSight(top: number, height: number, rowHeight: number, count: number) {
  const from = Math.max(0, Math.min(count, Math.floor(top / rowHeight)) - MARGIN_ROWS)
  const to = Math.min(count, Math.ceil((top + height) / rowHeight) + MARGIN_ROWS)
  return { from, to: Math.max(from, to) }
}

export function useListWindow(
  list: Readonly<Ref<HTMLElement | null>>,
  rowHeight: number,
  count: () => number,
): ListWindow {
  const top = ref(0)
  const height = ref(0)
  const observer = new ResizeObserver(([entry]) => (height.value = entry.contentRect.height))

  function follow(): void {
    top.value = list.value?.scrollTop ?? 0
  }

  onMounted(() => list.value && observer.observe(list.value))
  onBeforeUnmount(() => observer.disconnect())

  return {
    range: computed(() => rowsInSight(top.value, height.value, rowHeight, count())),
    follow,
    reveal: async (index) => {
      const element = list.value
      if (!element) return
      await nextTick()
      const place = index * rowHeight
      if (place < element.scrollTop) element.scrollTop = place
      else if (place + rowHeight > element.scrollTop + element.clientHeight) {
        element.scrollTop = place + rowHeight - element.clientHeight
      }
      follow()
      await nextTick()
    },
  }
}
