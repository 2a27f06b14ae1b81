/** Calls about runs that are there already. Several are changed one after another: the page's other calls come between. */
import { LabError, reportError } from '../../shared'
import type { ErrorCode, LabHandlers, RunId, RunRow, RunsChanged } from '../../shared'
import type { Lab } from '../../lab'

interface RunContext {
  readonly lab: Promise<Lab>
}

/**
 * Those that can be are changed. The first that a living process holds is told, and so is the first failure: a run that
 * is gone meanwhile leaves the others to be changed, anything else (a full disk) ends it. What was done is answered in
 * any case, so that it can be undone. Where a run is already as it was to be, nothing is said.
 */
async function changeEach(runs: readonly RunId[], change: (run: RunId) => Promise<RunRow>): Promise<RunsChanged> {
  const done: RunId[] = []
  let refused: RunsChanged['refused'] = null
  let failed: RunsChanged['failed'] = null
  for (const run of new Set(runs)) {
    try {
      await change(run)
      done.push(run)
    } catch (error) {
      if (!(error instanceof LabError)) throw error
      if (isSoAlready(error)) continue
      if (error.code === 'E_RUN_STATE') refused ??= { run, status: String(error.details.status) }
      else failed ??= reportError(error)
      if (!OF_ONE_RUN.includes(error.code)) break
    }
  }
  return { done, refused, failed }
}

const OF_ONE_RUN: readonly ErrorCode[] = ['E_RUN_STATE', 'E_RUN_UNKNOWN']

/** Deleted, or out of the bin: another process was quicker. */
function isSoAlready({ code, details }: LabError): boolean {
  return code === 'E_RUN_DELETED' || (code === 'E_RUN_STATE' && details.action === 'be restored')
}

/** What the page holds of all runs: the newest, and those that go on. The rest it looks through by queries. */
const NEWEST = 500

export function runHandlers({ lab }: RunContext): LabHandlers['runs'] {
  const runs = async () => (await lab).runs
  return {
    list: async () => (await runs()).list({ filter: '', deleted: false, archived: false, most: NEWEST }),
    show: async ({ run }) => (await runs()).show(run),
    curve: async ({ run }) => (await runs()).curve(run),
    rename: async ({ run, name }) => (await runs()).rename(run, name),
    browse: async (query) => (await runs()).browse(query),
    columns: async (query) => (await runs()).columns(query),
    rows: async ({ runs: asked, atStep }) => (await runs()).rows(asked, atStep),
    siblings: async ({ run }) => (await runs()).siblings(run),
    curves: async ({ runs: asked, buckets, smoothing }) => (await runs()).curves(asked, buckets, smoothing),
    compare: async ({ runs: asked }) => (await runs()).compare(asked),
    change: async ({ runs: asked, patch }) => {
      const service = await runs()
      return changeEach(asked, (run) => service.change(run, patch))
    },
    tag: async ({ runs: asked, tag, isThere }) => {
      const service = await runs()
      return changeEach(asked, (run) => service.tag(run, tag, isThere))
    },
    delete: async ({ runs: asked }) => {
      const service = await runs()
      return changeEach(asked, (run) => service.delete(run))
    },
    restore: async ({ runs: asked }) => {
      const service = await runs()
      return changeEach(asked, (run) => service.restore(run))
    },
    emptyBin: async () => (await (await runs()).emptyBin(0)).length,
    disk: async ({ run }) => (await runs()).diskUse(run),
  }
}
