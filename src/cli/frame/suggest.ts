/** What a person may have meant by a word that is not known. */

/** Letters left out, put in, replaced, or exchanged with their neighbour: how many turn one word into the other. */
export function editDistance(a: string, b: string): number {
  const rows = [...Array(a.length + 1).keys()].map((i) => [...Array(b.length + 1).keys()].map((j) => i + j))
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const change = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isExchanged) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1)
    }
  }
  return rows[a.length][b.length]
}

/** The nearest of the known words, or one that the word begins; null: none is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | null {
  const most = word.length < 5 ? 1 : 2
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((a, b) => a.distance - b.distance)
  if (ranked.length > 0 && ranked[0].distance <= most) return ranked[0].candidate
  return word.length < 3 ? null : (known.find((candidate) => candidate.startsWith(word)) ?? null)
}
