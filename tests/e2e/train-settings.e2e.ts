/** From a setting to a run held against counting, with a learning rate that is changed on the way. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import type { RunDetail } from '../../src/shared'
import { expect, test } from './support/lab-test'
import { answerDialogs, goTo, openFolds, startTraining, writeText } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-settings-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

const SMALL = { 'Hidden units': '24', Sequence: '24', Batch: '4' }

async function newestDetail({ page }: LaunchedApp): Promise<RunDetail> {
  return page.evaluate(async () => {
    const listed = await window.lab.runs.list({})
    if (!listed.ok) throw new Error(listed.error.message)
    const shown = await window.lab.runs.show({ run: listed.value[0].run })
    if (!shown.ok) throw new Error(shown.error.message)
    return shown.value
  })
}

test('a run is held against counting, and its learning rate is changed while it trains', async ({ openShared }) => {
  const lab = await openShared()
  const { page } = lab
  await startTraining(lab, await writeText(folder), { ...SMALL, Epochs: '5000', Interval: '50' })
  await expect(page.getByText(/(knows|knew) more than counting with \d symbols? of context/)).toBeVisible()

  const rate = page.getByRole('textbox', { name: 'Learning rate' })
  await rate.fill('0.0005')
  await page.getByRole('button', { name: 'Set', exact: true }).click()
  await expect(page.getByText(/^0\.0005 after step/)).toBeVisible()
  const [{ after, learningRate }] = (await newestDetail(lab)).configuration?.rateChanges ?? []
  expect(learningRate).toBe(0.0005)
  await expect.poll(async () => (await newestDetail(lab)).steps).toBeGreaterThan(after + 20)

  await page.getByRole('radio', { name: 'Perplexity' }).click()
  await page.getByRole('radio', { name: 'Log' }).click()
  await page.getByLabel('What lies below the curve').selectOption('time')
  await expect(page.getByRole('img', { name: /^Loss after/ })).toBeVisible()
  await page.getByRole('button', { name: 'Save now' }).click()
  await expect(page.getByText(/^Saved at step/)).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(async () => (await newestDetail(lab)).status).toBe('stopped')
  const rates = await page.evaluate(
    async (run) => {
      const curve = await window.lab.runs.curve({ run })
      return curve.ok ? [...curve.value.step].map((step, i) => [step, curve.value.learningRate[i]]) : []
    },
    (await newestDetail(lab)).run,
  )
  expect(rates.filter(([step]) => step <= after).every(([, value]) => value === 0.002)).toBe(true)
  expect(rates.filter(([step]) => step >= after + 10).every(([, value]) => value === 0.0005)).toBe(true)
})

test('several texts and a task are joined, and a setting tells what it comes to', async ({ openShared }) => {
  const lab = await openShared()
  const { page } = lab
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  await goTo(lab, 'Train')
  await page.getByLabel('Task').selectOption('copy')
  await page.getByLabel('Characters').fill('5000')
  await page.getByRole('button', { name: 'Make the text' }).click()
  await expect(page.getByRole('heading', { name: 'copy-4-16-5000-1.txt' })).toBeVisible()
  await answerDialogs(lab, [await writeText(folder)])
  await page.getByRole('button', { name: 'Add a text' }).click()
  await expect(page.getByText(/^2 texts, joined/)).toBeVisible()
  await page.getByRole('button', { name: 'Move refrain.txt up' }).click()

  await page.getByRole('radio', { name: 'A minute' }).click()
  await expect(page.getByText(/^~ /)).toBeVisible()
  await page.getByRole('radio', { name: 'LSTM' }).click()
  await openFolds(lab)
  await expect(field('Gate bias')).toBeVisible()
  await field('Hidden units').fill('4096')
  await field('Layers').fill('4')
  await field('Batch').fill('4096')
  await expect(page.getByRole('alert')).toContainText('Lower')
  await expect(page.getByRole('main').getByRole('button', { name: 'Train', exact: true })).toBeDisabled()
  await page.getByRole('radio', { name: 'Window' }).click()
  await expect(field('Gate bias')).toBeHidden()
  await field('Hidden units').fill('16')
  await field('Layers').fill('1')
  await field('Batch').fill('4')
  await page.getByRole('radio', { name: 'Steps' }).click()
  await page.getByRole('textbox', { name: 'Steps', exact: true }).fill('60')
  await page.getByRole('main').getByRole('button', { name: 'Train', exact: true }).click()
  await expect(page.getByText('finished', { exact: true })).toBeVisible()
  const { configuration, corpora } = await newestDetail(lab)
  expect(configuration).toMatchObject({ cell: 'window', hidden: 16, steps: 60, gateBias: 0 })
  expect(corpora.map(({ name }) => name)).toEqual(['refrain.txt', 'copy-4-16-5000-1.txt'])
})

test('several cells and seeds are one action, and stand beside each other', async ({ openShared }) => {
  const lab = await openShared()
  const { page } = lab
  await goTo(lab, 'Train')
  await answerDialogs(lab, [await writeText(folder)])
  await page.getByRole('button', { name: 'Choose a text' }).click()
  await expect(page.getByRole('button', { name: /^Remove / })).toBeVisible()
  await openFolds(lab)
  for (const [label, value] of Object.entries({ ...SMALL, Epochs: '2', Interval: '20' })) {
    await page.getByLabel(label, { exact: true }).fill(value)
  }
  await page.getByRole('button', { name: 'Compare…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Train them all' })).toBeDisabled()
  await dialog.getByLabel('GRU').check()
  await dialog.getByLabel('Seeds of each').fill('2')
  await dialog.getByRole('button', { name: 'Train them all' }).click()

  const statuses = () =>
    page.evaluate(async () => {
      const listed = await window.lab.runs.list({})
      return listed.ok ? listed.value.map(({ status, tags }) => `${status} ${tags.join()}`) : []
    })
  await expect.poll(statuses).toEqual(Array.from({ length: 4 }, () => 'finished group:1'))
  const table = page.getByRole('table').filter({ hasText: 'at its best' })
  await expect(table.getByRole('row')).toHaveCount(3)
  await expect(table.getByRole('row', { name: /^Vanilla 2 seeds/ })).toContainText('±')
  await table.getByRole('button', { name: 'Watch' }).first().click()
  await expect(page.getByRole('img', { name: /^Loss after/ })).toBeVisible()
  await page.getByRole('button', { name: 'The group' }).click()
  await expect(table).toBeVisible()
})
