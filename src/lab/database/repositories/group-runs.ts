/** Runs that were found, group by group: those alike in one value, or in all of their setting. */
import type { RunGroupSummary, RunId } from '../../../shared'
import { statement } from '../connection'
import type { Connection } from '../connection'
import { settingOf } from '../migrations/0004-browsing'

export interface FoundRun {
  readonly run: RunId
  /** What those of a group have in common, and the groups' order; null stands last. */
  readonly key: string | number | null
  /** What the group is told by; of a group, the first run's. */
  readonly value: string | number | null
  readonly best: number | null
}

/** @param found in the order in which the runs of a group stand */
export function groupRuns(found: readonly FoundRun[]): {
  readonly runs: readonly RunId[]
  readonly groups: readonly RunGroupSummary[]
} {
  const members = new Map<string | number | null, FoundRun[]>()
  for (const one of found) {
    const others = members.get(one.key)
    if (others) others.push(one)
    else members.set(one.key, [one])
  }
  const inOrder = [...members].sort(([a], [b]) => compareKeys(a, b)).map(([, group]) => group)
  return { runs: inOrder.flatMap((group) => group.map(({ run }) => run)), groups: inOrder.map(summarise) }
}

function compareKeys(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a < b ? -1 : Number(a > b)
}

function summarise(group: readonly FoundRun[]): RunGroupSummary {
  const losses = group.flatMap(({ best }) => (best === null ? [] : [best]))
  return {
    value: group[0].value,
    count: group.length,
    mean: losses.length === 0 ? null : losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    best: losses.length === 0 ? null : losses.reduce((least, loss) => Math.min(least, loss)),
  }
}

/** Settings by number, out of their index: computing and sorting ten thousand of them takes ten times as long. */
export const SETTING_RANKS = `SELECT run_id AS id, dense_rank() OVER (ORDER BY ${settingOf('configuration')}) AS rank
  FROM run_details WHERE configuration IS NOT NULL`
const ALL_TEXTS = `SELECT run_id AS id, group_concat(sha256) AS texts FROM run_corpora GROUP BY run_id`

/** Of every run that was set up: the same for runs alike in their setting and their texts, by the run's row. */
export function readSettingKeys(db: Connection): ReadonlyMap<number, string> {
  const texts = new Map(
    statement<[], { id: number; texts: string }>(db, ALL_TEXTS)
      .all()
      .map(({ id, texts: shas }) => [id, shas]),
  )
  const ranks = statement<[], { id: number; rank: number }>(db, SETTING_RANKS).all()
  const digits = String(ranks.length).length
  return new Map(ranks.map(({ id, rank }) => [id, `${String(rank).padStart(digits, '0')} ${texts.get(id) ?? ''}`]))
}
