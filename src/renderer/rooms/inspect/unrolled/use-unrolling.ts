/** How far the network is unrolled, and its one performance: a copy slides out at a time. Under reduced motion it is stepped. */
import { computed, onScopeDispose, ref, watch } from 'vue'
import type { ComputedRef, Ref } from 'vue'
import { shownSteps } from './unrolled-layout'

const COPY_MS = 320

export interface Unrolling {
  /** How many steps are unrolled; 0: folded. */
  readonly unrolled: Ref<number>
  readonly shown: ComputedRef<{ readonly from: number; readonly to: number }>
  readonly isPlaying: Ref<boolean>
  readonly play: () => void
  readonly pause: () => void
  /** To so many steps; a performance ends. */
  readonly seek: (steps: number) => void
  /** So far that a step is in sight. */
  readonly reveal: (step: number) => void
}

/**
 * @param steps of the text
 * @param fit columns that are seen at once
 * @param slid is told of each copy that slides out, by its step
 */
export function useUnrolling(steps: () => number, fit: () => number, slid: (step: number) => void): Unrolling {
  const unrolled = ref(0)
  const isPlaying = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined
  const shown = computed(() => shownSteps(Math.min(unrolled.value, steps()), fit()))

  function pause(): void {
    clearInterval(timer)
    isPlaying.value = false
  }

  function advance(): void {
    if (unrolled.value < steps()) slid(unrolled.value++)
    if (unrolled.value >= steps()) pause()
  }

  function play(): void {
    pause()
    if (unrolled.value >= steps()) unrolled.value = 0
    isPlaying.value = true
    advance()
    if (isPlaying.value) timer = setInterval(advance, COPY_MS)
  }

  function seek(to: number): void {
    pause()
    unrolled.value = Math.min(steps(), Math.max(0, to))
  }

  function reveal(step: number): void {
    if (step >= unrolled.value) seek(step + 1)
    else if (step < shown.value.from) seek(step + fit())
  }

  watch(steps, (count) => unrolled.value > count && seek(count))
  onScopeDispose(pause)
  return { unrolled, shown, isPlaying, play, pause, seek, reveal }
}
