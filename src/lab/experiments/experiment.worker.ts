/** A thread of the experiment pool: one experiment, as many of its trials as it is asked for. */
import { parentPort, workerData } from 'node:worker_threads'
import { createExperiment } from '../../engine'
import type { Experiment } from '../../engine'
import { openChannel } from '../workers/channel'
import type { ExperimentApi, ExperimentWorkerData } from './experiment-api'

let experiment: Experiment<unknown> | null = null

const api: ExperimentApi = {
  run: (from, to) => {
    // Within the call, so that what the engine refuses reaches whoever asked.
    const { run } = (experiment ??= createExperiment((workerData as ExperimentWorkerData).settings))
    return Array.from({ length: to - from }, (_, k) => run(from + k))
  },
}

if (!parentPort) throw new Error('this is a worker')
openChannel(parentPort, api)
