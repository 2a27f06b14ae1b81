/** The address says which room is open, `#/inspect` and its like; what follows a question mark is the room's own. */
import { watch } from 'vue'
import { ROOMS } from '../../shared'
import type { Room } from '../../shared'
import { useAppStore } from '../stores/app.store'

/** The room that an address names, if it is one. */
export function roomOf(address: string): Room | null {
  const name = /^#\/([a-z]+)(\?|$)/.exec(address)?.[1]
  return ROOMS.find((room) => room === name) ?? null
}

/** @param go opens a room */
export function followRoomAddress(go: (room: Room) => unknown): void {
  const app = useAppStore()
  const follow = (): void => {
    const room = roomOf(location.hash)
    if (room !== null && room !== app.room) void go(room)
  }
  follow()
  addEventListener('hashchange', follow)
  watch(
    () => app.room,
    (room) => roomOf(location.hash) !== room && history.replaceState(history.state, '', `#/${room}`),
  )
}
