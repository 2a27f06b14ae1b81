/** The Runs room in impatient hands, and while other processes take away what is looked at: nothing is lost or mistaken. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from 'playwright'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { askCommandLine, trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { chooseByKeys, goTo, tabTo, writeText } from './support/rooms'

const SMALL = ['--hidden', '8', '--batch', '4', '--sequence', '12', '--steps', '30', '--validate-every', '10']

let folder = ''
let data = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-unlucky-'))
  data = join(folder, 'data')
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

async function train(name: string, seed = 1): Promise<string> {
  const text = await writeText(folder, 'refrain.txt', 60)
  return (await trainByCommandLine(data, text, [...SMALL, '--name', name, '--seed', String(seed)])).run
}
const rowsOf = ({ page }: LaunchedApp): Locator => page.getByRole('grid', { name: 'All runs' }).locator('tr[data-run]')
const rowOf = (lab: LaunchedApp, name: string): Locator => rowsOf(lab).filter({ hasText: name })
const told = ({ page }: LaunchedApp, text: string): Locator => page.getByRole('status').filter({ hasText: text })
const deleted = async (run: string): Promise<boolean> =>
  (await askCommandLine<{ deletedAt: number | null }>(data, ['runs', 'show', run])).deletedAt !== null

async function openRuns(open: (options: { dataDirectory: string }) => Promise<LaunchedApp>): Promise<LaunchedApp> {
  const lab = await open({ dataDirectory: data })
  await goTo(lab, 'Runs')
  return lab
}

test('the focus is always on something that keys act on', async ({ open }) => {
  for (const name of ['first', 'second', 'third']) await train(name)
  const lab = await openRuns(open)
  const { page } = lab
  const focused = page.locator(':focus')
  await rowOf(lab, 'second').click()
  await page.keyboard.press('Delete')
  await expect(rowsOf(lab)).toHaveCount(2)
  await expect(focused).toHaveAttribute('aria-current', 'true')

  await page.getByRole('button', { name: 'Undo' }).focus()
  await page.keyboard.press('Enter')
  await expect(rowsOf(lab)).toHaveCount(3)
  await expect(focused).toHaveAttribute('aria-current', 'true')

  await tabTo(lab, page.getByRole('button', { name: 'More' }))
  await chooseByKeys(lab, 'Train further…')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(focused).toHaveAttribute('aria-current', 'true')

  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Compare')
  await expect(focused).toHaveText('Compare')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Runs')
  await expect(focused).toHaveAttribute('aria-current', 'true')
})

test('a dialog is about the run it was opened for, though another process deletes that one', async ({ open }) => {
  const [kept, taken] = [await train('kept'), await train('taken')]
  const lab = await openRuns(open)
  const { page } = lab
  await rowOf(lab, 'taken').click()
  await page.keyboard.press('F2')
  const name = page.getByRole('dialog').getByRole('textbox')
  await name.fill('typed for the other')
  await askCommandLine(data, ['runs', 'delete', taken])
  // What lies behind a dialog has no role.
  await expect(page.locator('tr[data-run]')).toHaveCount(1)
  await expect(name).toHaveValue('typed for the other')
  await name.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect
    .poll(async () => (await askCommandLine<{ name: string }>(data, ['runs', 'show', taken])).name)
    .toBe('typed for the other')
  expect(await askCommandLine(data, ['runs', 'show', kept])).toMatchObject({ name: 'kept' })
})

test('each Undo brings back what its notice tells of', async ({ open }) => {
  const [first, second] = [await train('first'), await train('second')]
  await train('third')
  const lab = await openRuns(open)
  const { page } = lab
  await rowOf(lab, 'first').click()
  await page.keyboard.press('Delete')
  await expect(rowsOf(lab)).toHaveCount(2)
  await rowOf(lab, 'second').click()
  await page.keyboard.press('Delete')
  await expect(rowsOf(lab)).toHaveCount(1)
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(rowOf(lab, 'first')).toHaveCount(1)
  expect([await deleted(first), await deleted(second)]).toEqual([false, true])
})

test('the bin is emptied of as many runs as the question says', async ({ open }) => {
  for (const name of ['first', 'second', 'third']) await askCommandLine(data, ['runs', 'delete', await train(name)])
  await train('kept')
  const lab = await openRuns(open)
  const { page } = lab
  await page.getByRole('radio', { name: 'Bin' }).click()
  await page.getByRole('combobox', { name: 'Filter' }).fill('name:first')
  await page.keyboard.press('Escape')
  await expect(rowsOf(lab)).toHaveCount(1)
  await page.getByRole('button', { name: 'Empty the bin' }).click()
  await expect(page.getByRole('dialog')).toContainText('3 runs')
  await page.getByRole('dialog').getByRole('button', { name: 'Empty the bin' }).click()
  await expect(told(lab, '3 runs are gone for good')).toBeVisible()
})

test('runs that are compared grow and go while others train and delete them', async ({ open }) => {
  const runs = [await train('first', 1), await train('second', 2), await train('third', 3)]
  const lab = await openRuns(open)
  const { page } = lab
  await expect(rowsOf(lab)).toHaveCount(3)
  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  const differs = page.getByRole('table', { name: 'Only what differs' })
  await expect(differs.getByRole('columnheader')).toHaveCount(1 + runs.length)
  await askCommandLine(data, ['train', '--resume', runs[0], '--steps', '60'])
  await expect(differs.getByRole('row', { name: /^steps/i })).toContainText('60')
  await askCommandLine(data, ['runs', 'delete', runs[1]])
  const emptied = await page.evaluate(() => window.lab.runs.emptyBin({}))
  expect(emptied).toMatchObject({ ok: true, value: 1 })
  await askCommandLine(data, ['runs', 'note', runs[0], 'still here'])
  await expect(differs.getByRole('columnheader')).toHaveCount(runs.length)
  await expect(page.getByRole('alert')).toHaveCount(0)
})
