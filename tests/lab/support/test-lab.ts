/**
 * A lab on a directory of its own, with the workers that were built. Whatever a test leaves open is closed after it.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'
import { createNodeHost, openLab } from '../../../src/lab'
import type { Lab, LabHost, LabListener, WorkerName } from '../../../src/lab'
import type { ShardJob } from '../../../src/lab/training/shard-job'
import { startThread } from '../../../src/lab/workers/start-thread'
import { BUILT, KERNELS, RESOURCES, STORIES, TEXT } from './places'
import { temporaryDirectory } from './temporary'

export { BUILT, RESOURCES, STORIES, TEXT }

/** A shard worker, for a session in the test's own thread. */
export const startShard = (job: ShardJob): Worker =>
  startThread(join(BUILT, 'shard.worker.cjs'), `shard ${job.index}`, job)

export interface TestLab {
  readonly lab: Lab
  readonly directory: string
  /** Every worker that was started, in order. */
  readonly workers: readonly { readonly name: WorkerName; readonly worker: Worker }[]
  /** What was logged. */
  readonly log: readonly string[]
}

export interface TestLabChoice {
  readonly shell?: LabHost['shell']
  /** null: a fresh one. */
  readonly directory?: string | null
  /** A folder without kernels is a machine on which none compiles. */
  readonly kernels?: string
  /** What stands in for the shard worker: a file of this folder. */
  readonly shard?: string | null
}

export async function openTestLab(choice: TestLabChoice = {}): Promise<TestLab> {
  const { shell = 'test', directory = null, kernels = KERNELS, shard = null } = choice
  if (!existsSync(join(BUILT, 'cli.cjs'))) throw new Error('out/main is missing: run "npm run build" first')
  const dataDirectory = directory ?? temporaryDirectory()
  const workers: { name: WorkerName; worker: Worker }[] = []
  const log: string[] = []
  const host = createNodeHost({
    workersDirectory: BUILT,
    kernelsDirectory: kernels,
    resourcesDirectory: RESOURCES,
    dataDirectory,
    shell,
    version: '0.0.0',
    sqliteBinding: null,
    log: (line) => void log.push(line),
  })
  const lab = await openLab({
    ...host,
    workerFile: (name) =>
      name === 'shard' && shard !== null ? join(import.meta.dirname, shard) : host.workerFile(name),
    startWorker: (name, workerData) => {
      const worker = host.startWorker(name, workerData)
      workers.push({ name, worker })
      return worker
    },
  })
  onTestFinished(() => lab.close())
  return { lab, directory: dataDirectory, workers, log }
}

/** Resolves with the first thing that a listener's callback answers for: the event a test waits for. */
export function when<Value>(lab: Lab, listen: (found: (value: Value) => void) => LabListener): Promise<Value> {
  return new Promise((done) => {
    const unlisten = lab.listen(
      listen((value) => {
        unlisten()
        done(value)
      }),
    )
  })
}
