/**
 * A filter as a condition in SQL on `runs`. Everything a person wrote is a bound parameter; the rest comes from the
 * tables below. What is null neither matches nor disturbs a negation.
 */
import { FILTER_FIELDS, FILTER_NUMBERS } from '../../shared'
import type { FilterNumber, FilterOperator, FilterValue, RunFilter } from '../../shared'

export interface SqlCondition {
  readonly sql: string
  readonly parameters: readonly (string | number)[]
}

/** Columns of `runs`; every other number is a setting, in the configuration. */
const NUMBER_COLUMNS: Partial<Record<FilterNumber, string>> = {
  hidden: 'runs.hidden',
  layers: 'runs.layers',
  parameters: 'runs.parameters',
  vocabularySize: 'runs.vocabulary_size',
  steps: 'runs.steps',
  totalSteps: 'runs.total_steps',
  trainLoss: 'runs.train_loss',
  validationLoss: 'runs.validation_loss',
  bestValidationLoss: 'runs.best_validation_loss',
  charactersPerSecond: 'runs.characters_per_second',
  seconds: 'runs.seconds',
  workers: 'runs.workers',
}

const setting = (name: string): string =>
  `(SELECT json_extract(configuration, '$.${name}') FROM run_details WHERE run_id = runs.id)`
/** A setting that older runs lack, with what its absence means; null for what was not trained here. */
const laterSetting = (name: string, absent: string): string =>
  `(SELECT coalesce(json_extract(configuration, '$.${name}'), iif(configuration IS NULL, NULL, ${absent}))
    FROM run_details WHERE run_id = runs.id)`
const NOTE = "(SELECT nullif(note, '') FROM run_details WHERE run_id = runs.id)"

const COLUMNS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(FILTER_NUMBERS.map((name) => [name, NUMBER_COLUMNS[name] ?? setting(name)])),
  freshStarts: laterSetting('freshStarts', '0'),
  dropoutBeforeDecoder: laterSetting('dropoutBeforeDecoder', '0'),
  name: 'runs.name',
  corpus: 'runs.corpus',
  reason: 'runs.reason',
  note: NOTE,
  status: 'runs.status',
  kind: 'runs.kind',
  cell: 'runs.cell',
  kernel: 'runs.kernel',
  optimizer: setting('optimizer'),
  schedule: setting('schedule'),
  initialisation: setting('initialisation'),
  tokens: setting('tokens'),
  reverse: setting('reverse'),
  starred: 'runs.starred',
  archived: 'runs.archived',
  created: 'runs.created_at',
  run: 'runs.run',
  parent: 'runs.parent',
  digest: 'runs.digest',
}

/** Where a field that isn't a tag stands. */
export function columnOf(field: string): string {
  return COLUMNS[field]
}

/** Composed already: most names are, and a list of ten thousand is folded as one types. */
const ASCII = /^[ -~]*$/

/** The same text for what differs only in composition or case: the function `fold` of the connection. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  return text.normalize('NFC').toLowerCase().normalize('NFC')
}

/** A text for LIKE … ESCAPE '\', in which nothing has a meaning of its own. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (mark) => `\\${mark}`)
}

const within = (text: string): string => `%${escapeLike(foldText(text))}%`
const beginning = (text: string): string => `${escapeLike(foldText(text))}%`
const holds = (column: string): string => `fold(${column}) LIKE ? ESCAPE '\\'`
const SAME_TAG = 'EXISTS (SELECT 1 FROM tags WHERE run_id = runs.id AND fold(tag) = ?)'
const SOME_TAG = `EXISTS (SELECT 1 FROM tags WHERE run_id = runs.id AND ${holds('tag')})`

export function toSql(filter: RunFilter): SqlCondition {
  switch (filter.kind) {
    case 'anywhere': {
      const text = within(filter.text)
      const places = [holds('runs.name'), holds('runs.corpus'), holds(NOTE), SOME_TAG, holds('runs.run')]
      return { sql: `(${places.join(' OR ')})`, parameters: places.map(() => text) }
    }
    case 'not': {
      const { sql, parameters } = toSql(filter.part)
      return { sql: `(${sql}) IS NOT TRUE`, parameters }
    }
    case 'field':
      return fieldToSql(filter.field, filter.operator, filter.value)
    default: {
      const parts = filter.parts.map(toSql)
      const sql = joined(
        parts.map((part) => part.sql),
        filter.kind === 'and' ? 'AND' : 'OR',
      )
      return { sql: sql || 'TRUE', parameters: parts.flatMap(({ parameters }) => parameters) }
    }
  }
}

/** In halves of halves: SQLite refuses an expression of more than a thousand levels, and a chain has one a condition. */
function joined(conditions: readonly string[], by: 'AND' | 'OR'): string {
  if (conditions.length <= 1) return conditions.join('')
  const half = Math.ceil(conditions.length / 2)
  return `(${joined(conditions.slice(0, half), by)}) ${by} (${joined(conditions.slice(half), by)})`
}

/** Whether some part of it asks for this field. */
export function namesField(filter: RunFilter, field: string): boolean {
  if (filter.kind === 'field') return filter.field === field
  if (filter.kind === 'not') return namesField(filter.part, field)
  return filter.kind !== 'anywhere' && filter.parts.some((part) => namesField(part, field))
}

function fieldToSql(field: string, operator: FilterOperator, value: FilterValue): SqlCondition {
  if (operator === '!=') {
    const { sql, parameters } = fieldToSql(field, '=', value)
    return { sql: `(${sql}) IS NOT TRUE`, parameters }
  }
  const kind = FILTER_FIELDS.get(field)
  if (kind === 'tag') {
    if (value === null) return { sql: 'NOT EXISTS (SELECT 1 FROM tags WHERE run_id = runs.id)', parameters: [] }
    return { sql: SAME_TAG, parameters: [foldText(String(value))] }
  }
  const column = COLUMNS[field]
  if (value === null) return { sql: `${column} IS NULL`, parameters: [] }
  if (typeof value === 'object') return dateToSql(column, operator, value)
  if (typeof value === 'boolean') return { sql: `${column} = ?`, parameters: [value ? 1 : 0] }
  if (kind === 'text') return { sql: holds(column), parameters: [within(String(value))] }
  if (kind === 'identifier') return { sql: holds(column), parameters: [beginning(String(value))] }
  return { sql: `${column} ${operator} ?`, parameters: [value] }
}

function dateToSql(column: string, operator: FilterOperator, { from, until }: { from: number; until: number }) {
  switch (operator) {
    case '<':
      return { sql: `${column} < ?`, parameters: [from] }
    case '<=':
      return { sql: `${column} < ?`, parameters: [until] }
    case '>':
      return { sql: `${column} >= ?`, parameters: [until] }
    case '>=':
      return { sql: `${column} >= ?`, parameters: [from] }
    default:
      return { sql: `(${column} >= ? AND ${column} < ?)`, parameters: [from, until] }
  }
}
