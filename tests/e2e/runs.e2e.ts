/** Every run that was made: found, grouped, compared, noted, deleted and brought back, carried out and in, repeated. */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { answerDialogs, goTo, writeText } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-runs-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

const SMALL = ['--hidden', '8', '--batch', '4', '--sequence', '12', '--steps', '30', '--validate-every', '10']

/** A data directory with three runs, of which each test gets a copy. */
let trained = ''
test.beforeAll(async () => {
  trained = await mkdtemp(join(tmpdir(), 'engram-three-'))
  const text = await writeText(trained, 'refrain.txt', 60)
  for (const [name, cell, seed] of [
    ['one', 'vanilla', '1'],
    ['two', 'vanilla', '2'],
    ['three', 'lstm', '1'],
  ]) {
    await trainByCommandLine(trained, text, [...SMALL, '--cell', cell, '--seed', seed, '--name', name])
  }
})
test.afterAll(() => rm(trained, { recursive: true, force: true }))

async function answerSaving({ app }: LaunchedApp, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
  }, filePath)
}

const rowsOf = ({ page }: LaunchedApp) => page.getByRole('grid', { name: 'All runs' }).locator('tr[data-run]')
const namesOf = (lab: LaunchedApp) => rowsOf(lab).locator('td.name')

test('runs are found, grouped, compared and noted', async ({ openShared }) => {
  const lab = await openShared(trained)
  const { page } = lab
  await goTo(lab, 'Runs')
  await expect(namesOf(lab)).toHaveText(['three', 'two', 'one'])

  const filter = page.getByRole('combobox', { name: 'Filter' })
  await filter.fill('cell:lstm')
  await expect(namesOf(lab)).toHaveText(['three'])
  await filter.fill('cell:nothing x')
  await expect(page.getByRole('alert')).toContainText('at character 6')
  await filter.fill('')
  await page.getByRole('button', { name: 'vanilla', exact: true }).click()
  await expect(filter).toHaveValue('cell:vanilla')
  await expect(namesOf(lab)).toHaveText(['two', 'one'])
  await page.getByRole('button', { name: 'vanilla', exact: true }).click()

  await page.getByRole('combobox', { name: 'Group' }).selectOption('setting')
  await expect(page.getByRole('button', { name: /2 runs/ })).toHaveAttribute('aria-expanded', 'true')
  await page.getByRole('combobox', { name: 'Group' }).selectOption('')

  await page.getByRole('button', { name: 'Name', exact: true }).click()
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending')
  await expect(namesOf(lab)).toHaveText(['one', 'three', 'two'])

  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  const differs = page.getByRole('table', { name: 'Only what differs' })
  await expect(differs.getByRole('row', { name: /^cell/ })).toContainText('vanilla')
  await expect(differs.getByRole('rowheader', { name: 'hidden', exact: true })).toHaveCount(0)
  await expect(page.getByRole('table', { name: 'Values at the cursor' }).getByRole('row')).toHaveCount(3)
  await page.getByRole('checkbox', { name: 'mean of seeds' }).check()
  await expect(page.getByRole('table', { name: 'Values at the cursor' }).getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Let them write' }).click()
  await expect(page.getByRole('region', { name: 'What they write' }).getByRole('figure')).toHaveCount(3)
  await page.getByRole('button', { name: 'All runs' }).click()

  await namesOf(lab).filter({ hasText: 'three' }).click()
  await page.getByRole('button', { name: 'Write the note' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('**better** than *one*: <b>no</b>')
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(page.locator('strong', { hasText: 'better' })).toBeVisible()
  await expect(page.getByText('<b>no</b>')).toBeVisible()
})

test('by keyboard alone: runs are found, selected, deleted and brought back', async ({ openShared }) => {
  const lab = await openShared(trained)
  const { page, app } = lab
  await goTo(lab, 'Runs')
  await expect(rowsOf(lab)).toHaveCount(3)
  await page.keyboard.press('Control+f')
  await page.keyboard.type('cel')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.type('van')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Filter' })).toHaveValue('cell:vanilla ')
  await expect(namesOf(lab)).toHaveText(['two', 'one'])

  await rowsOf(lab).first().focus()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(rowsOf(lab).nth(1)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Delete')
  await expect(rowsOf(lab)).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: '2 runs are in the bin' })).toBeVisible()
  await app.evaluate(({ Menu }) => {
    const find = (items: Electron.MenuItem[]): Electron.MenuItem | undefined =>
      items.flatMap((item) => [item, ...(item.submenu?.items ?? [])]).find(({ label }) => label === 'Undo')
    find(Menu.getApplicationMenu()?.items ?? [])?.click()
  })
  await expect(namesOf(lab)).toHaveText(['two', 'one'])
})

test('a run is carried out, deleted for good, carried in again, and repeated exactly', async ({ openShared }) => {
  const lab = await openShared(trained)
  const { page } = lab
  await goTo(lab, 'Runs')
  await namesOf(lab).filter({ hasText: 'three' }).click()
  const bundle = join(folder, 'three.engram')
  await answerSaving(lab, bundle)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Export with its text…' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'three.engram' })).toBeVisible()
  expect((await stat(bundle)).size).toBeGreaterThan(1000)

  await rowsOf(lab).first().focus()
  await page.keyboard.press('Delete')
  await expect(rowsOf(lab)).toHaveCount(2)
  await page.getByRole('radio', { name: 'Bin' }).click()
  await expect(namesOf(lab)).toHaveText(['three'])
  await page.getByRole('button', { name: 'Empty the bin' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Empty the bin' }).click()
  await expect(rowsOf(lab)).toHaveCount(0)
  await page.getByRole('radio', { name: 'Runs', exact: true }).click()

  await answerDialogs(lab, [bundle])
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Runs brought in: 1' })).toBeVisible()
  await namesOf(lab).filter({ hasText: 'three' }).click()
  await page.getByRole('button', { name: 'Repeat exactly' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'was repeated exactly' })).toBeVisible()
  await expect(rowsOf(lab)).toHaveCount(4)
})
