/** A filtered list as columns: each setting in which its runs differ, and their losses; for pictures of all of them. */
import { FILTER_NUMBERS, FILTER_WORDS, readStoredConfiguration } from '../../../shared'
import type { BrowseQuery, RunsAsColumns, RunValues } from '../../../shared'
import type { Connection } from '../connection'
import { conditionOf } from './browse'

const LOSSES = ['trainLoss', 'validationLoss', 'bestValidationLoss'] as const
/** Results are no settings, and the name of a run's kind says nothing of a loss. */
const RESULTS: readonly string[] = [...LOSSES, 'charactersPerSecond', 'seconds', 'steps', 'totalSteps']
const NO_SETTING: readonly string[] = [...RESULTS, 'status', 'kind', 'parameters', 'vocabularySize']

const SWITCHES = ['reverse', 'dropoutBeforeDecoder'] as const

/** In the order in which a filter offers them. */
const SETTINGS: readonly string[] = [
  'corpus',
  ...new Set([
    'cell',
    'hidden',
    'layers',
    'learningRate',
    ...FILTER_NUMBERS,
    ...Object.keys(FILTER_WORDS),
    ...SWITCHES,
  ]),
].filter((name) => !NO_SETTING.includes(name))

/** What a row of `runs` knows better than the configuration, where `auto` may stand. */
const OF_ROW = ['corpus', 'cell', 'hidden', 'layers', 'kernel', 'workers'] as const
type Value = string | number | boolean | null
type Row = Readonly<
  Record<(typeof OF_ROW)[number] | (typeof LOSSES)[number], string | number | null> & {
    run: string
    configuration: string | null
  }
>

const COLUMNS = `runs.run AS run, corpus, cell, hidden, layers, kernel, workers, train_loss AS trainLoss,
  validation_loss AS validationLoss, best_validation_loss AS bestValidationLoss, configuration`

/** @throws LabError E_FILTER_… */
export function columnsQuery(query: Pick<BrowseQuery, 'filter' | 'place'>) {
  const { sql, parameters } = conditionOf(query)
  const joined = 'runs LEFT JOIN run_details ON run_details.run_id = runs.id'
  return { sql: `SELECT ${COLUMNS} FROM ${joined} WHERE ${sql} ORDER BY runs.id DESC`, parameters }
}

/** @throws LabError E_FILTER_… */
export function readRunsAsColumns(db: Connection, query: Pick<BrowseQuery, 'filter' | 'place'>): RunsAsColumns {
  const { sql, parameters } = columnsQuery(query)
  const rows = db.prepare<unknown[], Row>(sql).all(...parameters)
  const configurations = rows.map(({ configuration }) =>
    configuration === null
      ? null
      : (readStoredConfiguration(JSON.parse(configuration) as object) as unknown as Readonly<Record<string, Value>>),
  )
  const valueOf = (name: string, i: number): Value =>
    (OF_ROW as readonly string[]).includes(name)
      ? rows[i][name as (typeof OF_ROW)[number]]
      : (configurations[i]?.[name] ?? null)
  const columnOf = (name: string): RunValues =>
    asColumn(
      name,
      Array.from(rows, (_, i) => valueOf(name, i)),
    )
  return {
    runs: rows.map(({ run }) => run).join(' '),
    settings: SETTINGS.map(columnOf).filter(({ values }) => differs(values)),
    losses: LOSSES.map((name) =>
      asColumn(
        name,
        rows.map((row) => row[name]),
      ),
    ).filter(({ values }) => values.some(Number.isFinite)),
  }
}

function asColumn(name: string, found: readonly Value[]): RunValues {
  const isNumeric = found.every((value) => value === null || typeof value === 'number')
  if (isNumeric)
    return { name, values: Float64Array.from(found, (value) => (value as number | null) ?? NaN), words: null }
  const places = new Map<string, number>()
  const words = [...new Set(found.filter((value) => value !== null).map(String))].sort()
  words.forEach((word, place) => places.set(word, place))
  return {
    name,
    values: Float64Array.from(found, (value) => (value === null ? NaN : (places.get(String(value)) ?? NaN))),
    words,
  }
}

/** Among what is there; that some have nothing is no difference in a setting. */
function differs(values: Float64Array): boolean {
  const first = values.find((value) => !Number.isNaN(value))
  return first !== undefined && values.some((value) => !Number.isNaN(value) && value !== first)
}
