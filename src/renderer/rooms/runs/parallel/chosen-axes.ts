/** Which settings stand as axes of parallel coordinates, and in what order: those a person chose, else the first that differ. */

/** As they come. */
export const MOST_AT_FIRST = 10

/** Those chosen that differ here; where none does, or nothing is chosen, the first that differ. */
export function axesShown(
  chosen: readonly string[] | null,
  differing: readonly string[],
  most = MOST_AT_FIRST,
): readonly string[] {
  const there = chosen?.filter((name) => differing.includes(name)) ?? []
  return there.length > 0 ? there : differing.slice(0, most)
}

/** What is kept of a choice made among those that differ here: what doesn't differ now stays chosen, behind them. */
export function axesKept(
  chosen: readonly string[] | null,
  differing: readonly string[],
  shown: readonly string[],
): string[] {
  return [...shown, ...(chosen ?? []).filter((name) => !differing.includes(name))]
}
