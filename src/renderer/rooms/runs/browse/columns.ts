/** The list's columns: what each is ordered by, and on which side its values stand. */
import type { RunColumn, RunsView, RunSort } from '../../../../shared'

interface ColumnMake {
  readonly sort: RunSort | null
  /** Figures stand at the right. */
  readonly end?: boolean
  readonly width: number
}

export const COLUMNS: Readonly<Record<RunColumn, ColumnMake>> = {
  status: { sort: 'status', width: 110 },
  name: { sort: 'name', width: 220 },
  kind: { sort: 'kind', width: 96 },
  corpus: { sort: 'corpus', width: 140 },
  cell: { sort: 'cell', width: 88 },
  size: { sort: 'hidden', width: 84 },
  parameters: { sort: 'parameters', end: true, width: 104 },
  seed: { sort: 'seed', end: true, width: 72 },
  seeds: { sort: null, end: true, width: 104 },
  learningRate: { sort: 'learningRate', end: true, width: 104 },
  loss: { sort: null, width: 112 },
  trainLoss: { sort: 'trainLoss', end: true, width: 104 },
  validationLoss: { sort: 'validationLoss', end: true, width: 112 },
  bestValidationLoss: { sort: 'bestValidationLoss', end: true, width: 112 },
  bestStep: { sort: 'bestStep', end: true, width: 88 },
  atStep: { sort: 'atStep', end: true, width: 112 },
  charactersPerSecond: { sort: 'charactersPerSecond', end: true, width: 104 },
  seconds: { sort: 'seconds', end: true, width: 80 },
  steps: { sort: 'steps', end: true, width: 84 },
  created: { sort: 'created', width: 104 },
  digest: { sort: 'digest', width: 110 },
  tags: { sort: null, width: 120 },
}

/** Of the boxes and stars before the first column. */
export const CHECK_WIDTH = 56
export const LEAST_WIDTH = 40
export const MOST_WIDTH = 1000

type Sorting = RunsView['sort']

/** What people look for first: the newest, the quickest, the largest; of everything else the smallest. */
const FROM_ABOVE: readonly RunSort[] = ['created', 'charactersPerSecond', 'hidden', 'parameters', 'steps', 'seconds']

/** Clicking the column in use turns it around. */
export function nextSort(sort: Sorting, key: RunSort): Sorting {
  return sort.key === key ? { key, descending: !sort.descending } : { key, descending: FROM_ABOVE.includes(key) }
}

export const clampWidth = (width: number): number => Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, Math.round(width)))
