/** A text laid out in cells of one width, so that of ten thousand symbols only those in sight need elements. */

export interface TextRow {
  readonly from: number
  /** Not among them. */
  readonly to: number
}

/** Rows of at most so many symbols; a line end is the last of its row. */
export function layOut(tokens: readonly string[], perRow: number): TextRow[] {
  const rows: TextRow[] = []
  const most = Math.max(1, perRow)
  let from = 0
  for (let t = 0; t < tokens.length; t++) {
    if (tokens[t] !== '\n' && t + 1 - from < most) continue
    rows.push({ from, to: t + 1 })
    from = t + 1
  }
  if (from < tokens.length) rows.push({ from, to: tokens.length })
  return rows
}

/** The row in which a step stands; the last where there is none. */
export function rowOf(rows: readonly TextRow[], step: number): number {
  let [low, high] = [0, rows.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle].to > step) high = middle
    else low = middle + 1
  }
  return Math.max(0, low)
}

/** The step above (−1) or below (1) another, as far to the right as there is one. */
export function stepBeside(rows: readonly TextRow[], step: number, direction: 1 | -1): number {
  const at = rowOf(rows, step)
  const next = rows[at + direction]
  if (!next) return step
  return Math.min(next.from + step - rows[at].from, next.to - 1)
}
