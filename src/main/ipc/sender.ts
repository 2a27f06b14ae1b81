/** Who may call: the top frame of the lab's own window, showing the lab's own page. */
import type { IpcMainInvokeEvent } from 'electron'
import { isOwnPage } from '../security/is-own-page'

export interface KnownPages {
  /** Whether it is a window of the lab. */
  readonly has: (contentsId: number) => boolean
  readonly devServer: string | null
}

type Caller = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>

export function isAllowedSender({ senderFrame, sender }: Caller, pages: KnownPages): boolean {
  if (!senderFrame || sender.isDestroyed()) return false
  if (!pages.has(sender.id)) return false
  if (senderFrame.parent !== null) return false
  return isOwnPage(senderFrame.url, pages.devServer)
}
