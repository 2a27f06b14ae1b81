/** The run chosen in the list: its detail, and its curve or what its experiment found, read when it is chosen and again as it goes on in sight. */
import { onActivated, onDeactivated, onScopeDispose, shallowRef, watch } from 'vue'
import type { Ref } from 'vue'
import { lab } from '../../bridge/lab'
import type { ComparedCurve, KeptExperiment, RunDetail } from '../../../shared'
import { onEvent } from '../../bridge/events'
import { readThose } from './compare/read-those'
import { useNoticesStore } from '../../stores/notices.store'

/** How often a curve that grows is read again, in milliseconds. */
const READ_INTERVAL_MS = 1000

/** About as many as the card is wide, and how smooth the line is drawn. */
const BUCKETS = 500
const SMOOTHING = 0.95

export function useChosenRun(chosen: Ref<string | null>, revision: Ref<string>) {
  const notices = useNoticesStore()
  const detail = shallowRef<RunDetail | null>(null)
  const curve = shallowRef<ComparedCurve | null>(null)
  const experiment = shallowRef<KeptExperiment | null>(null)
  let readAt = -Infinity
  let inSight = true

  async function read(run: string | null): Promise<void> {
    readAt = performance.now()
    if (run === null || run === '') {
      detail.value = null
      curve.value = null
      experiment.value = null
      return
    }
    await notices.attempt(async () => {
      const [nextDetail] = await readThose([run])
      // Gone for good: the list, read again, chooses another.
      if (nextDetail === undefined) return
      const isTraining = nextDetail.kind === 'training'
      const [nextCurve, nextExperiment] = await Promise.all([
        isTraining ? lab.runs.curves({ runs: [run], buckets: BUCKETS, smoothing: SMOOTHING }) : null,
        isTraining ? null : lab.experiments.show({ run }),
      ])
      if (chosen.value !== run) return
      detail.value = nextDetail
      curve.value = nextCurve?.[0] ?? null
      experiment.value = nextExperiment
    })
  }

  watch([chosen, revision], () => read(chosen.value), { immediate: true })
  onScopeDispose(
    onEvent('points', (event) => {
      if (inSight && event.run === chosen.value && performance.now() - readAt > READ_INTERVAL_MS) void read(event.run)
    }),
  )
  onScopeDispose(
    onEvent('experiment', ({ progress: { run, ...progress } }) => {
      const shown = experiment.value
      if (inSight && shown?.run === run && chosen.value === run) experiment.value = { ...shown, ...progress }
    }),
  )
  onActivated(() => {
    inSight = true
    void read(chosen.value)
  })
  onDeactivated(() => {
    inSight = false
  })
  return { detail, curve, experiment }
}
