/**
 * The shard workers of a run, as its training worker sees them: started with it, given a step at a time, and ended with
 * it. While a shard is late, messages are heard; one that dies or never answers ends the run, not the waiting.
 */
import type { Worker } from 'node:worker_threads'
import type { StepResult, TokenIds, Trainer } from '../../engine'
import { LabError } from '../../shared'
import { BarrierPatience } from './barrier-patience'
import { ShardControl } from './shard-control'
import type { ShardJob } from './shard-job'

export interface CrewSurroundings {
  /** Milliseconds that never go back. */
  readonly now: () => number
  /** Lets messages in. */
  readonly turn: () => Promise<void>
  readonly startShard: (job: ShardJob) => Worker
  /** The least time that a shard may take. */
  readonly barrierMs: number
}

/** How long it sleeps at a time: messages are heard in between. */
const SLEEP_MS = 25

export class ShardCrew {
  readonly #trainer: Trainer
  readonly #around: CrewSurroundings
  readonly #control: ShardControl
  readonly #workers: readonly Worker[]
  readonly #patience: BarrierPatience
  #round = 0
  #failure: LabError | null = null
  #isEnding = false

  private constructor(trainer: Trainer, workers: number, tokens: TokenIds, around: CrewSurroundings) {
    const { exchange, settings } = trainer
    if (exchange === null) throw new RangeError('this trainer has no other shards')
    this.#trainer = trainer
    this.#around = around
    this.#control = ShardControl.create(workers)
    this.#patience = new BarrierPatience(around.barrierMs)
    this.#workers = Array.from({ length: workers - 1 }, (_, w) =>
      this.#start({
        settings,
        tokens,
        index: w + 1,
        control: this.#control.buffer,
        exchange: exchange.buffer as SharedArrayBuffer,
        sizes: exchange.sizes,
      }),
    )
  }

  /**
   * @param trainer of as many workers as it is told, its exchange in shared memory
   * @throws LabError E_WORKER when a shard cannot begin
   */
  static async start(trainer: Trainer, tokens: TokenIds, around: CrewSurroundings): Promise<ShardCrew> {
    const crew = new ShardCrew(trainer, trainer.settings.workers ?? 1, tokens, around)
    try {
      await crew.#join()
    } catch (error) {
      await crew.end()
      throw error
    }
    return crew
  }

  /** What ended it; null while all is well. */
  get failure(): LabError | null {
    return this.#failure
  }

  /** One batch by all workers. @throws LabError E_WORKER */
  async step(): Promise<StepResult> {
    this.#patience.begin(this.#around.now())
    this.#trainer.begin()
    this.#round += 1
    this.#control.openRound(this.#round)
    this.#trainer.compute()
    await this.#join()
    const result = this.#trainer.finish()
    this.#patience.end(this.#around.now())
    return result
  }

  /** Ends the threads, whatever they do. */
  async end(): Promise<void> {
    this.#isEnding = true
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  #start(job: ShardJob): Worker {
    const worker = this.#around.startShard(job)
    const fail = (reason: string): void => {
      if (!this.#isEnding) this.#failure ??= new LabError('E_WORKER', { worker: `shard ${job.index}`, reason })
    }
    worker.on('error', (error) => fail(error.message))
    worker.on('exit', (code) => fail(`exit code ${code}`))
    return worker
  }

  /** Waits until every shard has closed the round. */
  async #join(): Promise<void> {
    this.#patience.wait(this.#around.now())
    for (let shard = 1; shard <= this.#workers.length; shard++) {
      while (!this.#control.isClosed(shard, this.#round, SLEEP_MS)) {
        await this.#around.turn()
        if (this.#failure === null && this.#patience.isOver(this.#around.now())) {
          this.#failure = new LabError('E_WORKER', { worker: `shard ${shard}`, reason: 'it did not answer in time' })
        }
        if (this.#failure !== null) throw this.#failure
      }
    }
  }
}
