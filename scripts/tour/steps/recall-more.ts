/** Behind a recall: the weights and how alike the patterns are, and where starts at random end. */
import { goTo } from '../tour-step.ts'
import type { TourStep } from '../tour-step.ts'

export const recallMoreStep: TourStep = {
  title: 'Recall: memory and experiments',
  walk: async (tour) => {
    const { page } = tour
    await goTo(tour, 'Recall')
    await page.getByRole('radio', { name: 'Memory' }).click()
    await page.getByRole('img', { name: /^Weights W/ }).waitFor()
    await tour.picture('recall-memory')
    await page.getByRole('radio', { name: 'Experiments' }).click()
    await page.getByRole('group', { name: 'Experiments' }).getByRole('button', { name: 'Spurious states' }).click()
    await page.getByRole('main').getByRole('button', { name: 'Start', exact: true }).click()
    const told = page.getByRole('region', { name: 'Experiment', exact: true }).getByText(/, seed \d+\.$/)
    await told.waitFor({ timeout: 60_000 })
    await tour.picture('recall-spurious-states')
    tour.note(await told.innerText())
    await page.getByRole('radio', { name: 'Recall', exact: true }).click()
  },
}
