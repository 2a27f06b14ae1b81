/**
 * The threads of one experiment. Trials are handed out in shares of about a tenth of a second, so that what was found so
 * far can be told soon and all threads are busy to the end. Which thread does which trial changes no answer.
 */
import { availableParallelism } from 'node:os'
import type { ExperimentRequest } from '../../shared'
import type { LabHost } from '../host'
import { startRemoteWorker } from '../workers/remote-worker'
import type { RemoteWorker } from '../workers/remote-worker'
import type { ExperimentApi, ExperimentWorkerData } from './experiment-api'

/** A share that takes less is followed by one of twice as many trials, one that takes more by half as many. */
const SHORT_MS = 50
const LONG_MS = 200

export class ExperimentPool {
  readonly #host: LabHost
  readonly #data: ExperimentWorkerData
  readonly #workers: RemoteWorker<ExperimentApi>[] = []
  #stopped = false

  constructor(host: LabHost, request: ExperimentRequest) {
    this.#host = host
    this.#data = { request }
  }

  /** @returns the trials in all. @throws what the engine refuses */
  async prepare(): Promise<number> {
    return this.#start().remote.prepare()
  }

  /** Threads it would use for so many trials. */
  threads(total: number, wanted: number = availableParallelism()): number {
    return Math.max(1, Math.min(wanted, total))
  }

  /** @param onShare is given the answers of trials `from` … in order; shares come in any order */
  async run(
    total: number,
    threads: number,
    onShare: (from: number, answers: readonly unknown[]) => void,
  ): Promise<void> {
    const { monotonic } = this.#host.clock
    let next = 0
    const work = async ({ remote }: RemoteWorker<ExperimentApi>): Promise<void> => {
      let share = 1
      while (next < total) {
        const begun = monotonic()
        const from = next
        const to = (next = Math.min(total, from + share))
        const answers = await remote.run(from, to)
        if (!this.#stopped) onShare(from, answers)
        const took = monotonic() - begun
        if (took < SHORT_MS) share *= 2
        else if (took > LONG_MS) share = Math.ceil(share / 2)
      }
    }
    while (this.#workers.length < threads && !this.#stopped) this.#start()
    await Promise.all(this.#workers.map(work))
  }

  /** Ends the threads at once, in the middle of a trial. */
  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#workers.map((worker) => worker.stop()))
  }

  #start(): RemoteWorker<ExperimentApi> {
    const worker = startRemoteWorker<ExperimentApi>(this.#host, 'experiment', this.#data)
    this.#workers.push(worker)
    return worker
  }
}
