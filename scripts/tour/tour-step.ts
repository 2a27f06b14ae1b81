/** What a step of the tour is given and does. */
import type { RunRow } from '../../src/shared/index.ts'
import type { LaunchedApp } from './launch-app.ts'

export interface Tour extends LaunchedApp {
  /** Takes the next numbered screenshot. */
  readonly picture: (name: string) => Promise<void>
  /** A line of the report. */
  readonly note: (line: string) => void
}

export interface TourStep {
  readonly title: string
  readonly walk: (tour: Tour) => Promise<void>
}

export async function goTo({ page }: Tour, room: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: room }).click()
  await page.getByRole('navigation').locator(`button[aria-current="page"]:has-text("${room}")`).waitFor()
}

/** Waits until the list of runs, the newest first, is as it should be. */
export async function waitForRuns({ page }: Tour, areSo: (runs: readonly RunRow[]) => boolean): Promise<readonly RunRow[]> {
  const deadline = performance.now() + 180_000
  for (;;) {
    const answer = await page.evaluate(() => window.lab.runs.list({}))
    if (!answer.ok) throw new Error(answer.error.message)
    if (areSo(answer.value)) return answer.value
    if (performance.now() > deadline) throw new Error('the training did not come that far within three minutes')
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
  }
}

/** Throws a sentence unless it is so. */
export function assertSeen(isSo: boolean, sentence: string): void {
  if (!isSo) throw new Error(sentence)
}
