/**
 * The list of runs as the page has it: identifiers in order, and the rows that were in sight. Ten thousand of them are
 * never rows at once, and nothing of it is reactive inside.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import {
  DEFAULT_RUNS_VIEW,
  LabError,
  LONGEST_FILTER,
  MOST_ROWS_AT_ONCE,
  parseRunFilter,
  queryOf,
} from '../../../../shared'
import type { BrowsedRow, ErrorReport, RunGroupSummary, RunsView } from '../../../../shared'
import { onEvent } from '../../../bridge/events'
import { lab } from '../../../bridge/lab'
import { useAppStore } from '../../../stores/app.store'
import { useNoticesStore } from '../../../stores/notices.store'

export interface GroupLine {
  readonly group: RunGroupSummary
  readonly place: number
  readonly folded: boolean
}
/** A run's identifier, or the head of a group. */
export type Line = string | GroupLine

/** How often a list that changes by itself is put in order again. */
const REFRESH_MS = 1000
/** What is seen of the list when the room is first opened comes with it. */
const FIRST_ROWS = 16
/** How long after the last change the view is written down. */
const KEEP_MS = 400

function filterError(filter: string): ErrorReport | null {
  try {
    parseRunFilter(filter)
    return null
  } catch (error) {
    if (error instanceof LabError) return { code: error.code, message: error.message, details: error.details }
    throw error
  }
}

export const useBrowseStore = defineStore('browse', () => {
  const app = useAppStore()
  const notices = useNoticesStore()
  const view = shallowRef<RunsView>(app.settings.runsView ?? DEFAULT_RUNS_VIEW)
  const error = computed(() => filterError(view.value.filter))
  const runs = shallowRef<readonly string[]>([])
  const groups = shallowRef<readonly RunGroupSummary[]>([])
  const folded = shallowRef<ReadonlySet<number>>(new Set())
  const loaded = ref(false)
  const inSight = ref(true)

  const lines = computed<readonly Line[]>(() => {
    if (groups.value.length === 0) return runs.value
    let next = 0
    return groups.value.flatMap((group, place): Line[] => {
      const members = runs.value.slice(next, (next += group.count))
      const isFolded = folded.value.has(place)
      return [{ group, place, folded: isFolded }, ...(isFolded ? [] : members)]
    })
  })

  const rows = new Map<string, BrowsedRow>()
  const asked = new Set<string>()
  /** Shown as they were until they come again: another process may have changed them. */
  const stale = new Set<string>()
  /** Told anew since the list was read last: what only a row in sight has (best step, sparkline) is to be read again. */
  const changed = new Set<string>()
  /** Counts what came into `rows`, so that what shows them is drawn again. */
  const version = ref(0)
  const rowOf = (run: string): BrowsedRow | null => (version.value >= 0 ? (rows.get(run) ?? null) : null)

  function put(read: readonly BrowsedRow[]): void {
    for (const row of read) {
      rows.set(row.run, row)
      stale.delete(row.run)
    }
    if (read.length > 0) version.value += 1
  }

  async function needRows(wanted: readonly string[]): Promise<void> {
    const isMissing = (run: string): boolean => (!rows.has(run) || stale.has(run)) && !asked.has(run)
    const missing = wanted.filter(isMissing).slice(0, MOST_ROWS_AT_ONCE)
    if (missing.length === 0) return
    for (const run of missing) asked.add(run)
    try {
      put(await lab.runs.rows({ runs: missing, atStep: view.value.atStep }))
    } finally {
      for (const run of missing) asked.delete(run)
    }
  }

  let sequence = 0
  async function refresh(): Promise<void> {
    if (error.value) return
    for (const run of changed) stale.add(run)
    changed.clear()
    const mine = ++sequence
    const found = await lab.runs.browse({ ...queryOf(view.value), rows: loaded.value ? 0 : FIRST_ROWS })
    if (mine !== sequence) return
    put(found.rows)
    runs.value = found.runs === '' ? [] : found.runs.split(' ')
    groups.value = found.groups
    loaded.value = true
  }

  let keeping: ReturnType<typeof setTimeout> | null = null
  function change(patch: Partial<RunsView>): void {
    const before = view.value
    view.value = { ...before, ...patch }
    if (keeping) clearTimeout(keeping)
    // A filter that is longer than one can be is told of where it is typed, and not kept.
    if (view.value.filter.length <= LONGEST_FILTER) {
      keeping = setTimeout(() => void notices.attempt(() => app.change({ runsView: view.value })), KEEP_MS)
    }
    if (view.value.atStep !== before.atStep) forgetRows()
    if (view.value.group !== before.group) folded.value = new Set()
    const isOther = (['filter', 'place', 'sort', 'group', 'atStep'] as const).some(
      (key) => view.value[key] !== before[key],
    )
    if (isOther) void notices.attempt(refresh)
  }

  function forgetRows(): void {
    rows.clear()
    stale.clear()
    version.value += 1
  }

  function distrustRows(): void {
    for (const run of rows.keys()) stale.add(run)
    version.value += 1
  }

  function fold(place: number): void {
    const next = new Set(folded.value)
    if (!next.delete(place)) next.add(place)
    folded.value = next
  }

  let waiting: ReturnType<typeof setTimeout> | null = null
  function refreshSoon(): void {
    if (waiting || !inSight.value) return
    waiting = setTimeout(() => {
      waiting = null
      void notices.attempt(refresh)
    }, REFRESH_MS)
  }

  onEvent('run', ({ row }) => {
    const known = rows.get(row.run)
    if (known) {
      rows.set(row.run, { ...known, ...row })
      changed.add(row.run)
      version.value += 1
    }
    refreshSoon()
  })
  onEvent('resync', () => {
    distrustRows()
    refreshSoon()
  })
  watch(inSight, (isInSight) => isInSight && void notices.attempt(refresh))

  /** What was used in rows seen so far. */
  const known = computed(() => {
    const seen = version.value >= 0 ? [...rows.values()] : []
    return {
      tag: [...new Set(seen.flatMap(({ tags }) => tags))].sort(),
      corpus: [...new Set(seen.flatMap(({ corpus }) => corpus ?? []))].sort(),
    }
  })

  return {
    view,
    error,
    runs,
    groups,
    lines,
    loaded,
    inSight,
    version,
    known,
    rowOf,
    needRows,
    refresh,
    change,
    fold,
    forgetRows,
  }
})
