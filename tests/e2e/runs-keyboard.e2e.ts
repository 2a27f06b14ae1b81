/** The Runs room among many runs, without a mouse: grouped, compared, noted, deleted and undone, carried, repeated. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { trainByCommandLine } from './support/command-line'
import { generateRuns } from './support/generated-runs'
import { expect, test } from './support/lab-test'
import { answerDialogs, answerSaveDialog, chooseByKeys, tabTo, writeText } from './support/rooms'

const COUNT = 300
const OWN = ['--hidden', '8', '--batch', '4', '--sequence', '12', '--steps', '30', '--validate-every', '10']

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-keys-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

test('by keyboard alone among generated runs', async ({ open }) => {
  const dataDirectory = join(folder, 'data')
  await generateRuns(dataDirectory, COUNT)
  await trainByCommandLine(dataDirectory, await writeText(folder, 'refrain.txt', 60), [...OWN, '--name', 'my own'])
  const lab = await open({ dataDirectory })
  const { page } = lab
  const rows = page.getByRole('grid', { name: 'All runs' }).locator('tr[data-run]')
  const filter = page.getByRole('combobox', { name: 'Filter' })
  const told = (text: string | RegExp) => page.getByRole('status').filter({ hasText: text })
  const look = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+f')
    await expect(filter).toBeFocused()
    await page.keyboard.press('Control+a')
    await page.keyboard.type(text)
    await page.keyboard.press('Escape')
  }
  await tabTo(lab, page.getByRole('navigation').getByRole('button', { name: 'Runs' }))
  await page.keyboard.press('Enter')
  await expect(rows.first()).toContainText('my own')
  await expect(page.getByText(`${COUNT + 2} runs`)).toBeVisible()

  await tabTo(lab, page.getByRole('combobox', { name: 'Group' }))
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('button', { name: /\d+ runs.*best validation/ }).first()).toHaveAttribute(
    'aria-expanded',
    'true',
  )
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('button', { name: /\d+ runs.*best validation/ })).toHaveCount(0)

  await look('cell:gru hidden:64')
  await expect(rows.first()).toContainText('gru 64')
  await tabTo(lab, rows.first())
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Compare')
  await expect(page.getByRole('table', { name: 'Values at the cursor' }).getByRole('row')).toHaveCount(3)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Runs')

  await look('name:"my own"')
  await expect(rows).toHaveCount(1)
  await tabTo(lab, page.getByRole('button', { name: 'Write the note' }))
  await page.keyboard.press('Enter')
  await page.keyboard.type('**kept** by keys')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('strong', { hasText: 'kept' })).toBeVisible()

  await tabTo(lab, rows.first())
  await page.keyboard.press('Delete')
  await expect(rows).toHaveCount(0)
  await tabTo(lab, page.getByRole('button', { name: 'Undo' }))
  await page.keyboard.press('Enter')
  await expect(rows).toHaveCount(1)

  const bundle = join(folder, 'own.engram')
  await answerSaveDialog(lab, bundle)
  await tabTo(lab, page.getByRole('button', { name: 'More' }))
  await chooseByKeys(lab, 'Export with its text…')
  await expect(told('own.engram')).toBeVisible()
  expect((await stat(bundle)).size).toBeGreaterThan(1000)

  await answerDialogs(lab, [bundle])
  await tabTo(lab, page.getByRole('button', { name: 'Import', exact: true }))
  await page.keyboard.press('Enter')
  await expect(told('Here already: 1')).toBeVisible()

  await tabTo(lab, page.getByRole('button', { name: 'Repeat exactly' }))
  await page.keyboard.press('Enter')
  await expect(told('was repeated exactly')).toBeVisible()
  await expect(rows).toHaveCount(2)
  await tabTo(lab, rows.nth(1))
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('region', { name: 'Setting' })).toContainText('exactly: same digest')
})
