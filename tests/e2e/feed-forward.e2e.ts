/** The baseline without memory: a feed-forward window is chosen in the form, trained, and looked at step by step. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './support/lab-test'
import { answerDialogs, goTo, openFolds, writeText } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-window-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

test('a window of four is trained, and the inspect room says what it has not', async ({ open }) => {
  const lab = await open({ dataDirectory: join(folder, 'data') })
  const { page } = lab
  await goTo(lab, 'Train')
  await answerDialogs(lab, [await writeText(folder)])
  await page.getByRole('button', { name: 'Choose a text' }).click()
  await expect(page.getByLabel('Window', { exact: true })).toHaveCount(0)
  await page.getByRole('radio', { name: 'Window' }).click()
  const fields = { 'Hidden units': '24', Sequence: '24', Batch: '4', Epochs: '6' }
  const size = page.getByRole('textbox', { name: 'Window' })
  await size.fill('4')
  await openFolds(lab)
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('main').getByRole('button', { name: 'Train', exact: true }).click()

  const newest = async () => {
    const answer = await page.evaluate(() => window.lab.runs.list({}))
    return answer.ok ? answer.value[0] : undefined
  }
  await expect.poll(async () => (await newest())?.status).toBe('finished')
  const V = 22 // different symbols of the text
  expect(await newest()).toMatchObject({ cell: 'window', parameters: 24 * 4 * V + 24 + V * 24 + V })
  await expect(page.getByRole('img', { name: /^Hidden states of 24 units/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Setting' })).toContainText('Window')

  await goTo(lab, 'Inspect')
  await page.getByRole('textbox', { name: 'Text' }).fill('The tide comes')
  await expect(page.getByText(/no memory: at each step it sees the last 4 symbols/)).toBeVisible()
  await expect(page.getByRole('img', { name: /^Hidden states/ }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Write on' }).click()
  await expect(page.getByRole('region', { name: 'What the network wrote' })).toHaveText(/The\W+tide\W+comes.{50}/s)
})
