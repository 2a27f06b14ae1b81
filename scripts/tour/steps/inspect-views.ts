/** Six views of one network and one text, the last two beside other networks. */
import { assertSeen, goTo } from '../tour-step.ts'
import type { TourStep } from '../tour-step.ts'

export const inspectViewsStep: TourStep = {
  title: 'Inspect: every view',
  walk: async (tour) => {
    const { page } = tour
    await goTo(tour, 'Inspect')
    const views = page.getByRole('radiogroup', { name: 'View' }).getByRole('radio')
    const count = await views.count()
    assertSeen(count === 6, `the room has ${count} views`)
    for (let at = 1; at < count; at++) {
      const name = (await views.nth(at).innerText()).toLowerCase().replace(/\s+/g, '-')
      await views.nth(at).click()
      // What a view asks the network for is there and drawn before its picture is taken.
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 700)))
      await tour.picture(`inspect-${name}`)
    }
    await views.first().click()
  },
}
