/**
 * The Runs room over ten thousand generated runs and one trained here: filtered, grouped, compared, noted, deleted and
 * undone, carried out and in, repeated; by a mouse, and by the keyboard alone.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { askCommandLine, trainByCommandLine } from './support/command-line'
import { generateRuns } from './support/generated-runs'
import { expect, test } from './support/lab-test'
import { answerDialogs, answerSaveDialog, chooseByKeys, goTo, tabTo, writeText } from './support/rooms'

const COUNT = 10_000
/** With the long one and the one trained here. */
const ALL = '10,002 runs'
const OWN = ['--hidden', '8', '--batch', '4', '--sequence', '12', '--steps', '30', '--validate-every', '10']
/** Ten million points are written first. */
const MOST_MS = 600_000

test.describe.configure({ mode: 'serial', timeout: MOST_MS })
let folder = ''
let dataDirectory = ''
test.beforeAll(async () => {
  test.setTimeout(MOST_MS)
  folder = await mkdtemp(join(tmpdir(), 'engram-many-'))
  dataDirectory = join(folder, 'data')
  await generateRuns(dataDirectory, COUNT)
  await trainByCommandLine(dataDirectory, await writeText(folder, 'refrain.txt', 60), [...OWN, '--name', 'my own'])
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

const rowsOf = ({ page }: LaunchedApp) => page.getByRole('grid', { name: 'All runs' }).locator('tr[data-run]')
const told = ({ page }: LaunchedApp, text: string | RegExp) => page.getByRole('status').filter({ hasText: text })
const groupsOf = ({ page }: LaunchedApp) => page.getByRole('button', { name: /\d+ runs?.*best validation/ })

async function curveOf({ page }: LaunchedApp, run: string): Promise<readonly number[]> {
  const answer = await page.evaluate((asked) => window.lab.runs.curve({ run: asked }), run)
  if (!answer.ok) throw new Error(answer.error.message)
  return [...answer.value.trainLoss]
}

test('with a mouse among generated runs', async ({ open }) => {
  const lab = await open({ dataDirectory })
  const { page } = lab
  const rows = rowsOf(lab)
  const filter = page.getByRole('combobox', { name: 'Filter' })
  const count = page.locator('main header').first()
  await goTo(lab, 'Runs')
  await expect(rows.first()).toContainText('my own')
  await expect(count).toContainText(ALL)

  await filter.fill('hidden>=128 seed:3')
  await expect(count).toContainText('1,500 runs')
  await page.getByRole('button', { name: 'gru', exact: true }).click()
  await expect(filter).toHaveValue('hidden>=128 seed:3 cell:gru')
  await expect(count).toContainText('375 runs')
  await filter.fill('batch:8')
  await expect(count).toContainText('320 runs')
  await page.getByRole('combobox', { name: 'Group' }).selectOption('setting')
  await expect(groupsOf(lab).first()).toContainText('5 runs')
  await expect(rows).not.toHaveCount(0)
  await groupsOf(lab).first().click()
  await expect(groupsOf(lab).first()).toHaveAttribute('aria-expanded', 'false')

  await groupsOf(lab).first().click()
  await rows.first().click()
  await rows.nth(4).click({ modifiers: ['Shift'] })
  await expect(count).toContainText('5 selected')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  const values = page.getByRole('table', { name: 'Values at the cursor' }).getByRole('row')
  await expect(values).toHaveCount(5)
  // Runs that differ only in their seed have no other setting to show.
  const differs = page.getByRole('table', { name: 'Only what differs' })
  await expect(differs.getByRole('rowheader', { name: 'seed', exact: true })).toHaveCount(1)
  await expect(differs.getByRole('rowheader', { name: 'hidden', exact: true })).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'mean of seeds' }).check()
  await expect(values).toHaveCount(1)
  await page.getByRole('button', { name: 'All runs' }).click()
  await page.getByRole('combobox', { name: 'Group' }).selectOption('')

  const found = 5
  await filter.fill('cell:window hidden:256 batch:39')
  await expect(rows).toHaveCount(found)
  const run = (await rows.first().getAttribute('data-run')) ?? ''
  const before = await askCommandLine<Record<string, unknown>>(dataDirectory, ['runs', 'show', run])
  const curve = await curveOf(lab, run)
  expect(curve).toHaveLength(1000)
  await rows.first().click()
  await page.getByRole('button', { name: 'Write the note' }).click()
  await page.getByRole('textbox', { name: 'Note' }).fill('**kept** of many')
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(page.locator('strong', { hasText: 'kept' })).toBeVisible()

  const bundle = join(folder, 'many.engram')
  await page.keyboard.press('Escape')
  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await expect(count).toContainText(`${found} selected`)
  await answerSaveDialog(lab, bundle)
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Export…', exact: true }).click()
  await expect(told(lab, 'many.engram')).toBeVisible()

  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(rows).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(rows).toHaveCount(found)
  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(rows).toHaveCount(0)
  await filter.fill('')
  await page.getByRole('radio', { name: 'Bin' }).click()
  await expect(rows).toHaveCount(found)
  await page.getByRole('button', { name: 'Empty the bin' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Empty the bin' }).click()
  await expect(rows).toHaveCount(0)
  await page.getByRole('radio', { name: 'Runs', exact: true }).click()
  await answerDialogs(lab, [bundle])
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(told(lab, `Runs brought in: ${found}`)).toBeVisible()
  await expect(count).toContainText(ALL)
  await filter.fill('note:"of many"')
  await expect(rows).toHaveCount(1)
  await expect(page.locator('strong', { hasText: 'kept' })).toBeVisible()
  // Without its text a run goes out without what was read of it.
  const after = await askCommandLine(dataDirectory, ['runs', 'show', run])
  expect(after).toEqual({ ...before, note: '**kept** of many', corpora: [expect.objectContaining({ excerpt: '' })] })
  expect(await curveOf(lab, run)).toEqual(curve)

  await filter.fill('name:"my own"')
  await rows.first().click()
  await page.getByRole('button', { name: 'Repeat exactly' }).click()
  await expect(told(lab, 'was repeated exactly')).toBeVisible()
  await expect(rows).toHaveCount(2)
  await rows.first().click()
  await page.keyboard.press('Delete')
  await expect(rows).toHaveCount(1)
})

test('by keyboard alone among generated runs', async ({ open }) => {
  const lab = await open({ dataDirectory })
  const { page } = lab
  const rows = rowsOf(lab)
  const filter = page.getByRole('combobox', { name: 'Filter' })
  const look = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+f')
    await expect(filter).toBeFocused()
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Delete')
    await page.keyboard.type(text)
    await page.keyboard.press('Escape')
  }
  await tabTo(lab, page.getByRole('navigation').getByRole('button', { name: 'Runs' }))
  await page.keyboard.press('Enter')
  await look('')
  await expect(page.locator('main header').first()).toContainText(ALL)

  await tabTo(lab, page.getByRole('combobox', { name: 'Group' }))
  await page.keyboard.press('ArrowDown')
  await expect(groupsOf(lab).first()).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('ArrowUp')
  await expect(groupsOf(lab)).toHaveCount(0)

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
  await expect(told(lab, 'own.engram')).toBeVisible()
  expect((await stat(bundle)).size).toBeGreaterThan(1000)

  await answerDialogs(lab, [bundle])
  await tabTo(lab, page.getByRole('button', { name: 'Import', exact: true }))
  await page.keyboard.press('Enter')
  await expect(told(lab, 'Here already: 1')).toBeVisible()

  await tabTo(lab, page.getByRole('button', { name: 'Repeat exactly' }))
  await page.keyboard.press('Enter')
  await expect(told(lab, 'was repeated exactly')).toBeVisible()
  await expect(rows).toHaveCount(2)
  await tabTo(lab, rows.nth(1))
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('region', { name: 'Setting' })).toContainText('exactly: same digest')
})
