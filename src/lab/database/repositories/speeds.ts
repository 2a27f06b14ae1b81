/** How fast runs were that were trained on this machine: what a new one's time is told by. */
import type { EarlierSpeed, RunConfiguration } from '../../../shared'
import { statement } from '../connection'
import type { Connection } from '../connection'

/** Shorter ones were over before anything was compiled and warm. */
const LEAST_SECONDS = 2

interface StoredSpeed {
  readonly configuration: string
  readonly vocabularySize: number
  readonly workers: number
  readonly steps: number
  readonly seconds: number
}

const QUERY = `SELECT configuration, vocabulary_size AS vocabularySize, workers, steps, seconds
  FROM runs JOIN run_details ON run_details.run_id = runs.id
  WHERE kind = 'training' AND machine = ? AND seconds >= ${LEAST_SECONDS} AND steps > 0
    AND configuration IS NOT NULL AND vocabulary_size IS NOT NULL AND workers IS NOT NULL
  ORDER BY runs.id DESC LIMIT ?`

/** @param machine as runs describe it; @returns the newest first */
export function readSpeeds(db: Connection, machine: Readonly<Record<string, string>>, most: number): EarlierSpeed[] {
  const stored = statement<[string, number], StoredSpeed>(db, QUERY).all(JSON.stringify(machine), most)
  return stored.map(({ configuration, vocabularySize, workers, steps, seconds }) => {
    const { cell, hidden, layers, embedding, window, batch, sequence } = JSON.parse(configuration) as RunConfiguration
    const setting = { cell, hidden, layers, embedding, window, batch, sequence }
    return { ...setting, vocabularySize, workers, nanosecondsAStep: (1e9 * seconds) / steps }
  })
}
