/** The order of the list: by any column, what has no value always last, equals by age. */
import type { RunRow } from '../../../shared'

export const SORT_KEYS = [
  'name',
  'cell',
  'hidden',
  'trainLoss',
  'validationLoss',
  'charactersPerSecond',
  'createdAt',
  'status',
] as const
export type SortKey = (typeof SORT_KEYS)[number]
export interface Order {
  readonly key: SortKey
  readonly descending: boolean
}

function compare(a: RunRow, b: RunRow, { key, descending }: Order): number {
  const [left, right] = [a[key], b[key]]
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  const difference = typeof left === 'string' ? left.localeCompare(String(right)) : Number(left) - Number(right)
  return descending ? -difference : difference
}

export function orderRuns(rows: readonly RunRow[], order: Order): RunRow[] {
  return [...rows].sort((a, b) => compare(a, b, order) || b.createdAt - a.createdAt || (a.run < b.run ? 1 : -1))
}

/** Clicking the column in use turns it around; another one begins with what people look for: the newest, the lowest loss. */
export function nextOrder(order: Order, key: SortKey): Order {
  if (order.key === key) return { key, descending: !order.descending }
  return { key, descending: key === 'createdAt' || key === 'charactersPerSecond' || key === 'hidden' }
}
