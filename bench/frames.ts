/** Of a page that draws: the processor time it takes, and what stands in a row of frame times. */
import { loadavg } from 'node:os'
import type { Page } from 'playwright'

/** Milliseconds of the page's own thread. */
export interface Work {
  readonly all: number
  readonly script: number
  /** Styles and layout. */
  readonly layout: number
}

/** Starts a clock of the processor time that the page's own thread takes: it stands while others have the core. */
export async function startWorkClock(page: Page): Promise<() => Promise<Work>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (name: string): number => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN)
    return {
      all: of('TaskDuration'),
      script: of('ScriptDuration'),
      layout: of('LayoutDuration') + of('RecalcStyleDuration'),
    }
  }
}

const at = (sorted: readonly number[], share: number): string =>
  sorted.length === 0 ? '–' : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1)

/** The middle, the 95th percentile and the longest. */
export function summarise(milliseconds: readonly number[]): string {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  return `p50 ${at(sorted, 0.5)}  p95 ${at(sorted, 0.95)}  max ${at(sorted, 1)} ms`
}

/** @param intervals from frame to frame, in milliseconds; @param work of one frame */
export function describeFrames(name: string, intervals: readonly number[], work: string): string {
  const late = intervals.filter((interval) => interval > 20).length
  return [
    name.padEnd(44),
    summarise(intervals),
    `over 20 ms ${((100 * late) / intervals.length).toFixed(1)} %`,
    `work ${work} ms a frame`,
    `load ${loadavg()[0].toFixed(1)}`,
  ].join('  ')
}
