/** A half-erased letter comes back, one neuron at a time, the energy falling. */
import { assertSeen, goTo } from '../tour-step.ts'
import type { TourStep } from '../tour-step.ts'

export const recallStep: TourStep = {
  title: 'Recall',
  walk: async (tour) => {
    const { page } = tour
    await goTo(tour, 'Recall')
    await page.getByRole('list', { name: 'Stored patterns' }).getByRole('listitem').nth(2).waitFor()
    await tour.picture('recall-cue')
    await page.getByRole('main').getByRole('button', { name: 'Recall', exact: true }).click()
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)))
    await tour.picture('recall-running')
    const verdict = page.getByRole('status').filter({ hasText: 'nothing changes any more' })
    await verdict.waitFor({ timeout: 60_000 })
    await tour.picture('recall-done')
    const said = (await verdict.innerText()).replace(/\s+/g, ' ')
    assertSeen(/Closest to “\w”\. Overlap (1\.00|0\.9\d)/.test(said), `the recall ended elsewhere: ${said}`)
    tour.note(said)
  },
}
