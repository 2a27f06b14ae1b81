/** What a page's frames and its own thread take. */
import type { Page } from 'playwright'

/** Starts a clock of the processor time that the page's own thread takes, in milliseconds: it stands while others have the core. */
export async function startWorkClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
  }
}

const at = (sorted: readonly number[], share: number): string =>
  sorted.length === 0 ? '–' : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1)

/** The middle, the 95th percentile and the longest. */
export function summarise(milliseconds: readonly number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  return `p50 ${at(sorted, 0.5)}  p95 ${at(sorted, 0.95)}  max ${at(sorted, 1)} ms`
}
