/**
 * Focus that outlasts what has it: when the focused thing leaves the page (a row that was deleted, a button of what was
 * closed), the place that is named has the focus, and not the page itself, where no key does anything.
 */
import { onActivated, onDeactivated, onMounted, onScopeDispose } from 'vue'

/** @param place where the focus goes; null: it is left alone */
export function useLastingFocus(place: () => HTMLElement | null): void {
  let last: Element | null = null
  let inSight = true
  const remember = ({ target }: FocusEvent): void => void (last = target instanceof Element ? target : null)
  const observer = new MutationObserver(() => {
    if (!inSight || last === null || last.isConnected || document.activeElement !== document.body) return
    last = null
    place()?.focus({ preventScroll: true })
  })

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
