/** Runs that are there already: found, told apart, marked, put into the bin and taken out of it. */
import { compareRuns, FEWEST_COMPARED, LabError, MOST_COMPARED, tagOf } from '../../shared'
import type { RunId, RunRow } from '../../shared'
import type { LabContext } from '../context'
import type { RunService } from '../lab'
import { findModel } from '../models/find-model'
import { createDiskUse } from './disk-use'
import { emptyBin } from './empty-bin'
import { freeDisk, measureFreeable } from './free-disk'

export function createRunService(context: LabContext): RunService {
  const { database, emit, host } = context
  const disk = createDiskUse(context)

  async function told(change: Promise<RunRow>): Promise<RunRow> {
    const row = await change
    emit.run(row)
    return row
  }

  return {
    list: (query) => database.listRuns(query),
    browse: (query) => database.browseRuns(query),
    columns: (query) => database.readRunsAsColumns(query),
    rows: (runs, atStep) => database.readBrowsedRows(runs, atStep),
    siblings: (run) => database.listSiblings(run),
    curves: async (runs, buckets, smoothing) =>
      Promise.all(runs.map((run) => database.readComparedCurve(run, buckets, smoothing))),
    diskUse: disk.use,
    freeable: () => measureFreeable(context),
    free: async (what) => {
      const freed = await freeDisk(context, what)
      disk.forget()
      return freed
    },
    show: (run) => database.showRun(run),
    points: (run) => database.readPoints(run),
    curve: (run) => database.readCurve(run),
    rename: (run, name) => told(database.renameRun(run, name)),
    change: (run, patch) => told(database.changeRun(run, patch)),
    tag: (run, tag, isThere) => told(database.tagRun(run, isThere ? tagOf(tag) : tag, isThere)),
    delete: (run) => told(database.deleteRun(run, host.clock.now())),
    restore: (run) => told(database.restoreRun(run)),
    emptyBin: (olderThanDays) => emptyBin(context, olderThanDays),
    compare: async (runs: readonly RunId[]) => {
      const different = [...new Set(runs)]
      if (different.length < FEWEST_COMPARED || different.length > MOST_COMPARED) {
        const what = `${FEWEST_COMPARED} to ${MOST_COMPARED} different runs are compared, not ${different.length}`
        throw new LabError('E_INPUT', { what })
      }
      return compareRuns(await Promise.all(different.map((run) => database.showRun(run))))
    },
    modelFile: async (run, best) => (await findModel(context, run, best)).path,
  }
}
