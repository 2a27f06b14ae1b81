/** The lab, opened on a data directory: its services, made once, on one database. */
import { randomUUID } from 'node:crypto'
import { DEFAULT_SETTINGS } from '../shared'
import type { LabContext, LabEmitter } from './context'
import { createCorpusService } from './corpora/corpus-service'
import { prepareDataDirectory } from './data-directory'
import { openDatabaseClient } from './database/database-client'
import { examine } from './doctor'
import { createExperimentService } from './experiments/experiment-service'
import type { LabHost } from './host'
import { createInteractiveServices } from './interactive/interactive-service'
import type { Lab, LabListener, RunService, SettingsService } from './lab'
import { findModel } from './models/find-model'
import { createPatternService } from './patterns/pattern-service'
import { ownIdentity } from './process-identity'
import { createTrainingService } from './training/training-service'

/** How often leases are renewed and lost ones looked for, and how often another process's writes are noticed. */
const LEASE_MS = 5000
const CHANGES_MS = 1000

/** @throws LabError E_DATA_DIRECTORY, E_DATABASE_NEWER, E_DATABASE_CORRUPT, E_DATABASE_LOCKED, E_NODE_VERSION */
export async function openLab(host: LabHost): Promise<Lab> {
  const paths = prepareDataDirectory(host.dataDirectory)
  const database = await openDatabaseClient(host)
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
  const training = createTrainingService(context, corpora, interactive)
  context.onClose(training.saveAll)
  await database.client.interruptLostRuns()
  context.onClose(keepWatch(context, await database.client.dataVersion()))

  let closing: Promise<void> | null = null
  return {
    corpora,
    training,
    runs: createRunService(context),
    analysis: interactive.analysis,
    recall: interactive.recall,
    experiments: createExperimentService(context),
    patterns: createPatternService(context),
    settings: createSettingsService(context),
    kernel: () => interactive.chooseKernel('auto'),
    doctor: async (check) => examine(context, check, await interactive.chooseKernel('auto')),
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

function createRunService(context: LabContext): RunService {
  const { database, emit } = context
  return {
    list: () => database.listRuns(),
    show: (run) => database.showRun(run),
    points: (run) => database.readPoints(run),
    curve: (run) => database.readCurve(run),
    rename: async (run, name) => {
      const row = await database.renameRun(run, name)
      emit.run(row)
      return row
    },
    modelFile: async (run, best) => (await findModel(context, run, best)).path,
  }
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
