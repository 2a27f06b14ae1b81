/** What every view shows can be linked to, and is there again when the lab is opened again. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { goTo, writeText } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-address-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

const SMALL = ['--batch', '4', '--sequence', '16', '--steps', '60', '--workers', '1', '--hidden', '8']
const follow = (page: Page, address: string) => page.evaluate((to) => (location.hash = to), address)
const addressOf = (page: Page) => page.evaluate(() => location.hash)

test('each view is linked to with what it shows, and is found again', async ({ open }) => {
  const dataDirectory = join(folder, 'data')
  const text = await writeText(folder)
  const { run } = await trainByCommandLine(dataDirectory, text, ['--cell', 'lstm', '--name', 'memory', ...SMALL])
  const window = ['--cell', 'window', '--window', '3', '--name', 'window', ...SMALL]
  await trainByCommandLine(dataDirectory, text, window)
  const lab = await open({ dataDirectory })
  const { page } = lab
  await goTo(lab, 'Inspect')
  const start = `#/inspect?run=${run}&text=the+tide`

  await follow(page, `${start}&view=hidden&step=5&show=cell&order=peak&unit=3&stretch=5-8`)
  await expect(page.getByRole('region', { name: 'Unit 3 over the text · Cell state c' })).toBeVisible()
  await expect(page.getByRole('listbox', { name: /^Unit 3/ }).getByRole('option', { selected: true })).toHaveCount(4)
  await expect(page.getByRole('combobox', { name: 'Order of the units' })).toHaveValue('peak')

  await follow(page, `${start}&view=expectation&instead=1:T`)
  await expect(page.getByText('8 of 8 expectations from here on moved, and 0 before it.')).toBeVisible()

  await follow(page, `${start}&view=gradient&draw=ways`)
  await expect(page.getByText('c, through cell states alone')).toBeVisible()

  const histories = encodeURIComponent(['The', 'and', ' ti'].join('\u001f'))
  await follow(page, `${start}&view=window&histories=${histories}`)
  await expect(page.getByRole('textbox', { name: 'First history: before' })).toHaveValue('The')
  await expect(page.getByRole('region', { name: 'Feed-forward window' }).getByRole('status')).toContainText('equal')
  await expect(page.getByRole('textbox', { name: 'Second history: before' })).toHaveValue('and')

  // By hand now: it stands in the address, and another text has another stretch.
  await page.getByRole('radio', { name: 'Hidden states' }).click()
  await page.getByRole('radio', { name: 'Spectrum of W_hh' }).click()
  await expect.poll(() => addressOf(page)).toContain('view=hidden')
  await expect.poll(() => addressOf(page)).toContain('tool=spectrum')
  await page.getByRole('textbox', { name: 'Text' }).fill('the tide goes')
  await expect.poll(() => addressOf(page)).toContain('text=the+tide+goes')
  expect(await addressOf(page)).not.toContain('stretch')
  await lab.app.close()

  const again = await open({ dataDirectory })
  await expect(again.page.getByRole('radio', { name: 'Spectrum of W_hh' })).toBeChecked()
})
