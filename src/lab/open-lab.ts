/** The lab, opened on a data directory: its services, made once, on one database. */
import { randomUUID } from 'node:crypto'
import { BIN_DAYS, DEFAULT_SETTINGS } from '../shared'
import { createBenchService } from './bench/bench-service'
import { createCarryService } from './carry/carry-service'
import { sweepStaging } from './carry/staging'
import { sweepUnfinishedMove } from './carry/unfinished-move'
import type { LabContext, LabEmitter } from './context'
import { createCorpusService } from './corpora/corpus-service'
import { prepareDataDirectory } from './data-directory'
import { openDatabaseClient, openDatabaseHere } from './database/database-client'
import { examine } from './doctor'
import { createExperimentService } from './experiments/experiment-service'
import { sweepTemporary } from './files/sweep-temporary'
import type { LabHost } from './host'
import { createInteractiveServices } from './interactive/interactive-service'
import type { Lab, LabListener, RunService, SettingsService } from './lab'
import { createPatternService } from './patterns/pattern-service'
import { ownIdentity } from './process-identity'
import { createRunService } from './runs/run-service'
import { createTrainingService } from './training/training-service'

/** How often leases are renewed and lost ones looked for, and how often another process's writes are noticed. */
const LEASE_MS = 5000
const CHANGES_MS = 1000

export interface LabChoice {
  /** Whether the database is opened in the calling thread: quicker for a few questions, which then block it. */
  readonly isShort?: boolean
}

/** @throws LabError E_DATA_DIRECTORY, E_DATABASE_NEWER, E_DATABASE_CORRUPT, E_DATABASE_LOCKED, E_NODE_VERSION */
export async function openLab(host: LabHost, { isShort = false }: LabChoice = {}): Promise<Lab> {
  const paths = prepareDataDirectory(host.dataDirectory)
  const database = await (isShort ? openDatabaseHere(host) : openDatabaseClient(host))
  const listeners = new Set<LabListener>()
  const endings: (() => Promise<void>)[] = []
  const context: LabContext = {
    host,
    paths,
    database: database.client,
    emit: createEmitter(listeners),
    newLease: () => ({ ...ownIdentity(), token: randomUUID() }),
    onClose: (end) => void endings.push(end),
  }
  const corpora = createCorpusService(context)
  const interactive = createInteractiveServices(context, corpora)
  const bench = createBenchService(context)
  const training = createTrainingService(context, corpora, interactive, bench.pace)
  context.onClose(training.saveAll)
  await database.client.interruptLostRuns()
  const swept = Promise.all([paths.models, paths.corpora].map((folder) => sweepTemporary(folder))).catch(
    (error: unknown) => {
      host.log(`sweeping: ${String(error)}`)
    },
  )
  context.onClose(async () => void (await swept))
  context.onClose(keepWatch(context, await database.client.dataVersion()))
  const runs = createRunService(context)
  const tidied = tidy(context, runs).catch((error: unknown) => host.log(`tidying: ${String(error)}`))
  context.onClose(async () => void (await tidied))

  let closing: Promise<void> | null = null
  return {
    corpora,
    training,
    runs,
    carry: createCarryService(context, corpora),
    analysis: interactive.analysis,
    recall: interactive.recall,
    experiments: createExperimentService(context),
    bench,
    patterns: createPatternService(context),
    settings: createSettingsService(context),
    kernel: () => interactive.chooseKernel('auto'),
    doctor: async (check) => {
      await swept // what a dead process left half-written is no orphan
      return examine(context, check, await interactive.chooseKernel('auto'))
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () =>
      (closing ??= (async () => {
        for (const end of endings.reverse()) await end()
        await database.close()
      })()),
  }
}

async function tidy({ paths }: LabContext, runs: RunService): Promise<void> {
  await sweepStaging(paths.directory)
  await sweepTemporary(paths.directory, false)
  await sweepUnfinishedMove(paths.directory)
  await runs.emptyBin(BIN_DAYS)
}

function createEmitter(listeners: ReadonlySet<LabListener>): LabEmitter {
  return {
    run: (row) => listeners.forEach((listener) => listener.run?.(row)),
    points: (run, points) => listeners.forEach((listener) => listener.points?.(run, points)),
    snapshot: (snapshot) => listeners.forEach((listener) => listener.snapshot?.(snapshot)),
    recall: (batch) => listeners.forEach((listener) => listener.recall?.(batch)),
    experiment: (progress) => listeners.forEach((listener) => listener.experiment?.(progress)),
    settings: (settings) => listeners.forEach((listener) => listener.settings?.(settings)),
    changedElsewhere: () => listeners.forEach((listener) => listener.changedElsewhere?.()),
  }
}

/**
 * Renews this process's leases, finds those of dead ones, and notices what other processes write.
 * @param version of the data when the lab was opened
 * @returns its end
 */
function keepWatch({ database, emit, host }: LabContext, version: number): () => Promise<void> {
  let last = version
  const report = (error: unknown): void => host.log(`watch: ${String(error)}`)
  const beat = async (): Promise<void> => {
    await database.heartbeat(host.clock.now())
    for (const row of await database.interruptLostRuns()) emit.run(row)
  }
  const look = async (): Promise<void> => {
    const now = await database.dataVersion()
    if (now !== last) emit.changedElsewhere()
    last = now
  }
  const timers = [
    setInterval(() => void beat().catch(report), LEASE_MS),
    ...(host.shell === 'cli' ? [] : [setInterval(() => void look().catch(report), CHANGES_MS)]),
  ]
  for (const timer of timers) timer.unref()
  return async () => timers.forEach((timer) => clearInterval(timer))
}

function createSettingsService({ database, emit }: LabContext): SettingsService {
  return {
    read: async () => ({ ...DEFAULT_SETTINGS, ...(await database.readSettings()) }),
    change: async (patch) => {
      const settings = await database.changeSettings(patch)
      emit.settings(settings)
      return settings
    },
    readDraft: (key) => database.readDraft(key),
    writeDraft: (key, value) => database.writeDraft(key, value),
  }
}
