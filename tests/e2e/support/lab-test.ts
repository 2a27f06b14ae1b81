/** A test with the real app in its window; at its end nothing may have complained, and nothing but the lab been asked for. */
import { expect, test as base } from 'playwright/test'
import { launchApp } from '../../../scripts/tour/launch-app.ts'
import type { LaunchChoice, LaunchedApp } from '../../../scripts/tour/launch-app.ts'
import { SharedApp } from './shared-app'

interface Fixtures {
  /** Starts an app of the test's own; what is opened is closed at the end. */
  readonly open: (choice?: LaunchChoice) => Promise<LaunchedApp>
  /**
   * The app that tests share, as a fresh start would show it, on data of its own: empty, or a copy of what is in a data
   * directory that nothing has open.
   */
  readonly openShared: (from?: string) => Promise<LaunchedApp>
}

interface WorkerFixtures {
  readonly sharedApp: SharedApp
}

function expectNoComplaint(lab: LaunchedApp): void {
  expect(lab.complaints).toEqual([])
  expect(lab.requests.filter((url) => !/^(app:\/\/lab\/|data:)/.test(url))).toEqual([])
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures' names from this pattern
  open: async ({}, use) => {
    const opened: LaunchedApp[] = []
    await use(async (choice) => {
      const lab = await launchApp(choice)
      opened.push(lab)
      return lab
    })
    for (const lab of opened) await lab.close().catch(() => undefined) // a test may have closed or killed it
    for (const lab of opened) expectNoComplaint(lab)
  },
  openShared: async ({ sharedApp }, use) => {
    let lab: LaunchedApp | null = null
    await use(async (from) => (lab = await sharedApp.open(from ?? null)))
    if (lab !== null) expectNoComplaint(lab)
  },
  sharedApp: [
    // eslint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const shared = new SharedApp()
      await use(shared)
      await shared.close()
    },
    { scope: 'worker' },
  ],
})

/** Takes out what a test provoked on purpose. @param count how many there must have been */
export function forgive(told: readonly string[], pattern: RegExp, count?: number): void {
  const provoked = told.filter((text) => pattern.test(text))
  if (count !== undefined) expect(provoked).toHaveLength(count)
  for (const text of provoked) (told as string[]).splice(told.indexOf(text), 1)
}

export { expect }
