/**
 * An experiment's run while it lasts: its row, its lease, and what it has found so far. Of that only the newest matters:
 * it is written whenever the last writing is done, and told after.
 */
import { LabError } from '../../shared'
import type { ExperimentRequest, RunRow, RunStatus } from '../../shared'
import type { LabContext } from '../context'
import type { ExperimentState } from '../database/database-api'
import { describeMachine, describeVersions, newRunId } from '../runs/new-run'

export class ExperimentRecord {
  readonly #context: LabContext
  readonly #token: string
  readonly #totalTrials: number
  #row: RunRow
  #next: (() => ExperimentState) | null = null
  #writing: Promise<void> | null = null

  private constructor(context: LabContext, token: string, row: RunRow, totalTrials: number) {
    this.#context = context
    this.#token = token
    this.#row = row
    this.#totalTrials = totalTrials
  }

  static async create(
    context: LabContext,
    settings: ExperimentRequest,
    { name, totalTrials, workers }: { readonly name: string; readonly totalTrials: number; readonly workers: number },
  ): Promise<ExperimentRecord> {
    const { host, database, emit } = context
    const lease = context.newLease()
    const row = await database.createExperiment(
      {
        run: newRunId(),
        name,
        settings,
        totalTrials,
        workers,
        machine: describeMachine(),
        versions: describeVersions(host),
        createdAt: host.clock.now(),
      },
      lease,
    )
    emit.run(row)
    return new ExperimentRecord(context, lease.token, row, totalTrials)
  }

  get row(): RunRow {
    return this.#row
  }

  /** Writes it, unless something newer comes first. @param state asked when it can be written */
  save(state: () => ExperimentState): void {
    this.#next = state
    this.#writing ??= this.#write().finally(() => (this.#writing = null))
  }

  async end(state: ExperimentState, status: RunStatus, reason: string | null): Promise<RunRow> {
    this.#next = null
    await this.#writing
    const { database } = this.#context
    this.#tell(await database.endExperiment(this.#row.run, this.#token, state, status, reason), state)
    return this.#row
  }

  async #write(): Promise<void> {
    const { database, host } = this.#context
    while (this.#next !== null) {
      const state = this.#next()
      this.#next = null
      try {
        this.#tell(await database.saveExperiment(this.#row.run, this.#token, state), state)
      } catch (error) {
        // What is found later is written later; the end is written or refused aloud.
        host.log(`run ${this.#row.run}: ${error instanceof LabError ? error.code : String(error)}`)
      }
    }
  }

  #tell(row: RunRow, { trials, result }: ExperimentState): void {
    this.#row = row
    const { emit } = this.#context
    emit.experiment({ run: row.run, trials, totalTrials: this.#totalTrials, result })
    emit.run(row)
  }
}
