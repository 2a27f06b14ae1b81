/** The run is in the list, with its curve and its setting. */
import { goTo } from '../tour-step.ts'
import type { TourStep } from '../tour-step.ts'

export const runsStep: TourStep = {
  title: 'Runs',
  walk: async (tour) => {
    await goTo(tour, 'Runs')
    const row = tour.page.getByRole('row', { name: /lighthouse\.en\.txt/ })
    await row.waitFor()
    await tour.page.getByRole('img', { name: /^Loss of/ }).waitFor()
    await tour.picture('runs')
    tour.note(`in the list: ${(await row.innerText()).replace(/\s+/g, ' ')}`)
  },
}
