/** There is one window: no page opens another, and none holds a webview. */
import type { WebContents } from 'electron'

export function refuseWindows(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
