/** A page that dies is opened again; one that keeps dying is left, with a sentence. Runs go on meanwhile. */
import { dialog } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Texts } from '../texts'

const MOST = 3
const WITHIN_MS = 60_000

export function answerPageCrashes(window: BrowserWindow, texts: () => Texts, log: (line: string) => void): void {
  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log(`the page's process is gone: ${reason}`)
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const now = performance.now()
    crashes = [...crashes.filter((time) => now - time < WITHIN_MS), now]
    if (crashes.length < MOST) window.webContents.reload()
    else dialog.showErrorBox(texts().pageGone, texts().pageGoneDetail)
  })
}
