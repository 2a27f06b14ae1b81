/** A thread of the experiment pool: one experiment, as many of its trials as it is asked for. */
import { parentPort, workerData } from 'node:worker_threads'
import { createExperiment } from '../../engine'
import type { Experiment } from '../../engine'
import { openChannel } from '../workers/channel'
import type { ExperimentApi, ExperimentWorkerData } from './experiment-api'
import { toSettings } from './experiment-settings'

let experiment: Experiment<unknown> | null = null

/** Within a call, so that what the engine refuses reaches whoever asked. */
function prepared(): Experiment<unknown> {
  return (experiment ??= createExperiment(toSettings((workerData as ExperimentWorkerData).request)))
}

const api: ExperimentApi = {
  prepare: () => prepared().trials,
  run: (from, to) => Array.from({ length: to - from }, (_, k) => prepared().run(from + k)),
}

if (!parentPort) throw new Error('this is a worker')
openChannel(parentPort, api)
