/** What a step of the tour is given and does. */
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

/** Throws a sentence unless it is so. */
export function assertSeen(isSo: boolean, sentence: string): void {
  if (!isSo) throw new Error(sentence)
}
