/** A test with the real app in its window; at its end nothing may have complained, and nothing but the lab been asked for. */
import { expect, test as base } from 'playwright/test'
import { launchApp } from '../../../scripts/tour/launch-app.ts'
import type { LaunchChoice, LaunchedApp } from '../../../scripts/tour/launch-app.ts'

interface Fixtures {
  /** Opens the app; what is opened is closed at the end. */
  readonly open: (choice?: LaunchChoice) => Promise<LaunchedApp>
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from this pattern
  open: async ({}, use) => {
    const opened: LaunchedApp[] = []
    await use(async (choice) => {
      const lab = await launchApp(choice)
      opened.push(lab)
      return lab
    })
    for (const lab of opened) await lab.close().catch(() => undefined) // a test may have closed or killed it
    for (const lab of opened) {
      expect(lab.complaints).toEqual([])
      expect(lab.requests.filter((url) => !/^(app:\/\/lab\/|data:)/.test(url))).toEqual([])
    }
  },
})

/** Takes out what a test provoked on purpose. @param count how many there must have been */
export function forgive(told: readonly string[], pattern: RegExp, count?: number): void {
  const provoked = told.filter((text) => pattern.test(text))
  if (count !== undefined) expect(provoked).toHaveLength(count)
  for (const text of provoked) (told as string[]).splice(told.indexOf(text), 1)
}

export { expect }
