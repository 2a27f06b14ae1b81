/**
 * Focus that outlasts what has it: when the focused thing leaves the page (a row that was deleted, a button of what was
 * closed), the list has the focus, or the title where there is no list; and not the page, where no key does anything.
 */
import { onActivated, onDeactivated, onMounted, onScopeDispose, watch } from 'vue'
import type { Ref } from 'vue'

interface Places {
  /** Not null while the list makes room for a comparison. */
  readonly compared: Readonly<Ref<unknown>>
  /** What keys act on in the list; null: there is no list. */
  readonly table: () => HTMLElement | null
  /** A dialog looks after its own focus. */
  readonly isAsking: () => boolean
}

const title = (): HTMLElement | null => document.querySelector<HTMLElement>('main h1')

export function useLastingFocus({ compared, table, isAsking }: Places): void {
  let last: Element | null = null
  let inSight = true
  const remember = ({ target }: FocusEvent): void => void (last = target instanceof Element ? target : null)
  const observer = new MutationObserver(() => {
    if (!inSight || last === null || last.isConnected || document.activeElement !== document.body) return
    if (isAsking()) return
    last = null
    const place = table() ?? title()
    place?.focus({ preventScroll: true })
  })
  // Who comes back from comparing by keys is in the list again, not on the title.
  watch(
    compared,
    (now) => now === null && document.activeElement === title() && table()?.focus({ preventScroll: true }),
    { flush: 'post' },
  )

  onMounted(() => {
    document.addEventListener('focusin', remember)
    observer.observe(document.body, { childList: true, subtree: true })
  })
  onScopeDispose(() => {
    document.removeEventListener('focusin', remember)
    observer.disconnect()
  })
  onActivated(() => (inSight = true))
  onDeactivated(() => (inSight = false))
}
