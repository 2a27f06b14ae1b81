/** What counting reaches on texts, as it was counted. */
import type { Baseline } from '../../../shared'
import { statement } from '../connection'
import type { Connection } from '../connection'

export function readBaseline(db: Connection, reading: string): Baseline | null {
  const row = statement<[string], { baseline: string }>(db, 'SELECT baseline FROM baselines WHERE reading = ?').get(
    reading,
  )
  return row === undefined ? null : (JSON.parse(row.baseline) as Baseline)
}

export function writeBaseline(db: Connection, reading: string, baseline: Baseline): void {
  const write = statement(db, 'INSERT OR REPLACE INTO baselines (reading, baseline) VALUES (?, ?)')
  write.run(reading, JSON.stringify(baseline))
}
