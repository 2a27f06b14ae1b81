/** The thread that measures: whole steps, and what the same kernel does at its best. */
import { parentPort, workerData } from 'node:worker_threads'
import { bestForm, measureForm, peakForms } from '../../engine'
import type { PeakForm } from '../../engine'
import { openChannel } from '../workers/channel'
import { startThread } from '../workers/start-thread'
import type { BenchApi, BenchWorkerData } from './bench-api'
import { createBenchTrainer } from './bench-trainer'
import type { BenchSurroundings, BenchTrainer } from './bench-trainer'

/** Steps and time after which the kernels are compiled for good. */
const WARM_STEPS = 3
const WARM_MS = 300
/** How long the forms of the peak are tried before one is chosen. */
const TRIALS_MS = 150
/** The least time that a shard may take before the measurement ends without it. */
const BARRIER_MS = 5000

interface Prepared {
  readonly trainer: BenchTrainer
  readonly peak: PeakForm
}

let prepared: Prepared | null = null
const now = (): number => performance.now()

const { shardFile } = workerData as BenchWorkerData
const AROUND: BenchSurroundings = {
  now,
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  startShard: (shard) => startThread(shardFile, `shard ${shard.index}`, shard),
  barrierMs: BARRIER_MS,
}

function use(): Prepared {
  if (prepared === null) throw new Error('nothing was prepared')
  return prepared
}

/** Steps until both have passed. @returns steps a second */
async function stepFor({ step }: BenchTrainer, leastSteps: number, milliseconds: number): Promise<number> {
  const started = now()
  let steps = 0
  do {
    const done = step()
    if (done instanceof Promise) await done
    steps += 1
  } while (steps < leastSteps || now() - started < milliseconds)
  return (steps * 1000) / (now() - started)
}

const api: BenchApi = {
  prepare: async (job, kernels) => {
    const trainer = await createBenchTrainer(job, kernels, AROUND)
    await stepFor(trainer, WARM_STEPS, WARM_MS)
    prepared = { trainer, peak: bestForm(peakForms(trainer.code), TRIALS_MS, now) }
    return trainer.target
  },
  step: (milliseconds) => stepFor(use().trainer, 1, milliseconds),
  peak: (milliseconds) => 1000 * measureForm(use().peak, milliseconds, now),
}

if (!parentPort) throw new Error('this is a worker')
openChannel(parentPort, api)
