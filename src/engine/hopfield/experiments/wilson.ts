/** The interval of Wilson (1927) for a share that was counted: it stays within 0 … 1, also for none and for all. */
const Z = 1.959963984540054 // 95 % of a normal distribution lies within ± Z

export function wilsonInterval(successes: number, trials: number): { low: number; high: number } {
  const share = successes / trials
  const weight = (Z * Z) / trials
  const middle = (share + weight / 2) / (1 + weight)
  const half = (Z * Math.sqrt((share * (1 - share)) / trials + weight / (4 * trials))) / (1 + weight)
  return {
    low: successes === 0 ? 0 : Math.max(0, middle - half),
    high: successes === trials ? 1 : Math.min(1, middle + half),
  }
}
