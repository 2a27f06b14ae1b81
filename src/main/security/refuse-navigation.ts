/** A page stays where it is: no link, form, redirect, drop or frame leads anywhere else. */
import type { WebContents } from 'electron'

interface Refusable {
  preventDefault: () => void
}

export function refuseNavigation(contents: WebContents): void {
  const refuse = (event: Refusable): void => event.preventDefault()
  contents.on('will-navigate', refuse)
  contents.on('will-redirect', refuse)
  contents.on('will-frame-navigate' as 'will-navigate', refuse) // unknown to Electron before 25.4, where nothing sends it
}
