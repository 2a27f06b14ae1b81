/** SQLite keeps NaN as NULL without a word: what isn't finite is made null in the open, and marked beside it. */
export function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

export function isNonFinite(value: number | null): boolean {
  return value !== null && !Number.isFinite(value)
}
