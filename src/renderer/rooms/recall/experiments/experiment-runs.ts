/** From the list of runs to the experiments: a run is opened there, or done once more. */
import type { RunId, RunKind } from '../../../../shared'
import { useAppStore } from '../../../stores/app.store'
import { useNoticesStore } from '../../../stores/notices.store'
import { useRecallViewStore } from '../recall-view.store'
import { STORED_EXPERIMENTS } from './experiment-settings'
import { useExperimentsStore } from './experiments.store'

export function useExperimentRuns() {
  const app = useAppStore()
  const notices = useNoticesStore()
  const side = useRecallViewStore()
  const experiments = useExperimentsStore()

  async function go(run: RunId, deed: 'open' | 'repeat'): Promise<void> {
    await notices.attempt(async () => {
      experiments.asked = { run, deed }
      await side.show('experiments')
      await app.go('recall')
    })
  }

  return {
    /** Whether the experiments show runs of this kind. */
    isShown: (kind: RunKind): boolean => STORED_EXPERIMENTS.some((known) => known === kind),
    open: (run: RunId) => go(run, 'open'),
    repeat: (run: RunId) => go(run, 'repeat'),
  }
}
