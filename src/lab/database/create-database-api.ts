/** The database's interface, made of its repositories on one connection. */
import { LIVE_STATUSES, LabError } from '../../shared'
import type { RunId, RunRow, RunStatus } from '../../shared'
import { decimateCurve } from '../runs/decimate-curve'
import { isAlive } from '../process-identity'
import type { ProcessIdentity } from '../process-identity'
import { transfer } from '../workers/channel'
import { durably, immediately } from './connection'
import type { Connection } from './connection'
import type { DatabaseApi, Lease } from './database-api'
import * as baselines from './repositories/baselines'
import * as browse from './repositories/browse'
import * as bin from './repositories/bin'
import * as carried from './repositories/carried-runs'
import * as checkpoints from './repositories/checkpoints'
import * as experiments from './repositories/experiments'
import * as health from './repositories/health'
import * as patternSets from './repositories/pattern-sets'
import * as points from './repositories/points'
import * as columns from './repositories/run-columns'
import * as rows from './repositories/run-rows'
import * as writes from './repositories/run-writes'
import * as settings from './repositories/settings'
import * as speeds from './repositories/speeds'
import { withLabErrors } from './sqlite-error'

export interface DatabaseContext {
  readonly db: Connection
  /** For sentences. */
  readonly directory: string
  readonly now: () => number
  readonly isAlive?: (holder: ProcessIdentity) => boolean
}

/** From what a run can go on (a diverged one only as a new run). */
const RESUMABLE: readonly RunStatus[] = ['paused', 'interrupted', 'crashed', 'stopped', 'finished']

export function createDatabaseApi(context: DatabaseContext): DatabaseApi {
  const { db } = context
  const own = new Set<string>()
  return withErrorsOf(context.directory, {
    ...createRunWrites(context, own),
    ...createLeaseWrites(context, own),

    ...createKeeping(context, own),

    listRuns: (query) => rows.listRunRows(db, own, query),
    ...createBrowsing(context, own),
    showRun: (run) => rows.readRunDetail(db, run, own),
    showExperiment: (run) => experiments.readExperiment(db, run),
    readPoints: (run) => points.readPoints(db, rows.findStoredRun(db, run).id),
    readCurve: (run) => points.readCurve(db, rows.findStoredRun(db, run).id),
    listCheckpoints: (run) => checkpoints.listCheckpoints(db, rows.findStoredRun(db, run).id),
    renameRun: (run, name) =>
      immediately(db, () => {
        writes.updateName(db, rows.findStoredRun(db, run).id, name)
        return rows.readRunRow(db, run, own)
      }),

    listPatternSets: () => patternSets.listPatternSets(db),
    openPatternSet: (id) => patternSets.openPatternSet(db, id),
    savePatternSet: (id, title, set) => immediately(db, () => patternSets.savePatternSet(db, id, title, set)),
    renamePatternSet: (id, title) => immediately(db, () => patternSets.renamePatternSet(db, id, title)),
    removePatternSet: (id) => immediately(db, () => patternSets.removePatternSet(db, id)),
    restorePatternSet: (removed) => immediately(db, () => patternSets.restorePatternSet(db, removed)),

    readSettings: () => settings.readSettings(db),
    changeSettings: (patch) =>
      immediately(db, () => {
        settings.writeSettings(db, patch)
        return settings.readSettings(db)
      }),
    readDraft: (key) => settings.readDraft(db, key),
    writeDraft: (key, value) => immediately(db, () => settings.writeDraft(db, key, value)),

    readSpeeds: (machine, most) => speeds.readSpeeds(db, machine, most),
    readBaseline: (reading) => baselines.readBaseline(db, reading),
    writeBaseline: (reading, baseline) => immediately(db, () => baselines.writeBaseline(db, reading, baseline)),

    dataVersion: () => health.dataVersion(db),
    check: (full) => health.check(db, full),
    listFiles: () => checkpoints.listFiles(db),
    listIntermediate: () => checkpoints.listIntermediate(db),
    forgetIntermediate: () => immediately(db, () => checkpoints.forgetIntermediate(db)),
    sqliteVersion: () => health.sqliteVersion(db),
    close: () => void db.close(),
  })
}

type Browsing = Pick<
  DatabaseApi,
  'browseRuns' | 'readRunsAsColumns' | 'readBrowsedRows' | 'listSiblings' | 'readComparedCurve'
>

/** What a long list and a comparison read. */
function createBrowsing({ db }: DatabaseContext, own: rows.OwnTokens): Browsing {
  return {
    browseRuns: (query) => browse.browseRuns(db, own, query),
    readRunsAsColumns: (query) => columns.readRunsAsColumns(db, query),
    readBrowsedRows: (runs, atStep) => browse.readBrowsedRows(db, own, runs, atStep),
    listSiblings: (run) => browse.listSiblings(db, run),
    readComparedCurve: (run, buckets, smoothing) => {
      const { configuration, seconds } = rows.readRunDetail(db, run, own)
      const curve = points.readDrawnCurve(db, rows.findStoredRun(db, run).id)
      const tokensPerStep = configuration === null ? 1 : configuration.batch * configuration.sequence
      return decimateCurve({ run, curve, buckets, smoothing, tokensPerStep, seconds })
    },
  }
}

type Keeping = Pick<
  DatabaseApi,
  | 'changeRun'
  | 'tagRun'
  | 'deleteRun'
  | 'restoreRun'
  | 'purgeRuns'
  | 'giveBackPages'
  | 'readCarriedRun'
  | 'readPackedPoints'
  | 'insertCarriedRun'
>

/** What becomes of a run after it was trained, here or elsewhere. */
function createKeeping(context: DatabaseContext, own: rows.OwnTokens): Keeping {
  const { db } = context
  const lives = context.isAlive ?? isAlive
  const changed = (run: RunId, work: (id: number) => void): RunRow =>
    immediately(db, () => {
      work(rows.findStoredRun(db, run).id)
      return rows.readRunRow(db, run, own)
    })
  return {
    changeRun: (run, patch) => changed(run, (id) => writes.updateRun(db, id, patch)),
    tagRun: (run, tag, isThere) => changed(run, (id) => writes.updateTag(db, id, tag, isThere)),
    deleteRun: (run, now) => changed(run, () => bin.deleteRun(db, run, now, lives)),
    restoreRun: (run) => changed(run, () => bin.restoreRun(db, run)),
    purgeRuns: (before, most) => immediately(db, () => bin.purgeRuns(db, before, most)),
    giveBackPages: (most) => bin.giveBackPages(db, most),
    readCarriedRun: (run) => carried.readCarriedRun(db, run),
    readPackedPoints: (run) => {
      const columns = carried.readPackedPoints(db, rows.findStoredRun(db, run).id)
      return transfer(columns, carried.buffersOf(columns))
    },
    insertCarriedRun: (run, packed) =>
      durably(db, () => {
        carried.insertCarriedRun(db, run, packed)
        return rows.readRunRow(db, run.detail.run, own)
      }),
  }
}

type RunWrites = Pick<
  DatabaseApi,
  'appendPoints' | 'recordCheckpoint' | 'recordRateChange' | 'forgetCheckpoints' | 'saveExperiment'
>

/** What the process that trains a run writes of it. */
function createRunWrites({ db }: DatabaseContext, own: rows.OwnTokens): RunWrites {
  return {
    appendPoints: (run, token, newPoints, progress) =>
      immediately(db, () => {
        const { id } = writes.findHeldRun(db, run, token, 'be given points')
        points.writePoints(db, id, newPoints)
        writes.updateProgress(db, id, progress)
        return rows.readRunRow(db, run, own)
      }),
    recordCheckpoint: (run, token, checkpoint, progress) =>
      durably(db, () => {
        const { id } = writes.findHeldRun(db, run, token, 'be saved')
        checkpoints.writeCheckpoint(db, id, checkpoint)
        writes.updateProgress(db, id, progress)
        return rows.readRunRow(db, run, own)
      }),
    recordRateChange: (run, token, change) =>
      durably(db, () => {
        writes.addRateChange(db, writes.findHeldRun(db, run, token, 'be given a learning rate').id, change)
        return rows.readRunRow(db, run, own)
      }),
    saveExperiment: (run, token, state) =>
      immediately(db, () => {
        experiments.updateExperiment(db, writes.findHeldRun(db, run, token, 'be given results').id, state)
        return rows.readRunRow(db, run, own)
      }),
    forgetCheckpoints: (run, token, thinning) =>
      immediately(db, () => {
        const { id } = writes.findHeldRun(db, run, token, 'be saved')
        checkpoints.thinCheckpoints(db, id, thinning)
      }),
  }
}

type LeaseWrites = Pick<
  DatabaseApi,
  | 'createRun'
  | 'createExperiment'
  | 'endExperiment'
  | 'claimRun'
  | 'setRunStatus'
  | 'releaseRun'
  | 'heartbeat'
  | 'resumeRun'
  | 'interruptLostRuns'
>

/** Who holds a run, and what becomes of it when they let go. `own` follows the leases of this connection. */
function createLeaseWrites(context: DatabaseContext, own: Set<string>): LeaseWrites {
  const { db, now } = context
  const lives = context.isAlive ?? isAlive

  /** Its key, once nobody holds it any more and its status is one of these. */
  function claim(run: RunId, from: readonly RunStatus[], to: RunStatus, lease: Lease): number {
    const stored = rows.findStoredRun(db, run)
    if (stored.deletedAt !== null) throw new LabError('E_RUN_DELETED', { run })
    const holder = rows.readLease(db, run)
    if (holder && lives(holder)) throw new LabError('E_RUN_BUSY', { run, pid: holder.pid })
    const status = holder ? 'interrupted' : stored.status
    if (!from.includes(status)) throw new LabError('E_RUN_STATE', { run, status, action: 'go on' })
    writes.takeLease(db, stored.id, to, lease, now())
    return stored.id
  }

  function withLease(lease: Lease, work: () => RunId): RunRow {
    return immediately(db, () => rows.readRunRow(db, work(), new Set([lease.token])))
  }

  function taken(row: RunRow, { token }: Lease): RunRow {
    own.add(token)
    return row
  }

  function letGo(run: RunId, token: string, status: RunStatus | null, reason: string | null): RunRow {
    const row = durably(db, () => {
      const stored = writes.findHeldRun(db, run, token, 'be ended')
      writes.endLease(db, stored.id, status ?? stored.status, status === null ? stored.reason : reason)
      points.keepDrawn(db, stored.id)
      return rows.readRunRow(db, run, own)
    })
    own.delete(token)
    return row
  }

  function interrupt({ token }: Lease): readonly RunRow[] {
    const run = rows.findRunOfLease(db, token)
    if (run === null) return []
    writes.endLease(db, rows.findStoredRun(db, run).id, 'interrupted', null)
    return [rows.readRunRow(db, run, own)]
  }

  return {
    createRun: (run, status, lease) =>
      taken(
        withLease(lease, () => {
          writes.insertRun(db, run, status, lease)
          return run.run
        }),
        lease,
      ),
    createExperiment: (experiment, lease) =>
      taken(
        withLease(lease, () => {
          experiments.insertExperiment(db, experiment, 'running', lease)
          return experiment.run
        }),
        lease,
      ),
    endExperiment: (run, token, state, status, reason) => {
      const row = durably(db, () => {
        const { id } = writes.findHeldRun(db, run, token, 'be ended')
        experiments.updateExperiment(db, id, state)
        writes.endLease(db, id, status, reason)
        return rows.readRunRow(db, run, own)
      })
      own.delete(token)
      return row
    },
    claimRun: (run, from, to, lease) =>
      taken(
        withLease(lease, () => {
          claim(run, from, to, lease)
          return run
        }),
        lease,
      ),
    resumeRun: (run, resumption, lease) =>
      taken(
        withLease(lease, () => {
          const id = claim(run, RESUMABLE, 'running', lease)
          points.dropPointsAfter(db, id, resumption.step)
          checkpoints.dropCheckpointsAfter(db, id, resumption.step)
          writes.updateResumption(db, id, resumption)
          return run
        }),
        lease,
      ),
    setRunStatus: (run, token, status, reason) => {
      if (!LIVE_STATUSES.includes(status)) return letGo(run, token, status, reason)
      return immediately(db, () => {
        writes.updateStatus(db, writes.findHeldRun(db, run, token, `become ${status}`).id, status, reason)
        return rows.readRunRow(db, run, own)
      })
    },
    releaseRun: (run, token) => letGo(run, token, null, null),
    heartbeat: (time) => {
      if (own.size === 0) return
      immediately(db, () => own.forEach((token) => writes.beatLease(db, token, time)))
    },
    interruptLostRuns: () => {
      const isLost = (lease: Lease): boolean => !lives(lease)
      if (!rows.listLeases(db).some(isLost)) return []
      return immediately(db, () => rows.listLeases(db).filter(isLost).flatMap(interrupt))
    },
  }
}

/** The same functions, with SQLite's errors told as the lab's. */
function withErrorsOf(directory: string, api: DatabaseApi): DatabaseApi {
  const wrapped = Object.entries(api as unknown as Record<string, (...input: unknown[]) => unknown>).map(
    ([name, work]) => [name, (...input: unknown[]) => withLabErrors(directory, () => work(...input))],
  )
  return Object.fromEntries(wrapped) as DatabaseApi
}
