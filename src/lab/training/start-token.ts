/** The token with which a network begins to write. */
import type { TokenIds, Tokeniser } from '../../engine'

/** A line end, else the most frequent token. */
export function startToken(tokeniser: Tokeniser, ids: TokenIds): number {
  const { lineEnd } = tokeniser
  if (lineEnd !== null && ids.includes(lineEnd)) return lineEnd
  const counts = new Float64Array(tokeniser.size)
  for (let i = 0; i < ids.length; i++) counts[ids[i]] += 1
  return counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0))
}
