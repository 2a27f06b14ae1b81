/** A trained network reads a text: its hidden states, the five most probable next characters, and what it writes on. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { goTo, writeText } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-inspect-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

test('each step of a text is seen, and unknown symbols are named', async ({ openShared }) => {
  const dataDirectory = join(folder, 'data')
  const options = ['--hidden', '24', '--batch', '4', '--sequence', '24', '--steps', '400']
  await trainByCommandLine(dataDirectory, await writeText(folder), options)
  const lab = await openShared(dataDirectory)
  const { page } = lab
  await goTo(lab, 'Inspect')
  await page.getByRole('textbox', { name: 'Text' }).fill('The tide comes')
  await expect(page.getByRole('img', { name: /^Hidden states/ }).first()).toBeVisible()
  const expected = page.getByRole('list', { name: 'Most probable next characters' }).getByRole('listitem')
  await expect(expected).toHaveCount(5)

  await expect(page.getByText(/Time step \d+ of 14/)).toBeVisible()
  await page.getByRole('list', { name: 'Time steps' }).getByRole('button').nth(2).click()
  await expect(page.getByText(/Time step 3 of 14/)).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText(/Time step 4 of 14/)).toBeVisible()

  await page.getByRole('button', { name: 'Write on' }).click()
  await expect(page.getByRole('region', { name: 'What the network wrote' })).toHaveText(/The\W+tide\W+comes.{50}/s)

  await page.getByRole('textbox', { name: 'Text' }).fill('한글 tide')
  await expect(page.getByRole('alert')).toContainText('한')
})

test('without a model the room says what it is for, and leads to training', async ({ openShared }) => {
  const lab = await openShared()
  await goTo(lab, 'Inspect')
  await expect(lab.page.getByRole('main').getByRole('button').first()).toHaveText(/^Open the example/)
  await lab.page.getByRole('main').getByRole('button', { name: 'Train a network' }).click()
  await expect(lab.page.getByRole('heading', { level: 1 })).toHaveText('Train')
})
