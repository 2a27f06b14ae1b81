/** One action trains one setting with three cells; they stand beside each other, and over each other in Runs. */
import type { RunRow } from '../../../src/shared/index.ts'
import { assertSeen, goTo, waitForRuns } from '../tour-step.ts'
import type { TourStep } from '../tour-step.ts'

export const trainCellsStep: TourStep = {
  title: 'Train: cells compared',
  walk: async (tour) => {
    const { page } = tour
    await goTo(tour, 'Train')
    await page.getByRole('main').getByRole('button', { name: 'New run' }).click()
    await page.getByRole('heading', { name: 'lighthouse.en.txt' }).waitFor()
    await page.getByLabel('Hidden units', { exact: true }).fill('48')
    await page.getByLabel('Epochs', { exact: true }).fill('1')
    await page.getByRole('button', { name: 'Compare…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Vanilla').check()
    await dialog.getByLabel('GRU').check()
    await dialog.getByLabel('LSTM').check()
    await dialog.getByRole('button', { name: 'Train them all' }).click()
    const table = page.getByRole('table').filter({ hasText: 'at its best' })
    const isTrained = ({ kind, status }: RunRow): boolean => kind === 'training' && status === 'finished'
    await waitForRuns(tour, (runs) => runs.filter(isTrained).length === 4) // the one of the step before among them
    await table.getByRole('row').nth(3).waitFor()
    await tour.picture('train-cells')

    await goTo(tour, 'Runs')
    await page.getByRole('combobox', { name: 'Filter' }).fill('tag:"group:1"')
    const rows = page.getByRole('grid', { name: 'All runs' }).locator('tr[data-run]')
    await rows.nth(2).waitFor()
    await page.getByRole('checkbox', { name: 'Select all' }).check()
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    const differs = page.getByRole('table', { name: 'Only what differs' })
    await differs.waitFor()
    await tour.picture('runs-compare')
    const said = (await differs.innerText()).replace(/\s+/g, ' ')
    assertSeen(/lstm/.test(said) && /gru/.test(said), `the cells are not told apart: ${said}`)
    tour.note(`what differs: ${said}`)
    await page.getByRole('button', { name: 'All runs' }).click()
    await page.getByRole('combobox', { name: 'Filter' }).fill('')
  },
}
