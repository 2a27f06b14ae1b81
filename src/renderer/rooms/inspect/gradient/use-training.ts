/** What a run's training did to gradients: where it cut them, and what it clipped. */
import { shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import { lab } from '../../../bridge/lab'
import { useNoticesStore } from '../../../stores/notices.store'
import { clippingOf } from './gradient-curves'
import type { Clipping } from './gradient-curves'

export interface TrainingFacts {
  /** Time steps that truncated back-propagation goes back at most. */
  readonly sequence: number | null
  readonly clipping: Clipping | null
}

export function useTraining(run: () => string | null): ShallowRef<TrainingFacts | null> {
  const notices = useNoticesStore()
  const facts = shallowRef<TrainingFacts | null>(null)
  watch(
    run,
    async (of) => {
      facts.value = null
      if (of === null) return
      await notices.attempt(async () => {
        const [{ configuration }, curve] = await Promise.all([lab.runs.show({ run: of }), lab.runs.curve({ run: of })])
        if (of !== run()) return
        const clipping = configuration ? clippingOf(curve, configuration.clip) : null
        facts.value = { sequence: configuration?.sequence ?? null, clipping }
      })
    },
    { immediate: true },
  )
  return facts
}
