/**
 * The room and its address: written when the room has stood still for a moment, read at the start and whenever a link
 * changes it. The last one is kept as a draft, so that the room is as it was when the lab is opened again.
 */
import { onActivated, onDeactivated, onMounted, onUnmounted, watch } from 'vue'
import { lab } from '../../bridge/lab'
import { onLeaving } from '../../bridge/leaving'
import { useNoticesStore } from '../../stores/notices.store'
import type { InspectAddress } from './inspect-address'
import { parseAddress, printAddress } from './inspect-address'
import { useInspectStore } from './inspect.store'

const DRAFT = 'inspect'
/** A browser slows pages down that write their address with every key. */
const STILL_MS = 400

/** @param open is given what an address asks for, first of all the kept one */
export function useInspectAddress(open: (address: InspectAddress | null) => void): void {
  const inspect = useInspectStore()
  const notices = useNoticesStore()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isHere = true
  let written = ''

  async function write(): Promise<void> {
    clearTimeout(timer)
    if (inspect.reference === null) return
    const address = printAddress(inspect.address)
    if (isHere && location.hash !== address) history.replaceState(history.state, '', address)
    if (address === written) return
    written = address
    await lab.drafts.write({ key: DRAFT, value: address })
  }

  const read = (): void => {
    const address = parseAddress(location.hash)
    if (address && printAddress(address) !== printAddress(inspect.address)) open(address)
  }

  onMounted(async () => {
    addEventListener('hashchange', read)
    const given = parseAddress(location.hash)
    if (given) return open(given)
    let kept: string | null = null
    await notices.attempt(async () => void (kept = await lab.drafts.read({ key: DRAFT })))
    open(kept === null ? null : parseAddress(kept))
  })
  onActivated(() => {
    isHere = true
    read() // a link that leads here from another room comes before what was looked at
    void notices.attempt(write)
  })
  onDeactivated(() => {
    isHere = false
    void notices.attempt(write)
  })
  const stopLeaving = onLeaving(write)
  onUnmounted(() => {
    clearTimeout(timer)
    stopLeaving()
    removeEventListener('hashchange', read)
  })
  watch(
    () => printAddress(inspect.address),
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void notices.attempt(write), STILL_MS)
    },
  )
}
