/** A network that learnt the same text from its end, beside one that reads it from its beginning. */
import type { RunDetail, RunRow } from '../../../../shared'

/** The text for a network that reads the other way; null for bytes, which no text is when they are turned round. */
export function turnedText(tokens: readonly string[], kind: string): string | null {
  return kind === 'byte' ? null : [...tokens].reverse().join('')
}

/**
 * The step of the other reading that speaks of the same symbol: after step t (from 0) of T the first network expects x_{t+1};
 * the other has read x_{T−1}, …, x_{t+2} then. Null where it has read nothing yet.
 */
export function otherStep(steps: number, t: number): number | null {
  const step = steps - t - 3
  return step >= 0 && t >= 0 ? step : null
}

/** Runs worth asking whether they read the same text the other way. */
export function possibleOthers(rows: readonly RunRow[], run: string): RunRow[] {
  const own = rows.find((row) => row.run === run)
  return rows.filter((row) => row.run !== run && row.modelStep !== null && row.corpus === own?.corpus)
}

/** Whether two runs learnt the same tokens of the same bytes, each from another end. */
export function areOppositeSides(one: RunDetail, other: RunDetail): boolean {
  const bytes = ({ corpora }: RunDetail): string => corpora.map(({ sha256 }) => sha256).join()
  if (one.configuration === null || other.configuration === null) return false
  const isSame = bytes(one) === bytes(other) && one.configuration.tokens === other.configuration.tokens
  return isSame && one.configuration.reverse !== other.configuration.reverse
}
