/** Medians of what was measured in turns, and how they are shown. */

export interface Summary {
  readonly median: number
  /** Half the range, as a share of the median. */
  readonly spread: number
}

export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]
  return { median, spread: (sorted[sorted.length - 1] - sorted[0]) / 2 / median }
}

export const percent = (share: number): string => `${Math.round(100 * share)} %`
export const times = (ratio: number): string => `× ${ratio.toFixed(2)}`

/** In thousands a second. */
export function inThousands({ median, spread }: Summary): string {
  return `${(median / 1000).toFixed(median < 100_000 ? 1 : 0)} ± ${percent(spread)}`
}
