/** A bundled text is learnt: the loss falls, the hidden states move, the first words appear. */
import { assertSeen, goTo, waitForRuns } from '../tour-step.ts'
import type { Tour, TourStep } from '../tour-step.ts'

async function lossAtEnds({ page }: Tour, run: string): Promise<[number, number]> {
  return page.evaluate(async (id) => {
    const answer = await window.lab.runs.curve({ run: id })
    if (!answer.ok) throw new Error(answer.error.message)
    const { trainLoss } = answer.value
    return [trainLoss[0], trainLoss[trainLoss.length - 1]] as [number, number]
  }, run)
}

export const trainStep: TourStep = {
  title: 'Train',
  walk: async (tour) => {
    const { page } = tour
    await goTo(tour, 'Train')
    await page.getByRole('button', { name: /The Log of Carrow Light/ }).waitFor()
    await tour.picture('train-choose')
    await page.getByRole('button', { name: /The Log of Carrow Light/ }).click()
    await page.getByText('lighthouse.en.txt').waitFor()
    await page.getByLabel('Hidden units', { exact: true }).fill('96')
    await page.getByLabel('Epochs', { exact: true }).fill('3')
    await tour.picture('train-preview')
    await page.getByRole('main').getByRole('button', { name: 'Train', exact: true }).click()
    await waitForRuns(tour, ([run]) => run !== undefined && run.steps > 250)
    await tour.picture('train-running')
    const [{ run, steps, parameters }] = await waitForRuns(tour, ([newest]) => newest?.status === 'finished')
    await page.getByText('finished').waitFor()
    await tour.picture('train-finished')
    const [first, last] = await lossAtEnds(tour, run)
    assertSeen(last < first - 1, `the loss only fell from ${first} to ${last}`)
    tour.note(`${parameters} parameters, ${steps} steps, loss from ${first.toFixed(3)} to ${last.toFixed(3)} nats`)
  },
}
