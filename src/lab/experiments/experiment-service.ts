/**
 * Experiments on a pool of threads that lives as long as the experiment. Trials are handed out in small shares and put
 * together in their order, so the answer doesn't depend on how many threads there were.
 */
import { availableParallelism } from 'node:os'
import { summarise, trialsOf } from '../../engine'
import type { ExperimentSettings } from '../../engine'
import { LabError } from '../../shared'
import type { LabContext } from '../context'
import type { ExperimentService } from '../lab'
import { startRemoteWorker } from '../workers/remote-worker'
import type { RemoteWorker } from '../workers/remote-worker'
import type { ExperimentApi, ExperimentWorkerData } from './experiment-api'

/** Shares an experiment is cut into, at most: enough to tell how far it is and to keep all threads busy to the end. */
const SHARES = 100

export function createExperimentService({ host, onClose }: LabContext): ExperimentService {
  const open = new Set<RemoteWorker<ExperimentApi>>()
  onClose(async () => {
    await Promise.all(Array.from(open, (worker) => worker.stop()))
  })

  function start(settings: ExperimentSettings): RemoteWorker<ExperimentApi> {
    const data: ExperimentWorkerData = { settings }
    const worker = startRemoteWorker<ExperimentApi>(host, 'experiment', data)
    open.add(worker)
    void worker.ended.then(() => open.delete(worker))
    return worker
  }

  return {
    run: async (settings, { workers, onProgress, signal } = {}) => {
      const total = trialsOf(settings)
      const share = Math.ceil(total / SHARES)
      const trials = new Array<unknown>(total)
      let next = 0
      let done = 0
      const assertWanted = (): void => {
        if (signal?.aborted) throw new LabError('E_CANCELLED')
      }
      assertWanted()
      const count = Math.min(workers ?? availableParallelism(), Math.ceil(total / share))
      const pool = Array.from({ length: count }, () => start(settings))
      const stop = (): void => void pool.forEach((worker) => void worker.stop())
      const work = async ({ remote }: RemoteWorker<ExperimentApi>): Promise<void> => {
        while (next < total) {
          const from = next
          const to = (next = Math.min(total, from + share))
          const answers = await remote.run(from, to)
          answers.forEach((answer, k) => (trials[from + k] = answer))
          done += answers.length
          onProgress?.(done, total)
        }
      }
      signal?.addEventListener('abort', stop)
      try {
        await Promise.all(pool.map(work))
      } catch (error) {
        assertWanted() // a thread that was stopped is no failure of its own
        throw error
      } finally {
        signal?.removeEventListener('abort', stop)
        await Promise.all(pool.map((worker) => worker.stop()))
      }
      return summarise(settings, trials)
    },
  }
}
