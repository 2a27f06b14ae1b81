/** The time left of work that tells how far it is: by its mean speed, after the first seconds. */
import { ref, watch } from 'vue'
import type { Ref } from 'vue'

const SILENT_MS = 3000

export function useSecondsLeft(
  progress: () => { readonly done: number; readonly total: number },
  isBusy: () => boolean,
  now: () => number = () => performance.now(),
): Ref<number | null> {
  const left = ref<number | null>(null)
  let begun = now()
  watch(isBusy, (busy) => {
    if (busy) begun = now()
    left.value = null
  })
  watch(progress, ({ done, total }) => {
    const passed = now() - begun
    left.value = !isBusy() || passed < SILENT_MS || done === 0 ? null : ((total - done) * passed) / done / 1000
  })
  return left
}
