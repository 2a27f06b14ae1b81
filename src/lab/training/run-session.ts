/**
 * A run as the process that holds it sees it: its worker, its lease, and what becomes of it. Whatever the worker tells is
 * written to the database first and told to listeners after.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stepNanoseconds } from '../../engine'
import { LabError } from '../../shared'
import type { RunRow, RunStatus } from '../../shared'
import type { LabContext } from '../context'
import { planThinning } from '../models/thinning'
import { startRemoteWorker } from '../workers/remote-worker'
import type { RemoteWorker } from '../workers/remote-worker'
import { shapeOf } from './training-plan'
import type { TrainingJob, TrainingListener, TrainingWorkerApi } from './training-api'

/** How long a worker may take to come to rest before it is ended. */
const REST_MS = 20_000

export class RunSession {
  readonly #context: LabContext
  readonly #token: string
  readonly #worker: RemoteWorker<TrainingWorkerApi>
  readonly #folder: string
  readonly #settle: (row: RunRow) => void
  readonly settled: Promise<RunRow>
  readonly #stepNanoseconds: number
  readonly #stepCharacters: number
  #row: RunRow
  #over = false

  constructor(context: LabContext, row: RunRow, token: string, job: TrainingJob) {
    this.#context = context
    this.#row = row
    this.#token = token
    this.#folder = job.folder
    const { batch, sequence } = job.configuration
    const shape = shapeOf(job.configuration, job.vocabulary.length)
    this.#stepNanoseconds = stepNanoseconds(shape, batch, sequence, job.workers)
    this.#stepCharacters = batch * sequence * job.charactersPerToken
    let settle: (row: RunRow) => void = () => undefined
    this.settled = new Promise((resolve) => (settle = resolve))
    this.#settle = settle
    this.#worker = startRemoteWorker<TrainingWorkerApi>(context.host, 'training', job, this.#listener())
    void this.#worker.ended.then((error) => this.#crash(error))
  }

  get row(): RunRow {
    return this.#row
  }

  /** How many times as fast it trains as the engine's cost of a step says; null before it has trained. */
  get pace(): number | null {
    const { charactersPerSecond } = this.#row
    return charactersPerSecond === null
      ? null
      : (charactersPerSecond * this.#stepNanoseconds) / (this.#stepCharacters * 1e9)
  }

  get isOver(): boolean {
    return this.#over
  }

  /** A run that cannot be taken up is left as crashed, with nothing of it touched. */
  async prepare(): Promise<void> {
    try {
      await this.#worker.remote.prepare()
    } catch (error) {
      await this.#crash(error instanceof LabError ? error : new LabError('E_INTERNAL', { what: String(error) }))
      await this.#worker.stop()
      throw error
    }
  }

  async go(): Promise<void> {
    await this.#setStatus('running', null)
    await this.#answered(this.#worker.remote.go())
  }

  /** Stands still from now on, its turn still to come. */
  async queue(): Promise<void> {
    await this.#setStatus('queued', null)
  }

  async pause(): Promise<void> {
    await this.#answered(this.#worker.remote.pause())
    if (!this.#over) await this.#setStatus('paused', 'person')
  }

  async stop(): Promise<void> {
    const { database } = this.#context
    if (this.#over) return
    await this.#answered(this.#worker.remote.stop())
    if (!this.#over) await this.#leave(await database.setRunStatus(this.#row.run, this.#token, 'stopped', null))
  }

  async watch(probe: string | null, temperature: number | null): Promise<void> {
    if (!this.#over) await this.#answered(this.#worker.remote.watch(probe, temperature))
  }

  async save(): Promise<void> {
    await this.#answered(this.#worker.remote.save())
  }

  async changeRate(learningRate: number): Promise<void> {
    await this.#answered(this.#worker.remote.changeRate(learningRate))
  }

  /** Saves it as paused and lets it go: the process ends, the run goes on another time. */
  async letGo(): Promise<void> {
    if (this.#over) return
    const { database } = this.#context
    const { run } = this.#row
    try {
      await withinTime(this.#worker.remote.pause(), REST_MS)
      if (this.#over) return
      await this.#setStatus('paused', this.#row.reason === 'disk full' ? 'disk full' : 'person')
    } catch (error) {
      this.#context.host.log(`run ${run} could not be saved: ${String(error)}`)
    }
    await this.#leave(await database.releaseRun(run, this.#token))
  }

  /** A worker that has told the run's end may be gone before it answers what was asked of it meanwhile. */
  async #answered(work: Promise<unknown>): Promise<void> {
    try {
      await work
    } catch (error) {
      if (!this.#over) throw error
    }
  }

  async #setStatus(status: RunStatus, reason: string | null): Promise<void> {
    this.#tell(await this.#context.database.setRunStatus(this.#row.run, this.#token, status, reason))
  }

  #tell(row: RunRow): void {
    this.#row = row
    this.#context.emit.run(row)
  }

  #listener(): TrainingListener {
    const { database, emit } = this.#context
    return {
      savePoints: async (points, progress) => {
        const row = await database.appendPoints(this.#row.run, this.#token, points, progress)
        emit.points(row.run, points)
        this.#tell(row)
      },
      saveCheckpoint: async (checkpoint, progress) => {
        this.#tell(await database.recordCheckpoint(this.#row.run, this.#token, checkpoint, progress))
        await this.#thin()
      },
      saveRateChange: async (change) => {
        this.#tell(await database.recordRateChange(this.#row.run, this.#token, change))
      },
      snapshot: (snapshot) => emit.snapshot(snapshot),
      diskFull: async () => {
        try {
          await this.#setStatus('paused', 'disk full')
        } catch (error) {
          if (!(error instanceof LabError) || error.code !== 'E_DISK_FULL') throw error
          this.#tell({ ...this.#row, status: 'paused', reason: 'disk full' }) // not even that could be written
        }
      },
      diskFree: () => this.#setStatus('running', null),
      ended: async (status, reason) => {
        await this.#leave(await database.setRunStatus(this.#row.run, this.#token, status, reason))
      },
    }
  }

  /** Rows first, then the files: one that is left over is swept another time. */
  async #thin(): Promise<void> {
    const { database, host } = this.#context
    const thinning = planThinning(await database.listCheckpoints(this.#row.run), this.#row.bestStep)
    if (thinning.forgotten.length + thinning.parametersOnly.length === 0) return
    await database.forgetCheckpoints(this.#row.run, this.#token, thinning)
    const files = [
      ...thinning.forgotten.flatMap((step) => [`${step}.safetensors`, `${step}.state`]),
      ...thinning.parametersOnly.map((step) => `${step}.state`),
    ]
    const removed = await Promise.allSettled(files.map((file) => rm(join(this.#folder, file), { force: true })))
    for (const { status } of removed) if (status === 'rejected') host.log('a thinned checkpoint could not be removed')
  }

  async #leave(row: RunRow): Promise<void> {
    this.#over = true
    this.#tell(row)
    // After the worker has heard that what it told is done.
    setImmediate(() => void this.#worker.stop())
    this.#settle(row)
  }

  async #crash(error: LabError | null): Promise<void> {
    if (this.#over) return
    this.#over = true
    const { database, host } = this.#context
    const reason = error?.message ?? 'the worker was closed'
    try {
      this.#tell(await database.setRunStatus(this.#row.run, this.#token, 'crashed', reason))
    } catch (failure) {
      host.log(`run ${this.#row.run} crashed, and that could not be written: ${String(failure)}`)
      this.#tell({ ...this.#row, status: 'crashed', reason })
    }
    this.#settle(this.#row)
  }
}

async function withinTime(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${milliseconds} ms`)), milliseconds)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
