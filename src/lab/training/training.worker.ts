/** The thread that trains one run. */
import { parentPort, workerData } from 'node:worker_threads'
import { setTimeout as wait } from 'node:timers/promises'
import { openChannel } from '../workers/channel'
import { startThread } from '../workers/start-thread'
import type { TrainingJob, TrainingListener, TrainingWorkerApi } from './training-api'
import { TrainingSession } from './training-session'

/** The least time that a shard may take before the run ends without it. */
const BARRIER_MS = 5000

const job = workerData as TrainingJob
const port = parentPort
if (!port) throw new Error('this is a worker')

let session: TrainingSession | null = null
/** Made at the first call, so that what is wrong with a job is answered to whoever asks. */
const current = (): TrainingSession =>
  (session ??= new TrainingSession(job, channel.remote, {
    now: () => performance.now(),
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    wait,
    startShard: (shard) => startThread(job.shardFile, `shard ${shard.index}`, shard),
    barrierMs: BARRIER_MS,
  }))

const api: TrainingWorkerApi = {
  prepare: () => current().prepare(),
  go: () => current().go(),
  pause: () => current().pause(),
  stop: () => current().stop(),
  save: () => current().save(),
  changeRate: (learningRate) => current().changeRate(learningRate),
  watch: (probe, temperature) => current().watch(probe, temperature),
}
const channel = openChannel<TrainingListener>(port, api)
