/** A cue of real numbers on its way to ±1, before one's eyes: grey, then which way each cell leans, then decided. */
import { defineStore } from 'pinia'
import { nextTick, ref, watch } from 'vue'
import { useAppStore } from '../../../stores/app.store'
import { useRecallStore } from '../recall.store'

/** How long the leaning is seen before it is decided. */
const PAUSE_MS = 1200

export const useRealCueStore = defineStore('real-cue', () => {
  const app = useAppStore()
  const table = useRecallStore()
  const look = ref<'grey' | 'lean'>('grey')
  const isGoing = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let answer: (isDecided: boolean) => void = () => undefined

  function rest(isDecided: boolean): void {
    clearTimeout(timer)
    isGoing.value = false
    look.value = 'grey'
    const tell = answer
    answer = () => undefined
    tell(isDecided)
  }

  function decide(): void {
    const tell = answer
    answer = () => undefined
    table.makeBipolar()
    rest(true)
    tell(true)
  }

  function lean(): void {
    look.value = 'lean'
    isGoing.value = true
    timer = setTimeout(decide, PAUSE_MS)
  }

  /** The next of its steps; with reduced motion each press is one, else the second follows the first. */
  function go(): void {
    if (look.value === 'lean') decide()
    else if (app.reducedMotion) look.value = 'lean'
    else lean()
  }

  /** Makes the cue bipolar where it isn't, to be seen. Answers whether it is: drawing in between calls it off. */
  async function settle(): Promise<boolean> {
    if (!table.isReal) return true
    rest(false)
    const isDecided = await new Promise<boolean>((resolve) => {
      answer = resolve
      lean()
    })
    await nextTick() // whoever watches the cue has heard of it
    return isDecided
  }

  // Whatever else changes the cue calls it off: what was leaning is there no more.
  watch(
    () => table.drawn,
    () => rest(false),
    { flush: 'sync' },
  )

  return { look, isGoing, go, settle }
})
