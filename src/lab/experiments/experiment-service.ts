/**
 * Experiments: begun on threads of their own, kept as runs while they go on, ended with what they found. What comes out
 * depends on the request alone: trials are put together by their numbers, whoever did them.
 */
import { createTally } from '../../engine'
import type { ExperimentResults, Tally } from '../../engine'
import { LabError, nameOfExperiment } from '../../shared'
import type { ExperimentRequest, RunId, RunRow } from '../../shared'
import type { LabContext } from '../context'
import type { ExperimentState } from '../database/database-api'
import type { ExperimentOptions, ExperimentOutcome, ExperimentService } from '../lab'
import { ExperimentPool } from './experiment-pool'
import { ExperimentRecord } from './experiment-record'
import { toSummary } from './experiment-settings'

/** One that goes on in this process. */
interface Active {
  readonly stop: () => void
  /** Resolves at its end, whatever that is. */
  readonly over: Promise<unknown>
}

type AnyResult = ExperimentResults[keyof ExperimentResults]

export function createExperimentService(context: LabContext): ExperimentService {
  const { database, host, onClose } = context
  const active = new Set<Active>()
  const kept = new Map<RunId, Active>()
  onClose(async () => {
    for (const { stop } of active) stop()
    await Promise.all(Array.from(active, ({ over }) => over))
  })

  function run<Request extends ExperimentRequest>(
    request: Request,
    options: ExperimentOptions<Request> = {},
  ): Promise<ExperimentOutcome<Request>> {
    const own = new AbortController()
    const signal = options.signal ? AbortSignal.any([options.signal, own.signal]) : own.signal
    const onStarted = (row: RunRow): void => {
      kept.set(row.run, entry)
      options.onStarted?.(row)
    }
    const performed = perform(context, request, { ...options, signal, onStarted } as ExperimentOptions)
    const entry: Active = { stop: () => own.abort(), over: performed.catch(() => undefined) }
    active.add(entry)
    void entry.over.then(() => {
      active.delete(entry)
      for (const [id, other] of kept) if (other === entry) kept.delete(id)
    })
    return performed as Promise<ExperimentOutcome<Request>>
  }

  return {
    run,
    start: (request, name) =>
      new Promise((resolve, reject) => {
        // Once its row is told, what becomes of it is written there.
        run(request, { ...(name === '' ? {} : { name }), onStarted: resolve }).catch((error: unknown) => {
          host.log(`an experiment ended: ${String(error)}`)
          reject(error)
        })
      }),
    stop: async (id) => {
      const entry = kept.get(id)
      if (!entry) throw new LabError('E_RUN_STATE', { run: id, status: 'not running here', action: 'be stopped' })
      entry.stop()
      await entry.over
      return database.showRun(id)
    },
    active: () => [...kept.keys()],
    show: async (id) => {
      const found = await database.showExperiment(id)
      if (!found) throw new LabError('E_RUN_STATE', { run: id, status: 'no experiment', action: 'show its results' })
      return found
    },
    settled: async (id) => {
      await kept.get(id)?.over
      return database.showRun(id)
    },
  }
}

async function perform(
  context: LabContext,
  request: ExperimentRequest,
  options: ExperimentOptions,
): Promise<ExperimentOutcome> {
  const { signal } = options
  const pool = new ExperimentPool(context.host, request)
  const stop = (): void => void pool.stop()
  signal?.addEventListener('abort', stop)
  try {
    const total = await prepare(pool, signal)
    const threads = pool.threads(total, options.workers)
    const record =
      options.save === false
        ? null
        : await ExperimentRecord.create(context, request, {
            name: options.name ?? nameOfExperiment(request),
            totalTrials: total,
            workers: threads,
          })
    if (record) options.onStarted?.(record.row)
    return await carryOut({ context, request, options, pool, total, threads, record })
  } finally {
    signal?.removeEventListener('abort', stop)
    await pool.stop()
  }
}

/** @throws LabError E_CANCELLED, and what the engine refuses; nothing is written yet */
async function prepare(pool: ExperimentPool, signal: AbortSignal | undefined): Promise<number> {
  const isUnwanted = (): boolean => signal?.aborted ?? false
  if (isUnwanted()) throw new LabError('E_CANCELLED')
  try {
    return await pool.prepare()
  } catch (error) {
    throw isUnwanted() ? new LabError('E_CANCELLED') : error // a thread that was ended is no failure of its own
  }
}

interface Undertaking {
  readonly context: LabContext
  readonly request: ExperimentRequest
  readonly options: ExperimentOptions
  readonly pool: ExperimentPool
  readonly total: number
  readonly threads: number
  readonly record: ExperimentRecord | null
}

async function carryOut(undertaking: Undertaking): Promise<ExperimentOutcome> {
  const { context, request, options, pool, total, threads, record } = undertaking
  const { monotonic } = context.host.clock
  const tally: Tally<unknown, AnyResult> = createTally(request)
  const begun = monotonic()
  let trials = 0
  const state = (): ExperimentState => {
    return { trials, seconds: (monotonic() - begun) / 1000, result: toSummary(request, tally.result()) }
  }
  const onShare = (from: number, answers: readonly unknown[]): void => {
    answers.forEach((answer, k) => tally.add(from + k, answer))
    trials += answers.length
    options.onProgress?.(trials, total)
    options.onPartial?.(tally.result())
    if (trials < total) record?.save(state)
  }
  const finish = async (status: ExperimentOutcome['status']): Promise<ExperimentOutcome> => {
    const run = record ? await record.end(state(), status, null) : null
    return { run, status, trials, totalTrials: total, result: tally.result() }
  }
  try {
    await pool.run(total, threads, onShare)
  } catch (error) {
    await pool.stop() // so that nothing is added any more
    if (options.signal?.aborted) return finish('stopped')
    await record?.end(state(), 'crashed', error instanceof Error ? error.message : String(error))
    throw error
  }
  return finish(trials === total ? 'finished' : 'stopped')
}
